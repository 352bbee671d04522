import secrets
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_username() -> str:
    """A name nobody types: sign-in is by phone or e-mail."""
    return "u" + secrets.token_hex(10)


def random_key() -> str:
    return secrets.token_urlsafe(32)


class UserManager(BaseUserManager["User"]):
    def create_user(self, password: str | None = None, **fields: Any) -> "User":
        """`phone` (E.164) or `email` may be given; empty ones are stored as NULL, so that many can be empty."""
        for name in ("phone", "email"):
            fields[name] = fields.get(name) or None
        if fields["email"]:
            fields["email"] = self.normalize_email(fields["email"]).lower()
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by phone first. Not Oscar's user: that one needs an e-mail address."""

    username = models.CharField(max_length=64, unique=True, default=random_username)
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    full_name = models.CharField(_("name"), max_length=120, blank=True)
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True) | models.Q(phone__startswith="+"),
                name="user_phone_e164",
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_email_not_blank"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.phone or self.email or self.username

    def clean(self) -> None:
        super().clean()
        self.phone = self.phone or None
        self.email = (self.email or "").lower() or None

    def get_full_name(self) -> str:
        return self.full_name or str(self)

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else str(self)

    # Oscar's customer code calls this after sign-in for alerts by e-mail; we keep no such alerts.
    def _migrate_alerts_to_user(self) -> None:
        """Nothing to move."""


class SignInCode(models.Model):
    """One code sent to one phone. The digits themselves are not stored: they follow from `key` and the secret key.

    Only the browser that asked knows `key`, so that a stranger can't use up the owner's tries.
    """

    key = models.CharField(max_length=43, unique=True, default=random_key)
    phone = models.CharField(max_length=16, db_index=True)
    address = models.CharField(max_length=45, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"code of {self.created_at:%Y-%m-%d %H:%M}"


class SignedInBrowser(models.Model):
    """A session as its owner sees it, so that he can end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browsers")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"
