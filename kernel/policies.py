"""Asking a policy inside a service."""

from kernel.errors import NotPermitted


def require(allowed: bool) -> None:
    """Raises NotPermitted unless `allowed`."""
    if not allowed:
        raise NotPermitted
