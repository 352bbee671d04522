from django.dispatch import Signal

#: Sent after commit: ``report_id``, ``gtin``, ``lot_code``.
problem_reported = Signal()
