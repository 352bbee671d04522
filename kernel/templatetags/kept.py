"""{% kept "map" place.code %}…{% endkept %}: a part of a page that is the same until something public changes.

Kept as text in process memory, by language and public version; for parts that many pages share and that cost time.
Nothing personal, no stars and no dates that pass may stand inside.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kernel import pagecache

register = template.Library()
MOST = 2000
_parts: dict[tuple[Any, ...], SafeString] = {}
_version = 0


class KeptNode(template.Node):
    def __init__(self, nodelist: template.NodeList, names: list[template.base.FilterExpression]) -> None:
        self.nodelist = nodelist
        self.names = names

    def render(self, context: template.Context) -> SafeString:
        global _version
        version = pagecache.version()
        if version != _version or len(_parts) > MOST:
            _parts.clear()
            _version = version
        key = (get_language(), *(str(name.resolve(context)) for name in self.names))
        part = _parts.get(key)
        if part is None:
            part = _parts[key] = mark_safe(self.nodelist.render(context))
        return part


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> KeptNode:
    """The words after the tag's name make the key."""
    names = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, names)
