"""What search engines read: schema.org data of a product, gift set, producer, and the path to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.pictures.addresses import picture_url
from marketplace.storefront.domain import Stock
from marketplace.storefront.selectors import ComboPage, Pack, ProducerPage, ProductPage, producer_url, words

AVAILABILITY = {Stock.IN: "InStock", Stock.FEW: "LimitedAvailability", Stock.OUT: "OutOfStock"}


def absolute(path: str) -> str:
    """A path with scheme and host; an address of another host (media storage) stays as it is."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def product_data(page: ProductPage, url: str, day: date) -> list[dict[str, Any]]:
    """Product with an offer for each size that can be bought, and the breadcrumb."""
    product = page.product
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": absolute(url) + "#product",
        "name": str(page.name),
        "url": absolute(url),
        "description": str(words(product, "short") or words(product, "description"))[:500],
        "image": [absolute(picture_url(picture, 800, "jpg")) for picture in page.gallery if picture.ready],
        "category": page.trail[-1]["text"],
    }
    if page.pack and page.pack.gtin:
        data["gtin14"] = page.pack.gtin.zfill(14)
        data["sku"] = page.pack.gtin
    if product.producer and not product.producer.is_placeholder:
        data["brand"] = {"@type": "Brand", "name": product.producer.name}
        data["manufacturer"] = {"@type": "Organization", "name": product.producer.name}
    if page.certificate:
        data["hasCertification"] = {
            "@type": "Certification",
            "name": _("OCOP %(stars)s stars") % {"stars": page.certificate.stars},
            "certificationIdentification": page.certificate.number,
            "issuedBy": {"@type": "Organization", "name": page.certificate.issuing_body or "OCOP"},
            "validFrom": page.certificate.issued_on.isoformat(),
            "expires": (page.certificate.extended_until or page.certificate.expires_on).isoformat(),
        }
    offers = [_offer(pack, url, len(page.packs) > 1) for pack in page.packs if pack.sellable]
    if offers:
        data["offers"] = offers[0] if len(offers) == 1 else offers
    if page.reviews and product.rating:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(float(product.rating), 1),
            "reviewCount": len(page.reviews),
        }
    return [data, breadcrumb([*page.trail, {"url": url, "text": str(page.name)}])]


def combo_data(page: ComboPage, url: str) -> list[dict[str, Any]]:
    """A gift set is a product of its own; its components are named."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": absolute(url) + "#product",
        "name": str(page.name),
        "url": absolute(url),
        "description": str(words(page.combo, "story"))[:500],
        "image": [absolute(picture_url(picture, 800, "jpg")) for picture in page.gallery if picture.ready],
        "isRelatedTo": [
            {"@type": "Product", "name": str(part.card["name"]), "url": absolute(part.card["url"])}
            for part in page.parts
        ],
    }
    if page.sellable:
        data["offers"] = {
            "@type": "Offer",
            "price": page.price,
            "priceCurrency": "VND",
            "availability": f"https://schema.org/{AVAILABILITY[page.stock]}",
            "url": absolute(url),
        }
    return [data, breadcrumb([*page.trail, {"url": url, "text": str(page.name)}])]


def producer_data(page: ProducerPage, url: str, trail: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The maker as an organisation in its commune; nothing that it did not agree to show."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": page.producer.name,
        "url": absolute(url),
    }
    if page.place:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": page.place.name,
            "addressRegion": "Quảng Ngãi",
            "addressCountry": "VN",
        }
    if page.phone:
        data["telephone"] = page.phone
    return [data, breadcrumb([*trail, {"url": url, "text": str(page.name)}])]


def breadcrumb(steps: list[dict[str, str]]) -> dict[str, Any]:
    """The path on top of the page."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step["text"], "item": absolute(step["url"])}
            for place, step in enumerate(steps, 1)
        ],
    }


def _offer(pack: Pack, url: str, chosen: bool) -> dict[str, Any]:
    offer: dict[str, Any] = {
        "@type": "Offer",
        "price": pack.price,
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{AVAILABILITY[pack.stock]}",
        "itemCondition": "https://schema.org/NewCondition",
        "url": absolute(url) + (f"?goi={pack.product_id}" if chosen else ""),
    }
    if pack.gtin:
        offer["gtin14"] = pack.gtin.zfill(14)
    if pack.label:
        offer["name"] = str(pack.label)
    return offer


__all__ = ["breadcrumb", "combo_data", "producer_data", "producer_url", "product_data"]
