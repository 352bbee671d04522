"""Sign-in by password, with phone number or e-mail as the name."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from marketplace.accounts.domain import phone_e164
from marketplace.accounts.models import User


class PhoneOrEmailBackend(ModelBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The user, or None. An unknown name costs as much time as a wrong password."""
        user = self._find((username or kwargs.get("email") or "").strip())
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password or "") and self.user_can_authenticate(user):
            return user
        return None

    @staticmethod
    def _find(name: str) -> User | None:
        if "@" in name:
            return User.objects.filter(email=name.lower()).first()
        try:
            return User.objects.filter(phone=phone_e164(name)).first()
        except ValueError:
            return User.objects.filter(username=name).first()
