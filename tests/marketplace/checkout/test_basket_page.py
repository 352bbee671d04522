from django.test import Client

from marketplace.baskets.models import Basket, Line
from tests.factories import market


def test_adding_needs_no_session_and_few_queries(client, put, django_assert_max_num_queries):
    item = market.product(price=98_000)

    with django_assert_max_num_queries(10):
        answer = put(item, 2)

    assert (answer.status_code, answer["Location"]) == (303, "/gio-hang/")
    assert set(answer.cookies) == {"ocop_basket", "basket_count"}
    assert answer.cookies["basket_count"].value == "2"
    page = client.get("/gio-hang/").content.decode()
    assert item.title in page
    assert "196.000\u00a0₫" in page


def test_a_post_from_another_site_is_refused(places):
    item = market.product()
    strict = Client(enforce_csrf_checks=True)

    foreign = strict.post("/gio-hang/them/", {"product_id": item.pk}, headers={"origin": "https://evil.example"})
    own = strict.post("/gio-hang/them/", {"product_id": item.pk}, headers={"origin": "http://testserver"})

    assert foreign.status_code == 403
    assert own.status_code == 303
    assert Line.objects.count() == 1


def test_the_same_goods_twice_are_one_line(put):
    item = market.product()

    put(item, 2)
    put(item, 1)

    assert Line.objects.get().quantity == 3


def test_wrong_quantities_and_goods_are_said(client, put, places):
    item = market.product()

    for quantity in ("0", "-1", "1.5", "nhiều", ""):
        put(item, quantity)
    client.post("/gio-hang/them/", {"product_id": "999999"})
    client.post("/gio-hang/them/", {"product_id": "x' OR 1"})

    assert not Line.objects.exists()
    assert "notice" in client.get("/gio-hang/").content.decode()


def test_change_remove_undo_and_put_aside(client, put):
    item = market.product()
    put(item, 2)
    line = Line.objects.get()

    client.post("/gio-hang/doi/", {"line": line.pk, "quantity": 5})
    assert Line.objects.get().quantity == 5
    client.post("/gio-hang/doi/", {"line": line.pk, "do": "aside"})
    assert Basket.objects.get().num_items == 0
    client.post("/gio-hang/doi/", {"line": line.pk, "do": "back"})
    gone = client.post("/gio-hang/doi/", {"line": line.pk, "do": "remove"})

    assert not Line.objects.exists()
    page = client.get(gone["Location"])
    assert page.context["undo"] == {"product_id": item.pk, "quantity": 5, "wrapping": "", "card_text": ""}


def test_another_guests_lines_cannot_be_touched(put, places):
    item = market.product()
    put(item, 2)
    line = Line.objects.get()
    stranger = Client()
    stranger.post("/gio-hang/them/", {"product_id": market.product().pk})

    stranger.post("/gio-hang/doi/", {"line": line.pk, "do": "remove"})
    stranger.cookies["ocop_basket"] = str(line.basket_id)
    stranger.post("/gio-hang/doi/", {"line": line.pk, "do": "remove"})

    assert Line.objects.filter(pk=line.pk).exists()


def test_what_became_dearer_or_scarce_is_said(client, put):
    dear, scarce, gone = market.product(price=90_000), market.product(stock=1), market.product(stock=3)
    for item in (dear, scarce, gone):
        put(item, 3)
    dear.stockrecords.update(price=95_000)
    gone.stocks.update(on_hand=0)

    page = client.get("/gio-hang/").context["page"]

    shown = {line.product_id: line for line in page.lines}
    assert shown[dear.pk].price_changed
    assert (shown[scarce.pk].quantity, shown[scarce.pk].is_reduced) == (1, True)
    assert shown[gone.pk].is_out
    assert Line.objects.get(product=scarce).quantity == 3


def test_a_broken_cookie_is_an_empty_basket(client, places):
    client.cookies["ocop_basket"] = "1:forged"

    assert client.get("/gio-hang/").context["page"].is_empty
