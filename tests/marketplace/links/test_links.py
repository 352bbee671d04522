from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import GUEST
from kernel.errors import NotPermitted
from marketplace.links import services
from marketplace.links.domain import is_machine
from marketplace.links.errors import LinkTargetGone
from marketplace.links.models import LinkDay, LinkOutcome, ShareLink
from marketplace.links.selectors import report
from marketplace.live.services import session_plan
from tests.factories import doors, market, shopping
from tests.traceability.market import pack_lot
from tests.traceability.story import import_demo_zones

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
PREVIEWS = [
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "curl/8.5.0",
    "",
]
PEOPLE = [
    PHONE,
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/13100",
]


@pytest.fixture
def owner():
    return doors.person("Người giới thiệu")


@pytest.fixture
def link(owner):
    return services.link_make(actor=doors.actor(owner), kind="product", target_id=market.product().pk, label="Zalo")


def _clicks(link):
    return sum(LinkDay.objects.filter(link=link).values_list("clicks", flat=True))


def _follow(client, link, agent=PHONE, **headers):
    return client.get(f"/l/{link.code}", headers={"user-agent": agent, **headers})


def test_a_link_leads_to_a_page_of_ours_and_counts_the_person(client, link):
    answer = _follow(client, link)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/san-pham/")
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies[services.COOKIE].value == f"link:{link.code}"
    assert answer.cookies[services.COOKIE]["httponly"]
    assert client.get(answer["Location"]).status_code == 200
    assert _clicks(link) == 1


def test_the_same_person_again_is_counted_once(client, link):
    _follow(client, link)
    _follow(client, link)

    assert _clicks(link) == 1


def test_two_people_are_two_clicks_of_one_day(client, client_class, link):
    _follow(client, link)
    _follow(client_class(), link)

    assert LinkDay.objects.get().clicks == 2


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


@pytest.mark.parametrize("agent", PREVIEWS)
def test_previews_of_machines_are_sent_on_but_not_counted(agent, client, link):
    answer = _follow(client, link, agent)

    assert answer.status_code == 302
    assert services.COOKIE not in answer.cookies
    assert _clicks(link) == 0


def test_a_browser_that_fetches_ahead_and_a_look_at_the_head_are_not_counted(client, link):
    _follow(client, link, **{"sec-purpose": "prefetch;prerender"})
    _follow(client, link, purpose="prefetch")
    client.head(f"/l/{link.code}", headers={"user-agent": PHONE})

    assert _clicks(link) == 0


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_inside_apps_are_people(agent):
    assert not is_machine(agent)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "-1", "0", "1/../2"]
)
def test_a_target_is_a_number_never_an_address(target, client, owner):
    client.force_login(owner)

    assert client.post("/l/tao/", {"kind": "product", "target": target}).status_code == 404
    assert client.post("/l/tao/", {"kind": target, "target": "1"}).status_code == 404
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("code", ["%2F%2Fevil.example", "evil.example", "khongcoo"])
def test_a_code_that_is_not_ours_leads_nowhere(code, client, db):
    answer = client.get(f"/l/{code}?next=//evil.example", headers={"user-agent": PHONE})

    assert answer.status_code == 404


def test_the_address_cannot_be_turned_by_parameters(client, link):
    answer = client.get(f"/l/{link.code}?next=//evil.example&url=https://evil.example", headers={"user-agent": PHONE})

    assert answer["Location"].startswith("/san-pham/")
    assert "evil" not in answer["Location"]


def test_every_kind_of_target_is_a_path_of_ours(client, owner):
    import_demo_zones()
    partner = market.seller()
    combo = market.combo([(market.product(partner), 2)])
    session = session_plan(
        actor=doors.actor((host := doors.host()).user), host=host, title="Chợ", starts_at=clock.now()
    )
    targets = {"combo": combo.pk, "producer": partner.producer.pk, "lot": pack_lot().pk, "live": session.pk}

    for kind, pk in targets.items():
        made = services.link_make(actor=doors.actor(owner), kind=kind, target_id=pk)
        address = _follow(client, made)["Location"]
        assert address.startswith("/") and not address.startswith("//"), kind


def test_what_is_gone_or_hidden_cannot_be_linked(owner):
    item = market.product()
    type(item).objects.filter(pk=item.pk).update(is_public=False)

    for kind, pk in (
        ("product", item.pk),
        ("product", 999_999),
        ("lot", 999_999),
        ("live", 999_999),
        ("story", 999_999),
    ):
        with pytest.raises(LinkTargetGone):
            services.link_make(actor=doors.actor(owner), kind=kind, target_id=pk)


def test_a_link_whose_goods_went_off_sale_says_so(client, link):
    from catalog.products.models import Product

    Product.objects.filter(pk=link.target_id).update(is_public=False)

    assert _follow(client, link).status_code == 404
    assert _clicks(link) == 0


def test_a_link_that_is_off_leads_nowhere(client, link, owner):
    client.force_login(owner)
    client.post(f"/l/{link.code}/tat/")

    assert _follow(client, link).status_code == 404


def test_links_belong_to_who_made_them(client, link):
    assert client.get("/l/").status_code == 302
    stranger = doors.person()
    client.force_login(stranger)

    assert client.get(f"/l/{link.code}/ma/").status_code == 404
    assert client.post(f"/l/{link.code}/tat/").status_code == 404
    with pytest.raises(NotPermitted):
        services.link_end(actor=doors.actor(stranger), link=link)
    with pytest.raises(NotPermitted):
        services.link_make(actor=GUEST, kind="product", target_id=link.target_id)
    link.refresh_from_db()
    assert link.is_active


def test_the_owner_sees_clicks_orders_and_their_sum(client, link, owner, django_capture_on_commit_callbacks):
    _follow(client, link)
    with django_capture_on_commit_callbacks(execute=True):
        order = shopping.order((market.product(stock=9, price=98_000), 2), ref=f"link:{link.code}")
    services.outcome_note(ref=f"link:{link.code}", kind="order", reference=order.number, amount=1)

    row = report(owner)[0]
    client.force_login(owner)

    assert (row.clicks, row.orders, row.amount) == (1, 1, 196_000)
    assert LinkOutcome.objects.count() == 1
    assert "196.000" in client.get("/l/").content.decode()
    assert link.code in client.get(f"/l/{link.code}/ma/").content.decode()


def test_old_clicks_leave_the_report(link, owner):
    LinkDay.objects.create(link=link, day=clock.today() - timedelta(days=31), clicks=7)

    assert report(owner)[0].clicks == 0
