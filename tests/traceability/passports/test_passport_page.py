"""The page behind a scan: states, the five fields of the national portal, languages, weight, queries."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from kernel import clock
from kernel.actors import SYSTEM
from tests.traceability.market import GTIN, at, day, pack_lot
from traceability.events.models import Event, EventItem
from traceability.lots.models import Lot
from traceability.lots.services import (
    NewLot,
    lot_destroy,
    lot_hold,
    lot_recall,
    lot_release,
    lot_take,
    record_source,
)
from traceability.passports import providers

PATH = f"/01/{GTIN}/10/DM-2610-07"
SHOP = {
    "name": "Cà phê bột Đăk Mar",
    "url": "/san-pham/ca-phe-bot/",
    "price": 98000,
    "unit": "gói 500 g",
    "picture": {"src": "/media/x.svg", "width": 400, "height": 400, "alt": "Gói cà phê"},
    "certificate": {"stars": 3, "url": "/tra-cuu/?so=1", "valid_to": day(-300)},
    "producer": {"name": "HTX Đăk Mar", "address": "Thôn 4, xã Đăk Mar"},
}


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr(providers, "_providers", [lambda gtin: SHOP if gtin == GTIN else None])


def page(client, path=PATH, status=200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "Cà phê bột Đăk Mar"),
        ("picture", 'src="/media/x.svg"'),
        ("producer", "HTX Đăk Mar"),
        ("address", "Thôn 4, xã Đăk Mar"),
        ("code", "DM-2610-07"),
    ],
)
def test_the_fields_of_the_national_portal(client, lot, shop, field, text):
    assert text in page(client)


def test_dates_of_making_and_last_use(client, lot):
    text = page(client)

    assert f"{lot.packed_at:%d/%m/%Y}" in text
    assert f"{lot.expires_on:%d/%m/%Y}" in text


def test_a_lot_on_sale_has_a_green_roof_a_weave_a_zone_and_a_way_to_buy(client, lot, shop):
    html = page(client)

    assert 'class="verdict"' in html
    assert html.count('class="weave__') == 3
    assert "Đăk Mar" in plain(html) and "map__cell--here" in html
    assert "/san-pham/ca-phe-bot/" in html and "98.000" in html
    assert "style=" not in html


def test_english_page_says_the_same_in_english(client, lot, shop):
    html = page(client, "/en" + PATH)

    assert '<html lang="en"' in html
    assert "On sale, in date" in html and "Picked ripe" in html
    assert 'hreflang="vi"' in html


@pytest.mark.parametrize(
    ("make", "words", "css"),
    [
        (
            lambda lot: lot_hold(actor=SYSTEM, lot_id=lot.pk, reason="Chờ kết quả"),
            "On hold for checks",
            "verdict--held",
        ),
        (
            lambda lot: lot_recall(actor=SYSTEM, lot_id=lot.pk, reason="Ẩm vượt mức."),
            "Recalled, do not use",
            "verdict--recalled",
        ),
        (lambda lot: lot_destroy(actor=SYSTEM, lot_id=lot.pk, reason="Đã đốt"), "Lot destroyed", "verdict--gone"),
        (
            lambda lot: lot_take(actor=SYSTEM, gtin=GTIN, quantity=480, order_ref="A1"),
            "Lot sold out",
            'class="verdict"',
        ),
    ],
    ids=["held", "recalled", "destroyed", "sold out"],
)
def test_each_state_has_its_roof_and_words(client, lot, shop, make, words, css):
    make(lot)
    html = page(client, "/en" + PATH)

    assert words in html and css in html


def test_a_past_lot_is_expired_and_a_lot_on_its_last_day_is_not(client, zones):
    pack_lot("OLD", packed=100, keeps=99)
    pack_lot("TODAY", packed=100, keeps=100)

    assert "Past its date" in page(client, f"/en/01/{GTIN}/10/OLD")
    assert "On sale, in date" in page(client, f"/en/01/{GTIN}/10/TODAY")


def test_a_recalled_lot_offers_a_refund_and_nothing_to_buy(client, lot, shop):
    lot_recall(actor=SYSTEM, lot_id=lot.pk, reason="Ẩm vượt mức.", reason_en="Too moist.")
    html = page(client, "/en" + PATH)

    assert "Too moist." in html and "Call for a refund" in html
    assert "/san-pham/ca-phe-bot/" not in html


def test_a_held_lot_is_not_for_sale_and_a_released_one_is(client, lot, shop):
    lot_hold(actor=SYSTEM, lot_id=lot.pk, reason="Chờ")
    assert "/san-pham/ca-phe-bot/" not in page(client)

    lot_release(actor=SYSTEM, lot_id=lot.pk)
    assert "/san-pham/ca-phe-bot/" in page(client)


def test_a_changed_event_cuts_the_cloth(client, lot):
    Event.objects.filter(kind="harvest").update(place_name="Nơi khác")
    html = page(client, "/en" + PATH)

    assert "Record broken" in html and "trail__step--cut" in html


def test_a_later_last_day_written_into_the_lot_cuts_it(client, lot):
    Lot.objects.filter(pk=lot.pk).update(expires_on=lot.expires_on + timedelta(days=90))

    assert "Record broken" in page(client, "/en" + PATH)


def test_a_vanished_harvest_cuts_the_cloth(client, lot):
    harvest = Event.objects.get(kind="harvest")
    EventItem.objects.filter(event=harvest)._raw_delete("default")

    assert "Record broken" in page(client, "/en" + PATH)


def test_a_lot_without_recorded_origin_says_so_plainly(client, zones):
    record_source(
        actor=SYSTEM,
        lot=NewLot("RG-1", "pack", "Rượu ghè", Decimal(24), "H87", "09521234000112", packed_at=day(5)),
        at=at(5),
    )
    html = page(client, "/en/01/09521234000112/10/RG-1")

    assert "The origin of the raw material was not recorded." in html
    assert "map__cell" not in html


def test_no_plot_and_no_buyer_shows(client, lot):
    lot_take(actor=SYSTEM, gtin=GTIN, quantity=2, order_ref="KX7Q-SECRET")

    assert "SECRET" not in page(client)


def test_the_page_is_light_and_takes_few_queries(client, lot, shop, django_assert_max_num_queries):
    page(client)
    with django_assert_max_num_queries(6):
        html = page(client)

    assert len(html.encode()) < 60_000


def test_the_page_sets_no_cookie_and_may_be_cached(client, lot):
    response = client.get(PATH)

    assert not response.cookies
    assert response.cacheable_page


def test_a_product_without_a_lot_lists_its_lots(client, lot, shop):
    pack_lot("DM-2611-01", packed=10)
    html = page(client, f"/01/{GTIN}")

    assert html.index("DM-2611-01") < html.index("DM-2610-07")
    assert f"/01/{GTIN}/10/DM-2610-07" in html


def test_an_unknown_lot_answers_404_with_help(client, lot):
    html = page(client, f"/en/01/{GTIN}/10/NOPE", 404)

    assert "No such lot on record" in html and "DM-2610-07" in html and "Report a problem" in html


def test_a_failing_shop_never_hides_a_passport(client, lot, monkeypatch):
    def broken(gtin):
        raise RuntimeError

    monkeypatch.setattr(providers, "_providers", [broken])

    assert "DM-2610-07" in page(client)


def test_the_record_says_when_it_was_read(client, lot):
    now = clock.now().astimezone(clock.HERE)

    assert f"{now:%d/%m/%Y}" in page(client)
