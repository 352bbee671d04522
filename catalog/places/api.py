"""JSON for the type-ahead of the address forms: the same for everybody, so it may be cached for a day."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from catalog.places import selectors
from kernel.access import public

DAY = 24 * 60 * 60


@public
@require_safe
def communes(request: HttpRequest) -> JsonResponse:
    """`?q=mang den&tinh=51` -> up to 12 communes."""
    hits = selectors.communes_matching(request.GET.get("q", "")[:100], request.GET.get("tinh", "")[:10] or None)
    return _public(
        {
            "results": [
                {
                    "code": hit.code,
                    "name": hit.name,
                    "province_code": hit.province_code,
                    "province": hit.province,
                    "former_district": hit.former_district,
                    "label": hit.label,
                }
                for hit in hits
            ]
        }
    )


@public
@require_safe
def provinces(request: HttpRequest) -> JsonResponse:
    """All provinces, for forms that are built in the browser."""
    return _public({"results": [{"code": unit.code, "name": unit.name} for unit in selectors.provinces()]})


def _public(data: dict[str, object]) -> JsonResponse:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response
