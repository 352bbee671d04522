"""Names for public files: short, safe in every file system, not to be guessed from what they show."""

import secrets

ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"


def new_key() -> str:
    """Sixteen letters, about 78 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))
