"""What the picture pipeline announces, after commit: a file came in; its sizes exist and may be shown."""

from django.dispatch import Signal

picture_added = Signal()
picture_ready = Signal()
