"""Lists, search and suggestions. Oscar's own views of this name are not routed anywhere."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kernel import clock
from kernel.access import public
from kernel.pagecache import cached_page
from marketplace.storefront.templatetags.storefront import json_ld
from search import facets, moulds, selectors
from search.domain import PAGE_SIZE, PARAMETERS, RELEVANCE, SORTS, TEXT_LIMIT, Query
from search.forms import read, read_text
from search.plan import Condition, scope_of
from search.selectors import Answer
from search.structured import list_data

SORT_TEXTS = {
    RELEVANCE: lambda: _("Closest to your words"),
    "season": lambda: _("In season first"),
    "new": lambda: _("New arrivals"),
    "price_up": lambda: _("Price: low to high"),
    "price_down": lambda: _("Price: high to low"),
    "stars": lambda: _("Stars: high to low"),
}


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _address(path: str) -> str:
    return f"/en{path}" if _language() == "en" else path


@public
@cached_page
def product_list(request: HttpRequest) -> HttpResponse:
    """/san-pham/"""
    return _list(request, scope=scope_of(kinds=("product",)), heading=_("Products"), crumbs=[{"text": _("Products")}])


@public
@cached_page
def gift_list(request: HttpRequest) -> HttpResponse:
    """/qua-tang/"""
    return _list(
        request,
        scope=scope_of(kinds=("combo",)),
        heading=_("Gifts"),
        gifts=True,
        crumbs=[{"text": _("Gifts")}],
        without=("group", "set", "stars", "producer", "district", "commune"),
    )


@public
@cached_page
def category_list(request: HttpRequest, slug: str) -> HttpResponse:
    """/nhom/<slug>/: a group or a set of the register."""
    facet = next((name for name in ("group", "set") if slug in selectors.labels().get(name, {})), None)
    if facet is None:
        raise Http404
    heading = selectors.label(facet, slug, _language())
    return _list(
        request,
        scope=scope_of(kinds=("product",), **{facet: slug}),
        heading=heading,
        crumbs=[{"text": _("Products"), "url": _address("/san-pham/")}, {"text": heading}],
        without=("group",) if facet == "group" else ("group", "set"),
    )


@public
@cached_page
def search_page(request: HttpRequest) -> HttpResponse:
    """/tim/?q="""
    text = read_text(request.GET)
    heading = _("Results for “%(words)s”") % {"words": text} if text else _("Search")
    return _list(request, scope=scope_of(), heading=heading, crumbs=[{"text": _("Search")}], searching=True)


@public
@cached_page
def producer_list(request: HttpRequest) -> HttpResponse:
    """/nha-san-xuat/"""
    scope = scope_of(kinds=("producer",))
    reading = read(request.GET, selectors.labels())
    query = Query(text=reading.query.text, district=reading.query.district, page=reading.query.page)
    answer = selectors.find(query, scope=scope, today=clock.today())
    made = selectors.goods_by_maker(clock.today())
    lines = selectors.lines_of(answer.found.ids, language=_language())
    for line in lines:
        number = made.get(line["producer"], 0)
        line["made"] = ngettext("%(n)s product", "%(n)s products", number) % {"n": number}
    shown = {
        "lines": lines,
        "counted": ngettext("%(n)s maker", "%(n)s makers", answer.found.total) % {"n": answer.found.total},
        "heading": _("Makers"),
        "crumbs": [{"text": _("Makers")}],
    }
    context = _frame(request, query, reading.errors, answer, scope) | shown
    context["panel"] = [group for group in context["panel"] if group["name"] == PARAMETERS["district"]]
    return _answered(request, "search/producers-content.html", context, reading.errors, answer, query)


@public
@cached_page
def suggest(request: HttpRequest) -> HttpResponse:
    """/tim/goi-y?q=: as JSON, what somebody who types this may mean."""
    text = read_text(request.GET)[:TEXT_LIMIT]
    language = _language()
    kinds = {"product": "", "combo": _("Gift set"), "producer": _("Maker"), "story": _("Story")}
    found = [
        {
            "text": line["text"],
            "url": line["url"],
            "kind": line["kind"],
            "kind_label": kinds[line["kind"]] or line["place"],
        }
        for line in selectors.suggestions(text, today=clock.today(), language=language)
    ]
    return JsonResponse({"q": text, "suggestions": found}, json_dumps_params={"ensure_ascii": False})


def _list(
    request: HttpRequest,
    *,
    scope: Condition,
    heading: str,
    crumbs: list[dict[str, Any]],
    without: tuple[str, ...] = (),
    searching: bool = False,
    gifts: bool = False,
) -> HttpResponse:
    today, language = clock.today(), _language()
    reading = read(request.GET, selectors.labels())
    query = reading.query
    answer = selectors.find(query, scope=scope, today=today)
    total = answer.found.total
    context = _frame(request, query, reading.errors, answer, scope, without=without)
    context |= {
        "heading": heading,
        "crumbs": crumbs,
        "cards": selectors.cards_of(answer.found.ids, language=language, today=today),
        "searching": searching,
        "noindex": searching or bool(query.chips()) or bool(query.sort),
        "counted": _counted(total, gifts=gifts),
        "show_text": _("Show the gift sets") if gifts else "",
        "sorts": _sorts(query),
    }
    if query.text and searching and query.page == 1:
        context["others"] = _others(query, today, language)
    return _answered(request, "search/list-content.html", context, reading.errors, answer, query)


def _frame(
    request: HttpRequest,
    query: Query,
    errors: dict[str, Any],
    answer: Answer,
    scope: Condition,
    without: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What every list shows around its results."""
    language, total = _language(), answer.found.total
    chips = [{"url": chip.without.url(), "text": facets.chip_text(chip, query, language)} for chip in query.chips()]
    context: dict[str, Any] = {
        "query": query.text,
        "page_number": query.page,
        "errors": list(dict.fromkeys(str(error) for error in errors.values())),
        "degraded": answer.degraded,
        "near": answer.found.stage if total else "",
        "total": total,
        "panel": facets.panel(query, answer.found, language=language, without=without),
        "chips": chips,
        "keep": _hidden(query, "text", "sort"),
        "keep_for_sort": [pair for pair in query.at_page(1).pairs() if pair[0] != PARAMETERS["sort"]],
        "clear_url": query.bare().url(),
        "pages": _pages(query, answer),
        "path": request.path,
        "beyond": query.page > answer.pages,
        "first_url": query.at_page(1).url(),
    }
    if not total and chips:
        ways = selectors.ways_out(query, scope=scope, today=clock.today())
        context["ways"] = [
            {"url": chip.without.url(), "text": _way_text(facets.chip_text(chip, query, language), count)}
            for chip, count in ways[:3]
        ]
    return context


def _counted(total: int, *, gifts: bool) -> str:
    if gifts:
        return ngettext("%(n)s gift set", "%(n)s gift sets", total) % {"n": total}
    return ngettext("%(n)s product", "%(n)s products", total) % {"n": total}


def _way_text(text: str, count: int) -> str:
    return ngettext("Drop “%(filter)s”: %(n)s item", "Drop “%(filter)s”: %(n)s items", count) % {
        "filter": text,
        "n": count,
    }


def _hidden(query: Query, *names: str) -> list[tuple[str, str]]:
    wanted = {PARAMETERS[name] for name in names}
    return [pair for pair in query.pairs() if pair[0] in wanted]


def _sorts(query: Query) -> list[dict[str, Any]]:
    names = [name for name in SORTS if name != RELEVANCE]
    if query.text:
        names.insert(0, RELEVANCE)
    chosen = query.sort or names[0]
    return [{"value": SORTS[name], "text": SORT_TEXTS[name](), "selected": name == chosen} for name in names]


def _pages(query: Query, answer: Answer) -> dict[str, Any]:
    """Both ends and the neighbours of this page; 0 stands for a gap."""
    last, here = answer.pages, query.page
    if last < 2 or here > last:
        return {}
    numbers: list[int] = []
    for number in sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)}):
        if numbers and number - numbers[-1] > 1:
            numbers.append(number - 1 if number - numbers[-1] == 2 else 0)
        numbers.append(number)
    url = partial(lambda number: query.at_page(number).url())
    return {
        "numbers": [{"number": n, "url": url(n) if n else "", "here": n == here} for n in numbers],
        "previous": url(here - 1) if here > 1 else "",
        "next": url(here + 1) if here < last else "",
        "first_item": (here - 1) * PAGE_SIZE + 1,
    }


def _others(query: Query, today: Any, language: str) -> list[dict[str, str]]:
    """Makers and stories that the same words find, beside the goods."""
    words = Query(text=query.text)
    found = selectors.find_few(words, kinds=("producer", "story"), today=today, limit=4)
    return selectors.lines_of(found, language=language)


def _answered(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    errors: dict[str, Any],
    answer: Answer,
    query: Query,
) -> HttpResponse:
    """200 as a rule; 400 where a parameter made no sense, 404 past the last page: both show the list all the same."""
    status = HTTPStatus.OK
    if errors:
        status = HTTPStatus.BAD_REQUEST
    elif query.page > answer.pages:
        status = HTTPStatus.NOT_FOUND
    html = moulds.framed(
        request,
        "search/frame.html",
        _parts(template, context, query),
        language=_language(),
        query_string=query.url()[1:],
    )
    response = HttpResponse(html, status=status)
    if answer.degraded:
        response.headers["Cache-Control"] = "no-store"
    return response


def _parts(template: str, context: dict[str, Any], query: Query) -> dict[str, str]:
    heading = escape(context["heading"])
    title = heading if query.page == 1 else f"{heading} · {escape(_('page %(n)s') % {'n': query.page})}"
    shown = "" if context.get("noindex") or query.page == 1 else query.url()
    meta = format_html('<meta name="description" content="{}: {}">', context["heading"], context["counted"])
    if context.get("noindex") and not settings.DEMO:
        meta += format_html('<meta name="robots" content="noindex, follow">')
    meta += format_html('<link rel="canonical" href="{}{}{}">', settings.SITE_URL, context["path"], shown)
    return {
        "page_title": title,
        "meta": meta,
        "jsonld": SafeString("".join(json_ld(data) for data in list_data(context))),
        "content": get_template(template).render(context),
        "search_text": escape(query.text),
    }
