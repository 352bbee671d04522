from django.dispatch import Signal

# For kinds whose pages other apps keep (stories, live sessions): kwargs kind, target_id; answers (address, title).
target_wanted = Signal()
