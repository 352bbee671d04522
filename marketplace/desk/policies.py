"""Who may do what at a producer's desk."""

from kernel.actors import Actor


def can_rule(actor: Actor) -> bool:
    """Inviting people and deciding on listings."""
    return actor.has_role("office", "administrators")


def can_work(actor: Actor, producer_slug: str) -> bool:
    """Listing, orders, lots of this producer: its people carry `producer:<slug>`."""
    return actor.has_role("office", "administrators", f"producer:{producer_slug}")
