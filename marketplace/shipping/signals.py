from django.dispatch import Signal

carrier_notice = Signal()
"""A carrier says where a parcel is. kwargs: tracking_code, state, text. Receivers give True if it changed anything."""
