from kernel.actors import Actor


def can_edit_goods(actor: Actor) -> bool:
    """Goods are written by the office, by imports and by an approved revision."""
    return actor.has_role("office", "administrators")
