from kernel.actors import Actor


def can_pay_out(actor: Actor) -> bool:
    """The office and its administrators."""
    return actor.has_role("office", "administrators")
