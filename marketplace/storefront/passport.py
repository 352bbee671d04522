"""What the shop lends a passport: name, picture, price, stars, the maker's address, where to buy."""

from __future__ import annotations

from typing import Any

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from kernel import clock
from marketplace.sellers import selectors as sellers
from marketplace.storefront import selectors


def facts_of(gtin: str) -> dict[str, Any] | None:
    """The facts of a product or size by its GTIN, in three queries; nothing for goods that are not shown."""
    record = sellers.record_of_gtin(gtin)
    if record is None:
        return None
    product = record.product
    owner = product.parent if product.parent_id else product
    if not owner.is_public:
        return None
    pack = selectors.pack_from(record)
    url = selectors.product_url(owner.slug) + (f"?goi={product.pk}" if product.parent_id else "")
    facts: dict[str, Any] = {
        "name": owner.title,
        "name_en": owner.title_en,
        "url": url,
        "picture": pictures.main_pictures([owner.pk]).get(owner.pk),
        "price": pack.price,
        "unit": selectors.unit_line(pack),
        "can_buy": pack.sellable,
    }
    certificate = certification.current_stars([owner.pk], clock.today()).get(owner.pk)
    if certificate is not None:
        facts["certificate"] = {
            "stars": certificate.stars,
            "number": certificate.number,
            "valid_to": certificate.extended_until or certificate.expires_on,
            "url": selectors.certificate_url(certificate.number),
        }
    producer = owner.producer
    if producer is not None and not producer.is_placeholder:
        place = producer.commune or owner.commune
        facts["producer"] = {
            "name": producer.name,
            "address": ", ".join(part for part in (producer.address, place.name if place else "") if part),
            "url": selectors.producer_url(producer.slug),
            "phone": producer.phone if producer.contact_policy == "phone" else "",
        }
    return facts
