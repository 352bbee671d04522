from kernel.actors import Actor


def can_import_register(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")
