"""The linkset of an identifier (RFC 9264 as GS1 profiles it): one context a level, from the lot up to the GTIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from traceability.identifiers.domain import DigitalLink, link_for

VOC = "https://ref.gs1.org/voc/"
CONTEXT_HEADER = (
    '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"; '
    'type="application/ld+json"'
)
#: Link types we can follow, with the fragment or page they lead to.
TYPES = ("defaultLink", "pip", "traceability", "certificationInfo", "recallStatus", "hasRetailers")


def type_of(link_type: str) -> str:
    """``gs1:pip`` or the full address → ``pip``; empty where it is none of ours."""
    name = link_type.removeprefix("gs1:").removeprefix(VOC).removeprefix("https://gs1.org/voc/")
    return name if name in TYPES else ""


def target_of(kind: str, path: str, shop: dict[str, Any], lot_known: bool) -> str:
    """Where a link of this type leads (a path on this host), or nothing."""
    if kind in ("defaultLink", "traceability"):
        return path
    if kind == "recallStatus":
        return path if lot_known else ""
    if kind == "certificationInfo":
        certificate = shop.get("certificate") or {}
        return certificate.get("url") or (f"{path}#giay-to" if certificate else "")
    return shop.get("url", "")  # pip, hasRetailers


def linkset(
    link: DigitalLink, *, name: str, shop: dict[str, Any], lot_known: bool, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """The whole set. ``absolute`` turns a path into an address."""
    levels = [link_for(link.gtin, link.lot, link.serial)]
    if link.serial:
        levels.append(link_for(link.gtin, link.lot))
    if link.lot:
        levels.append(link_for(link.gtin))
    contexts = []
    for level in levels:
        at_lot = bool(level.lot) and lot_known
        title = f"{name}, lot {level.lot}" if level.lot else name
        entry: dict[str, Any] = {
            "anchor": absolute(level.path),
            "itemDescription": title,
            VOC + "defaultLink": [{"href": absolute(level.path), "title": title}],
            VOC + "defaultLinkMulti": [
                {"href": absolute(level.path), "title": title, "hreflang": ["vi"], "type": "text/html"},
                {"href": absolute(f"/en{level.path}"), "title": title, "hreflang": ["en"], "type": "text/html"},
            ],
        }
        for kind in TYPES[1:]:
            target = target_of(kind, level.path, shop, at_lot)
            if target:
                entry[VOC + kind] = [
                    {"href": absolute(target), "title": title, "hreflang": ["vi", "en"], "type": "text/html"}
                ]
        contexts.append(entry)
    return {"linkset": contexts}


def description(root: str) -> dict[str, Any]:
    """What ``/.well-known/gs1resolver`` says."""
    return {
        "name": "OCOP market resolver",
        "resolverRoot": root,
        "supportedPrimaryKeys": ["01"],
        "supportedLinkTypes": [
            {"namespace": VOC, "prefix": "gs1:", "profile": "https://www.gs1.org/voc/?show=linktypes"}
        ],
        "supportedContextValuesEnumerated": [],
        "linkTypeDefaultCanBeLinkset": False,
        "validatesAssertedKeys": True,
    }
