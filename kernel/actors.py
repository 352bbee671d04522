"""Who acts: a person, or the system when nobody asked for the work."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Actor:
    """Passed first to every service. `user` is None for guests and for the system."""

    user: Any = None
    label: str = "guest"
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_system(self) -> bool:
        return self.label == "system"

    @property
    def is_authenticated(self) -> bool:
        return self.user is not None

    def has_role(self, *names: str) -> bool:
        """True for the system, for superusers, and for members of one of the named groups."""
        return self.is_system or bool(getattr(self.user, "is_superuser", False)) or bool(self.roles & set(names))


SYSTEM = Actor(label="system")
GUEST = Actor()


def actor_for(user: Any) -> Actor:
    """The actor of a user object (groups are read once)."""
    if user is None or not user.is_authenticated:
        return GUEST
    roles = frozenset(user.groups.values_list("name", flat=True))
    return Actor(user=user, label=f"user:{user.pk}", roles=roles)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, kept on it so that groups are read once a request."""
    actor = getattr(request, "_actor", None)
    if actor is None:
        actor = actor_for(getattr(request, "user", None))
        request._actor = actor  # type: ignore[attr-defined]
    return actor
