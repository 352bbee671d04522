"""What every page may use: the shop's name, demo mode, the other language's address."""

from django.conf import settings
from django.http import HttpRequest


def shop(request: HttpRequest) -> dict[str, object]:
    """Context for every template; reads neither session nor database, so that pages stay cacheable."""
    return {
        "shop_name": settings.SHOP_NAME,
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
        "page_path": request.path,
    }
