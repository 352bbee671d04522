"""No English is left over on a Vietnamese page: every sentence in templates and code stands in locale/parts."""

import re
from pathlib import Path

from django.conf import settings

from config.locale import merged_catalog

PACKAGES = ("themes", "catalog", "traceability", "marketplace", "cms", "search", "kernel")
TAG = re.compile(r'{%\s*trans(?:late)?\s+"((?:[^"\\]|\\.)*)"(?:\s+context\s+"([^"]*)")?')
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?([^%]*)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.S)
CALL = re.compile(r'(?<![\w.])(?:_|n?gettext(?:_lazy)?)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def in_template(text: str) -> list[str]:
    found = [words for words, _ in TAG.findall(text)]
    for options, body in BLOCK.findall(text):
        first = re.split(r"{%\s*plural\s*%}", body)[0]
        if "trimmed" in options:
            first = " ".join(line.strip() for line in first.strip().splitlines())
        first = first.replace("%", "%%")
        found.append(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", first))
    return found


def in_code(text: str) -> list[str]:
    return ["".join(STRING.findall(words)).replace('\\"', '"') for words in CALL.findall(text)]


def test_every_sentence_has_its_vietnamese():
    catalog = merged_catalog(Path(settings.BASE_DIR) / "locale" / "parts")
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id}
    missing = []
    for package in PACKAGES:
        for path in (Path(settings.BASE_DIR) / package).rglob("*"):
            if path.suffix in (".html", ".txt"):
                words = in_template(path.read_text(encoding="utf-8"))
            elif path.suffix == ".py" and "migrations" not in path.parts:
                words = in_code(path.read_text(encoding="utf-8"))
            else:
                continue
            missing += [
                (str(path.relative_to(settings.BASE_DIR)), text) for text in words if text and text not in known
            ]

    assert missing == []


def test_the_search_for_sentences_finds_them():
    html = '{% translate "A" %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}'

    assert in_template(html) == ["A", "%(n)s day"]
    assert in_code('x = _("One "\n      "two")') == ["One two"]
