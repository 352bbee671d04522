"""The grounds the pipeline names are the colours the theme paints."""

import re
from pathlib import Path

from kernel.pictures.domain import TINTS

CSS = Path(__file__).resolve().parents[3] / "themes" / "base" / "static" / "css"


def test_the_tokens_hold_the_same_colours():
    tokens = dict(re.findall(r"--tint-(\d+): (#[0-9a-f]{6});", (CSS / "tokens.css").read_text()))

    assert tokens == {str(i): f"#{r:02x}{g:02x}{b:02x}" for i, (r, g, b) in enumerate(TINTS)}


def test_each_tint_has_its_class():
    css = (CSS / "components" / "picture.css").read_text()

    assert all(f".tint--{i} {{ background-color: var(--tint-{i}); }}" in css for i in range(len(TINTS)))
