"""Who may write about lots: the office, and the people of the producer, whose actor carries ``producer:<code>``."""

from __future__ import annotations

from kernel.actors import Actor

OFFICE = ("office", "administrators")


def can_record(actor: Actor, producer_code: str) -> bool:
    return actor.has_role(*OFFICE, f"producer:{producer_code}")


def can_rule(actor: Actor) -> bool:
    """Releasing, calling back and destroying are the office's."""
    return actor.has_role(*OFFICE)


def can_hold(actor: Actor, producer_code: str) -> bool:
    """A producer may stop his own lot at any time; setting it free again is the office's."""
    return can_record(actor, producer_code)
