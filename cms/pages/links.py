"""Links inside rich text to other pages: the address from the tree, without a question to the database."""

from __future__ import annotations

from django.utils.html import escape
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from cms.tree import url_of


class TreeLinkHandler(PageLinkHandler):
    """A link to a page that is not live is plain text."""

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        urls = [url_of(int(attrs.get("id", "0") or 0)) for attrs in attrs_list]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


class OutwardLinkHandler(LinkHandler):
    """A link to another site tells it nothing and opens in the same window."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        href = attrs.get("href", "")
        if not href.startswith(("https://", "http://", "/", "#")):
            return "<a>"
        return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">'
