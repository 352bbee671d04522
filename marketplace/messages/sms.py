"""The port for text messages (SMS or Zalo). SMS_URL empty: a file, for development."""

import json
from pathlib import Path
from typing import Protocol

import requests
from django.conf import settings

from kernel import clock

TIMEOUT_SECONDS = 8


class SmsBackend(Protocol):
    def send(self, *, to: str, text: str, message_id: str) -> None:
        """Send once per `message_id`. Raises on failure."""


class FileBackend:
    """One line per message, time and JSON, in var/outbox/sms.log; a known id is not written again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, *, to: str, text: str, message_id: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and f'"id": "{message_id}"' in self.path.read_text(encoding="utf-8"):
            return
        line = json.dumps({"id": message_id, "to": to, "text": text}, ensure_ascii=False)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{clock.now():%Y-%m-%dT%H:%M:%S} {line}\n")


class HttpBackend:
    """POST {"to", "text", "id"} as JSON to the provider's gateway; 2xx means taken."""

    def __init__(self, url: str) -> None:
        self.url = url

    def send(self, *, to: str, text: str, message_id: str) -> None:
        answer = requests.post(
            self.url,
            json={"to": to, "text": text, "id": message_id},
            headers={"Idempotency-Key": message_id},
            timeout=TIMEOUT_SECONDS,
        )
        answer.raise_for_status()


def sms_backend() -> SmsBackend:
    if settings.SMS_URL:
        return HttpBackend(settings.SMS_URL)
    return FileBackend(Path(settings.SMS_FILE))
