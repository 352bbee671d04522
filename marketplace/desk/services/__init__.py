"""What is done at the desk, and what the office decides about it."""

from marketplace.desk.services.listing import (
    floor_set,
    listing_approve,
    listing_return,
    listing_save,
    listing_submit,
    listing_withdraw,
    picture_keep,
    price_change,
    stock_change,
)
from marketplace.desk.services.people import invitation_revoke, invitation_take, invite, member_add, member_end

__all__ = [
    "floor_set",
    "invitation_revoke",
    "invitation_take",
    "invite",
    "listing_approve",
    "listing_return",
    "listing_save",
    "listing_submit",
    "listing_withdraw",
    "member_add",
    "member_end",
    "picture_keep",
    "price_change",
    "stock_change",
]
