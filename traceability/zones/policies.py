from kernel.actors import Actor


def can_register_zones(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")
