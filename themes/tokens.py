"""The values of the design tokens, read from the style sheets: for mail, the manifest and tests."""

import re
from functools import lru_cache

from themes import brand

DECLARATION = re.compile(r"--([\w-]+):\s*([^;]+);")
PAIR = re.compile(r"light-dark\(((?:[^()]|\([^()]*\))*),\s*((?:[^()]|\([^()]*\))*)\)")
VARIABLE = re.compile(r"var\(--([\w-]+)\)")


@lru_cache(maxsize=8)
def _declared(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in reversed(brand.folders()):
        for sheet in ("tokens.css", "brand.css"):
            path = folder / "static/css" / sheet
            if path.is_file():
                text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
                root = text.split(":root {", 1)[1].split("\n  }", 1)[0]
                found.update({key: value.strip() for key, value in DECLARATION.findall(root)})
    return found


def declared() -> dict[str, str]:
    return _declared(brand.brand_name())


def resolve(value: str, scheme: str = "light") -> str:
    """The raw value behind a token's value: one scheme of each pair, every variable replaced."""
    while (pair := PAIR.search(value)) or (variable := VARIABLE.search(value)):
        if pair:
            value = value.replace(pair.group(0), pair.group(1 if scheme == "light" else 2).strip())
        else:
            value = value.replace(variable.group(0), declared()[variable.group(1)])
    return value


def token(name: str, scheme: str = "light") -> str:
    return resolve(declared()[name], scheme)
