"""The tree of live pages, read once per public version and process: addresses, ways down, links, what is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction, Site

from kernel import pagecache


@dataclass(frozen=True, slots=True)
class Node:
    """A live page without its content. `written` is False for an alias: its words are another page's."""

    pk: int
    path: str
    title: str
    url: str
    model: str
    language: str
    key: UUID
    written: bool


@dataclass(frozen=True)
class Tree:
    by_id: dict[int, Node]
    by_url: dict[str, Node]
    by_path: dict[str, Node]
    twins: dict[tuple[UUID, str], Node]
    restricted: bool


_kept: tuple[int, Tree] | None = None


def tree() -> Tree:
    """The tree as it stands now."""
    global _kept
    now = pagecache.version()
    if _kept is None or _kept[0] != now:
        _kept = (now, _read())
    return _kept[1]


def forget() -> None:
    """Read anew at the next page (a publication in this process, a test)."""
    global _kept
    _kept = None


def _read() -> Tree:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    nodes: list[Node] = []
    if site is not None:
        homes = Page.objects.filter(translation_key=site.root_page.translation_key, live=True)
        for home in homes.select_related("locale"):
            nodes += _below(home)
    return Tree(
        {node.pk: node for node in nodes},
        {node.url: node for node in nodes},
        {node.path: node for node in nodes},
        {(node.key, node.language): node for node in nodes},
        PageViewRestriction.objects.exists(),
    )


def _below(home: Page) -> list[Node]:
    """A home page and what is live below it, without pages whose way up is not live."""
    language = home.locale.language_code
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    rows = Page.objects.filter(path__startswith=home.path, live=True).order_by("path")
    found: dict[str, Node] = {}
    for pk, path, title, url_path, app, model, key, alias in rows.values_list(
        "pk",
        "path",
        "title",
        "url_path",
        "content_type__app_label",
        "content_type__model",
        "translation_key",
        "alias_of",
    ):
        if path == home.path or path[: -Page.steplen] in found:
            url = prefix + url_path[len(home.url_path) - 1 :]
            found[path] = Node(pk, path, title, url, f"{app}.{model}", language, key, alias is None)
    return list(found.values())


def url_of(page_id: int, language: str = "") -> str:
    """The address of a live page, in another language where it has a twin; empty for one that is not live."""
    node = tree().by_id.get(page_id)
    if node is not None and language and node.language != language:
        node = tree().twins.get((node.key, language), node)
    return node.url if node else ""


def way_to(path: str) -> list[Node]:
    """The live pages above a page, without the home page."""
    steps = range(2 * Page.steplen + Page.steplen, len(path), Page.steplen)
    return [node for end in steps if (node := tree().by_path.get(path[:end]))]


def page_at(address: str) -> Any | None:
    """The page at an address of the site, with the joins that showing it needs; None if no live page is there."""
    node = tree().by_url.get(address)
    return pages_of(node.model, [node.pk]).first() if node else None


def pages_of(model: str, ids: list[int]) -> QuerySet[Any]:
    """Pages of one kind with language, source and picture joined."""
    cls = apps.get_model(model)
    joins = ["locale", "alias_of__locale", "content_type"]
    names = {field.name for field in cls._meta.fields}
    joins += [f"{name}__picture" for name in ("picture", "hero_picture") if name in names]
    return cls.objects.filter(pk__in=ids, live=True).select_related(*joins)


def open_only(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Without pages behind a password or a sign-in; no question is asked where there are none at all."""
    return pages.public() if tree().restricted else pages
