"""What the pages announce, after commit: a page (by its id in Vietnamese) was published, moved or taken down."""

from django.dispatch import Signal

page_renewed = Signal()
