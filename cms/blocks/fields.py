"""Stream fields whose block definitions stay out of migrations."""

from typing import Any

from wagtail.fields import StreamField

HIDDEN_SOURCES = ("88tysobongda.com", "bongro24hweb.org")


class BodyField(StreamField):
    """A stream field whose blocks are code, not schema: changing a block makes no migration."""

    def deconstruct(self) -> Any:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs


def lines(value: str) -> list[str]:
    """The entries of a text that has one a line."""
    return [line.strip() for line in (value or "").splitlines() if line.strip()]


def web_sources(value: str) -> list[dict[str, str]]:
    """Addresses a reader can open, with the name of their site; data files and mirrors stay on record only."""
    shown = []
    for line in lines(value):
        if line.startswith(("http://", "https://")) and not any(host in line for host in HIDDEN_SOURCES):
            shown.append({"url": line, "host": line.split("/")[2].removeprefix("www.")})
    return shown
