"""Letters go into the outbox in the transaction of their cause; the worker renders and sends each once."""

from typing import Any

from kernel.outbox import services as outbox


def mail_put(*, key: str, template: str, to: str, language: str, context: dict[str, Any], reference: str = "") -> None:
    """Send `email/<template>.html` and `.txt` to an address. The same key is sent once. No address: nothing."""
    if to:
        payload = {"template": template, "to": to, "language": language, "context": context, "reference": reference}
        outbox.put(topic="messages.mail", key=f"mail:{key}", payload=payload)


def sms_put(*, key: str, template: str, to: str, language: str, context: dict[str, Any], reference: str = "") -> None:
    """Send `email/<template>.sms.txt` to a phone number (E.164). The same key is sent once."""
    if to:
        payload = {"template": template, "to": to, "language": language, "context": context, "reference": reference}
        outbox.put(topic="messages.sms", key=f"sms:{key}", payload=payload)
