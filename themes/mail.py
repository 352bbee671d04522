"""The style of HTML mail: tokens resolved to plain colours, because mail programs know no variables."""

from functools import lru_cache

from themes import brand, tokens


@lru_cache(maxsize=4)
def _style(name: str) -> str:
    sheet = brand.find("mail.css").read_text(encoding="utf-8")
    light, _, night = sheet.partition("/* night */")
    return f"{tokens.resolve(light)}@media (prefers-color-scheme: dark) {{{tokens.resolve(night, 'dark')}}}"


def style() -> str:
    return _style(brand.brand_name())
