from kernel.actors import Actor


def can_keep_register(actor: Actor) -> bool:
    """The office issues, extends, suspends and revokes on behalf of the body that decided."""
    return actor.has_role("office", "administrators")
