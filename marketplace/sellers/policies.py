from kernel.actors import Actor
from marketplace.sellers.models import Partner


def can_open_seller(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")


def can_set_price(actor: Actor, partner: Partner) -> bool:
    """The office, and the people of this seller."""
    if actor.has_role("office", "administrators"):
        return True
    return actor.is_authenticated and partner.users.filter(pk=actor.user.pk).exists()
