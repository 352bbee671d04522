"""Rendering and sending what the outbox hands over. Safe to run twice: a sent letter is not sent again.

A crash between the provider's yes and our note of it would send a second copy; it carries the same Message-ID
(e-mail) or id (text message), by which receivers and providers drop it.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from kernel import clock
from kernel.outbox.handlers import register
from marketplace.messages.models import Letter
from marketplace.messages.sms import sms_backend


@register("messages.mail")
def deliver_mail(payload: dict[str, Any], key: str) -> None:
    """Handler of the outbox. Raises what the mail server raises, so that it is tried again."""
    letter = _open(Letter.Kind.MAIL, payload, key, payload["to"])
    if letter.state == Letter.State.SENT:
        return
    context = {**payload["context"], "shop_name": settings.SHOP_NAME, "site_url": settings.SITE_URL}
    with translation.override(payload["language"]):
        subject = render_to_string(f"email/{payload['template']}.subject.txt", context).strip()
        context["subject"] = subject
        message = EmailMultiAlternatives(
            subject,
            render_to_string(f"email/{payload['template']}.txt", context),
            to=[payload["to"]],
            headers={"Message-ID": f"<{_digest(key)}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"},
        )
        message.attach_alternative(render_to_string(f"email/{payload['template']}.html", context), "text/html")
    message.send()
    _sent(letter)


@register("messages.sms")
def deliver_sms(payload: dict[str, Any], key: str) -> None:
    letter = _open(Letter.Kind.SMS, payload, key, payload["to"])
    if letter.state == Letter.State.SENT:
        return
    context = {**payload["context"], "shop_name": settings.SHOP_NAME, "site_url": settings.SITE_URL}
    with translation.override(payload["language"]):
        text = " ".join(render_to_string(f"email/{payload['template']}.sms.txt", context).split())
    sms_backend().send(to=payload["to"], text=text, message_id=_digest(key))
    _sent(letter)


def _open(kind: str, payload: dict[str, Any], key: str, to: str) -> Letter:
    letter, _ = Letter.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "template": payload["template"], "to": to, "reference": payload.get("reference", "")},
    )
    Letter.objects.filter(pk=letter.pk).update(tries=F("tries") + 1)
    return letter


def _sent(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=clock.now())


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
