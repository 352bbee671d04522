"""The public directory of sales points."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel.access import public
from kernel.pagecache import cached_page
from marketplace.points import selectors


@public
@require_safe
@cached_page
def point_list(request: HttpRequest) -> HttpResponse:
    points = list(selectors.points_public())
    context = {"points": points, "here": [point.commune.code for point in points if point.commune]}
    return render(request, "marketplace/points/list.html", context)


@public
@require_safe
@cached_page
def point_detail(request: HttpRequest, slug: str) -> HttpResponse:
    point = selectors.point_get(slug)
    if point is None:
        raise Http404
    here = [point.commune.code] if point.commune else []
    context = {"point": point, "goods": selectors.goods_at(point), "here": here}
    return render(request, "marketplace/points/detail.html", context)
