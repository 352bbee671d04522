from django.dispatch import Signal

# Sent inside the transaction when an invitation is taken: kwargs invitation_kind, user, invitation_id, point_id, name.
# The apps beside the desk (live) let their own people in.
invitation_taken = Signal()
