"""The message port: a provider behind SMS_URL, or a file while there is none."""

import json
import urllib.request
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import clock
from marketplace.accounts.models import SignInCode
from marketplace.accounts.services import code_digits

SECONDS = 10


def send(*, to: str, text: str) -> None:
    """Hand one message to the provider. Raises OSError when it does not take it: the outbox tries again."""
    body = json.dumps({"to": to, "text": text}, ensure_ascii=False)
    if settings.SMS_URL:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(settings.SMS_URL, body.encode(), headers)
        with urllib.request.urlopen(request, timeout=SECONDS):
            return
    folder = settings.OUTBOX_DIR
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sms.log").open("a", encoding="utf-8") as log:
        log.write(f"{clock.now():%Y-%m-%dT%H:%M:%S} {body}\n")


def deliver(payload: dict[str, Any], key: str) -> None:
    """Topic "sms": {"to": "+84…", "text": "…"}."""
    send(to=payload["to"], text=payload["text"])


def deliver_code(payload: dict[str, Any], key: str) -> None:
    """Topic "sms.code": the digits are worked out only now, so that the queue holds none."""
    code = SignInCode.objects.filter(pk=payload["code_id"], used_at=None).first()
    if code is None:
        return
    with override("vi"):
        text = _("Your code: %(digits)s, valid 5 minutes. Give it to no one.") % {"digits": code_digits(code)}
    send(to=code.phone, text=text)
