"""The texts of the demo market: front matter and the little Markdown they use, turned into blocks of the CMS."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.html import escape

from kernel.text import nfc

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
NUMBERED = re.compile(r"\d+\.\s+")
Block = dict[str, Any]
Resolve = Callable[[str, str], str]


@dataclass(frozen=True)
class Piece:
    """One text in one language."""

    slug: str
    language: str
    meta: dict[str, Any]
    body: str

    def __getitem__(self, key: str) -> Any:
        return self.meta.get(key)


def read(path: Path) -> Piece:
    _, front, body = nfc(path.read_text(encoding="utf-8")).split("---\n", 2)
    meta = yaml.safe_load(front)
    return Piece(meta["slug"], meta["lang"], meta, body.strip())


def inline(text: str, resolve: Resolve) -> str:
    """Bold, italic and links as Wagtail stores them; `resolve("place", "kon-pring")` gives a page's id or ""."""

    def link(match: re.Match[str]) -> str:
        kind, _, slug = match[2].partition(":")
        target = resolve(kind, slug)
        return f'<a linktype="page" id="{target}">{match[1]}</a>' if target else match[1]

    html = LINK.sub(link, escape(text).replace("&#x27;", "'").replace("&quot;", '"'))
    return ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", html))


def blocks(body: str, resolve: Resolve) -> list[Block]:
    """Headings, paragraphs, lists, tables and quotes as stream blocks; text between two headings is one block."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", body):
        lines = [line for line in part.splitlines() if line.strip()]
        if not lines or lines[0].startswith("> **"):
            continue
        first = lines[0]
        if first.startswith("## "):
            found.append({"type": "heading", "value": first[3:].strip()})
            lines = lines[1:]
            if not lines:
                continue
        if lines[0].startswith("|"):
            found.append({"type": "table", "value": _table(lines, resolve)})
        elif lines[0].startswith("> "):
            found.append({"type": "quote", "value": {"text": " ".join(line[2:] for line in lines), "source": ""}})
        else:
            html = _html(lines, resolve)
            if found and found[-1]["type"] == "text":
                found[-1]["value"] += html
            else:
                found.append({"type": "text", "value": html})
    return found


def _html(lines: list[str], resolve: Resolve) -> str:
    if lines[0].startswith("- "):
        return "<ul>" + "".join(f"<li>{inline(item, resolve)}</li>" for item in _items(lines, "- ")) + "</ul>"
    if NUMBERED.match(lines[0]):
        return "<ol>" + "".join(f"<li>{inline(item, resolve)}</li>" for item in _items(lines, NUMBERED)) + "</ol>"
    return f"<p>{inline(' '.join(lines), resolve)}</p>"


def _items(lines: list[str], mark: str | re.Pattern[str]) -> list[str]:
    """Entries of a list; a line without a mark goes on with the entry before."""
    items: list[str] = []
    for line in lines:
        start = len(mark) if isinstance(mark, str) and line.startswith(mark) else 0
        if not isinstance(mark, str) and (hit := mark.match(line)):
            start = hit.end()
        if start:
            items.append(line[start:].strip())
        elif items:
            items[-1] += " " + line.strip()
    return items


def _table(lines: list[str], resolve: Resolve) -> dict[str, Any]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return {
        "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
        "rows": [{"values": [f"<p>{inline(cell, resolve)}</p>" for cell in row]} for row in rows[2:]],
        "caption": "",
    }
