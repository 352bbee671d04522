"""What every page may show of the house: brand texts, the demo banner, the language."""

from django.conf import settings
from django.utils.translation import get_language

from themes import brand


def look(request) -> dict:
    words = brand.words()
    language = (get_language() or "vi")[:2]
    return {
        "brand": words,
        "shop_name": words["shop_name"],
        "demo": bool(getattr(settings, "DEMO", False)),
        "language": language,
        "other_language": "en" if language == "vi" else "vi",
    }
