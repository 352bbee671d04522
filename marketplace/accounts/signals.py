"""What accounts ask of the apps above them."""

from django.dispatch import Signal

# Sent with `user`; receivers answer with a list of `domain.Door`.
doors_wanted = Signal()
# Sent inside the transaction when an invitation is taken: kwargs kind, user, name.
person_invited = Signal()
