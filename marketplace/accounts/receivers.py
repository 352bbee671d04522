"""Sessions become visible to their owners; messages find their port."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from kernel.outbox.handlers import register
from marketplace.accounts import sms
from marketplace.accounts.models import SignedInBrowser, User
from marketplace.accounts.services import browser_note

register("sms")(sms.deliver)
register("sms.code")(sms.deliver_code)


@receiver(user_logged_in)
def note_browser(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    session = getattr(request, "session", None)
    if request is None or session is None:
        return
    if not session.session_key:
        session.save()
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser_note(user=user, session_key=session.session_key, agent=agent, address=request.META.get("REMOTE_ADDR", ""))


@receiver(user_logged_out)
def forget_browser(sender: Any, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key:
        SignedInBrowser.objects.filter(session_key=key).delete()
