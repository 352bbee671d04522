"""Sign-in codes, browsers, phone and e-mail changes, the second step."""

import hmac
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.db.models import F

from kernel import clock
from kernel.actors import Actor, actor_for
from kernel.audit import services as audit
from kernel.outbox import services as outbox
from kernel.policies import require
from marketplace.accounts.domain import code_of
from marketplace.accounts.errors import TooManyTries, WrongCode
from marketplace.accounts.models import SignedInBrowser, SignInCode, User

CODE_MINUTES = 5
CODE_TRIES = 5
# (minutes, most codes): per phone and address together, per phone, per address.
PAIR_LIMIT, PHONE_LIMIT, ADDRESS_LIMIT = (10, 3), (60, 10), (60, 20)


def code_shown() -> bool:
    """The demo without a message provider shows the code on the page, and sends it nowhere."""
    return bool(settings.DEMO and not settings.SMS_URL)


@transaction.atomic
def code_send(*, phone: str, address: str) -> SignInCode:
    """Make a code for `phone` (E.164) and send it. Raises: TooManyTries."""
    if settings.RATE_LIMITS:
        _limit(PAIR_LIMIT, phone=phone, address=address)
        _limit(PHONE_LIMIT, phone=phone)
        _limit(ADDRESS_LIMIT, address=address)
    code = SignInCode.objects.create(phone=phone, address=address)
    if not code_shown():
        outbox.put(topic="sms.code", key=f"sms.code:{code.pk}", payload={"code_id": code.pk})
    return code


def code_digits(code: SignInCode) -> str:
    return code_of(settings.SECRET_KEY, code.key, code.phone)


def code_check(*, key: str, digits: str) -> SignInCode:
    """Use up the code that was sent under `key`. Raises: WrongCode, also when it is too old or tried too often.

    The try is counted before the comparison, by a guarded update, so that parallel guesses all count.
    """
    since = clock.now() - timedelta(minutes=CODE_MINUTES)
    live = SignInCode.objects.filter(key=key, used_at=None, created_at__gte=since, tries__lt=CODE_TRIES)
    if not live.update(tries=F("tries") + 1):
        raise WrongCode
    code = SignInCode.objects.get(key=key)
    if not hmac.compare_digest(code_digits(code).encode(), digits.strip().encode()):
        raise WrongCode
    if not SignInCode.objects.filter(pk=code.pk, used_at=None).update(used_at=clock.now()):
        raise WrongCode
    return code


def user_of_phone(phone: str, full_name: str = "") -> User:
    """The account of a phone that has just been proven; a new buyer's where there is none."""
    user = User.objects.filter(phone=phone).first()
    if user:
        return user
    try:
        with transaction.atomic():
            user = User.objects.create_user(phone=phone, full_name=full_name)
            audit.record(actor_for(user), "accounts.user.created", user)
            return user
    except IntegrityError:
        return User.objects.get(phone=phone)


def browser_note(*, user: User, session_key: str, agent: str, address: str) -> None:
    SignedInBrowser.objects.update_or_create(
        session_key=session_key, defaults={"user": user, "agent": agent[:200], "address": address[:45]}
    )


def browser_revoke(*, actor: Actor, browser: SignedInBrowser) -> None:
    """End one session of one's own. Raises: NotPermitted."""
    require(browser.user_id == getattr(actor.user, "pk", None))
    SessionStore(browser.session_key).delete()
    audit.record(actor, "accounts.browser.revoked", browser)
    browser.delete()


@transaction.atomic
def password_set(*, actor: Actor, password: str, keep_session: str) -> None:
    """A new password; all other sessions end."""
    user = actor.user
    user.set_password(password)
    user.save(update_fields=["password"])
    for browser in SignedInBrowser.objects.filter(user=user).exclude(session_key=keep_session):
        SessionStore(browser.session_key).delete()
        browser.delete()
    audit.record(actor, "accounts.password.changed", user)


@transaction.atomic
def details_set(*, actor: Actor, full_name: str | None = None, email: str | None = None) -> bool:
    """Change one's name or e-mail. False where the e-mail belongs to somebody else."""
    user = actor.user
    old = {"full_name": user.full_name, "email": user.email}
    if full_name is not None:
        user.full_name = full_name
    if email is not None:
        user.email = email.lower() or None
        if user.email and User.objects.filter(email=user.email).exclude(pk=user.pk).exists():
            return False
    user.save(update_fields=["full_name", "email"])
    audit.record(actor, "accounts.user.changed", user, old, {"full_name": user.full_name, "email": user.email})
    return True


def second_step_secret() -> str:
    return generate_totp_secret()


@transaction.atomic
def second_step_on(*, actor: Actor, secret: str, code: str) -> list[str]:
    """Turn the second step on; returns the recovery codes, to be shown once. Raises: WrongCode."""
    if not validate_totp_code(secret, code):
        raise WrongCode
    Authenticator.objects.filter(user=actor.user, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.filter(user=actor.user, type=Authenticator.Type.RECOVERY_CODES).delete()
    TOTP.activate(actor.user, secret)
    audit.record(actor, "accounts.second_step.on", actor.user)
    return RecoveryCodes.activate(actor.user).generate_codes()


@transaction.atomic
def second_step_off(*, actor: Actor) -> None:
    Authenticator.objects.filter(user=actor.user).delete()
    audit.record(actor, "accounts.second_step.off", actor.user)


def second_step_check(*, user: User, code: str) -> bool:
    """A code of the authenticator app, or a recovery code that is used up by this."""
    for device in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if device.wrap().validate_code(code.strip().replace(" ", "")):
            device.last_used_at = clock.now()
            device.save(update_fields=["last_used_at"])
            return True
    return False


def _limit(limit: tuple[int, int], **where: str) -> None:
    minutes, most = limit
    since = clock.now() - timedelta(minutes=minutes)
    if SignInCode.objects.filter(created_at__gte=since, **where).count() >= most:
        raise TooManyTries(minutes=minutes)
