from django.dispatch import Signal

#: Sent after commit with ids only: ``lot_id``, ``gtin``, ``old``, ``new``.
lot_state_changed = Signal()
#: Sent after commit: ``lot_id``, ``gtin``.
lot_created = Signal()
