"""Structured data (schema.org) of pages: articles, places, trips, events, and the way down to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from kernel.pictures.addresses import picture_url

REGION = {"@type": "AdministrativeArea", "name": "Kon Tum, Quảng Ngãi, Việt Nam"}


def absolute(address: str | None) -> str:
    return f"{settings.SITE_URL}{address}" if address and address.startswith("/") else address or ""


def of_page(page: Any, crumbs: list[dict[str, str]]) -> list[dict[str, Any]]:
    """What machines are told about this page; nothing about pages without a kind."""
    data = []
    if len(crumbs) > 1:
        items = [
            {
                "@type": "ListItem",
                "position": place,
                "name": crumb["text"],
                **({"item": absolute(crumb["url"])} if crumb.get("url") else {}),
            }
            for place, crumb in enumerate(crumbs, 1)
        ]
        data.append({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
    if page.jsonld_type:
        data.append(_thing(page))
    return data


def _thing(page: Any) -> dict[str, Any]:
    shown = page.shown
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": page.jsonld_type,
        "name": page.title,
        "description": page.search_description or page.lead,
        "url": absolute(page.url),
    }
    if shown is not None and shown.ready:
        thing["image"] = absolute(picture_url(shown, 1600, "jpg"))
    if page.jsonld_type in ("Article", "NewsArticle"):
        thing |= {
            "headline": page.title,
            "inLanguage": page.content_language,
            "author": {"@type": "Organization", "name": settings.SHOP_NAME},
            "publisher": {"@type": "Organization", "name": settings.SHOP_NAME},
        }
        if page.first_published_at:
            thing["datePublished"] = page.first_published_at.isoformat()
            thing["dateModified"] = page.last_published_at.isoformat()
    else:
        thing |= page.structured_details()
    return thing
