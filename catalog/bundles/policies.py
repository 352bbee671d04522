from kernel.actors import Actor


def can_edit_combos(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")
