"""Who may keep the books."""

from kernel.actors import Actor


def can_keep_books(actor: Actor) -> bool:
    """The office and its administrators."""
    return actor.has_role("office", "administrators")
