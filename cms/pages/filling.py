"""Facts of the operator inside running text: `{{ operator.name }}` is filled in when the page is shown."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kernel.text import nfc

SLOT = re.compile(r"\{\{\s*([a-z_]+\.[a-z_]+)\s*\}\}")


class Filling:
    """The values of one page: the operator's, the market's, the page's own."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @cached_property
    def values(self) -> dict[str, str]:
        from cms.navigation.selectors import facts

        found = facts(self.page.content_language)
        day = self.page.effective_from
        found["page.effective_from"] = f"{day:%d/%m/%Y}" if day else ""
        return found

    def fill(self, html: str) -> SafeString:
        """Escaped values in their places; an empty one is marked plainly, never left out in silence."""

        def value(match: re.Match[str]) -> str:
            known = nfc(self.values.get(match.group(1), ""))
            if known:
                return escape(known)
            return f'<mark class="unset">{escape(_("not filled in yet"))}</mark>'

        return mark_safe(SLOT.sub(value, html))
