from django.dispatch import Signal

# A sale is about to be posted. Kwargs hold_key (of the order) and gross (of the part); receivers answer what of it, in
# whole đồng, is earned by whoever brought the buyer.
commission_wanted = Signal()
