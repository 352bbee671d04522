"""What search engines read of a list: the path to it, and which goods stand on it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from search.domain import PAGE_SIZE


def list_data(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Breadcrumbs always; the goods only where the page itself may be indexed."""
    steps = [{"text": _("Home"), "url": "/en/" if context["path"].startswith("/en/") else "/"}, *context["crumbs"]]
    data: list[dict[str, Any]] = [
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": at,
                    "name": str(step["text"]),
                    "item": settings.SITE_URL + step.get("url", context["path"]),
                }
                for at, step in enumerate(steps, 1)
            ],
        }
    ]
    if context.get("cards") and not context.get("noindex"):
        first = (context["page_number"] - 1) * PAGE_SIZE
        data.append(
            {
                "@context": "https://schema.org",
                "@type": "ItemList",
                "numberOfItems": context["total"],
                "itemListElement": [
                    {"@type": "ListItem", "position": first + at, "url": settings.SITE_URL + card.path}
                    for at, card in enumerate(context["cards"], 1)
                ],
            }
        )
    return data
