import pytest

from kernel.actors import SYSTEM
from marketplace.baskets.models import Line
from marketplace.inventory import services as inventory
from marketplace.orders.models import Order
from marketplace.points.models import SalesPoint
from tests.factories import market

FIELDS = {
    "phone": "0905 123 456",
    "name": "Nguyễn Thị Hạnh",
    "commune_text": "kon tum",
    "street": "12 Trần Phú",
    "method": "cod",
}


@pytest.fixture
def send(client):
    """Open checkout, then send it with the hidden fields of the page and `fields`."""

    def submit(**fields):
        page = client.get("/thanh-toan/")
        hidden = {"key": page.context["form"]["key"].value(), "total": page.context["page"].quote.total}
        return client.post("/thanh-toan/", {**hidden, **FIELDS, **fields})

    return submit


def test_a_guest_orders_with_phone_name_and_address(client, put, send):
    item = market.product(stock=5)
    put(item, 2)

    answer = send()

    order = Order.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/thanh-toan/cam-on/{order.number}/?k={order.access_key}"
    assert (order.buyer_phone, order.commune_code) == ("+84905123456", "23293")
    assert order.place_text == "Phường Kon Tum, Tỉnh Quảng Ngãi"
    assert not Line.objects.exists()
    page = client.get(answer["Location"])
    assert order.shown_number in page.content.decode()
    assert "noindex" in page.content.decode()


def test_a_second_press_shows_the_first_order(client, put, send):
    put(market.product(stock=5), 1)
    page = client.get("/thanh-toan/")
    body = {**FIELDS, "key": page.context["form"]["key"].value(), "total": page.context["page"].quote.total}

    first = client.post("/thanh-toan/", body)
    second = client.post("/thanh-toan/", body)

    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_wrong_input_keeps_what_was_typed_and_says_what_is_wrong(client, put, send):
    put(market.product(), 1)

    answer = send(phone="0905 123 45", name="", email="hanh")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone", "name", "email"}
    assert "12 Trần Phú" in html
    assert 'href="#id_phone"' in html
    assert not Order.objects.exists()


def test_without_script_the_commune_is_chosen_in_two_steps(client, put, send):
    put(market.product(), 1)

    step = send(commune_text="", province="51", step="communes")
    assert [code for code, _ in step.context["form"].communes] == ["23293", "23425"]
    assert not step.context["form"].errors
    answer = send(commune_text="", province="51", commune="23425")

    # The fee of a remote commune differs from the one that was shown, so the page asks to look again.
    assert answer.status_code == 409
    assert answer.context["page"].quote.shipping.parcels[0].fee > 20_000
    total = answer.context["page"].quote.total
    assert send(commune_text="", province="51", commune="23425", total=total).status_code == 303
    assert Order.objects.get().commune_code == "23425"


def test_an_unknown_place_is_said(client, put, send):
    put(market.product(), 1)

    answer = send(commune_text="Atlantis")

    assert list(answer.context["form"].errors) == ["commune_text"]


def test_sold_out_names_the_goods_and_keeps_the_text(client, put, send, monkeypatch):
    item = market.product(stock=1)
    put(item, 1)
    page = client.get("/thanh-toan/")
    body = {**FIELDS, "key": page.context["form"]["key"].value(), "total": page.context["page"].quote.total}
    from marketplace.checkout import selectors

    seen = selectors.inventory.available
    monkeypatch.setattr(selectors.inventory, "available", lambda ids: dict.fromkeys(ids, 1))
    inventory.reserve(lines=[(item.pk, 1)], key="rival", ttl=60)
    answer = client.post("/thanh-toan/", body)
    monkeypatch.setattr(selectors.inventory, "available", seen)

    assert answer.status_code == 409
    assert item.title in str(answer.context["form"].non_field_errors())
    assert "12 Trần Phú" in answer.content.decode()
    assert not Order.objects.exists()


def test_alcohol_asks_for_the_statement(client, put, send):
    put(market.product(abv_percent="12.5"), 1)

    assert "adult" in send().context["form"].errors
    assert send(adult="on").status_code == 303


def test_a_transfer_shows_a_code_to_scan(client, put, send):
    put(market.product(), 1)

    page = client.get(send(method="vietqr")["Location"])

    order = Order.objects.get()
    slip = page.context["slip"]
    assert (slip.amount, slip.purpose) == (order.grand_total, order.number)
    assert f"62{4 + len(order.number):02d}08{len(order.number)}{order.number}" in slip.payload
    assert '<svg class="qr"' in page.content.decode()


def test_the_thank_you_page_needs_its_key(client, put, send):
    put(market.product(), 1)
    send()

    assert client.get(f"/thanh-toan/cam-on/{Order.objects.get().number}/?k=wrong").status_code == 404


def test_an_empty_basket_goes_back_to_the_basket(client, places):
    assert client.get("/thanh-toan/")["Location"] == "/gio-hang/"


def test_the_order_page_lets_the_buyer_cancel_ask_and_order_again(client, put, send):
    item = market.product(stock=5)
    put(item, 2)
    send()
    order = Order.objects.get()
    address = f"/don-hang/{order.number}/"

    assert client.get(f"{address}?k={order.access_key}").status_code == 200
    client.post(f"{address}hoi/", {"k": order.access_key, "text": "Bao giờ giao?"})
    client.post(f"/thanh-toan/mua-lai/{order.number}/", {"k": order.access_key})
    client.post(f"{address}huy/", {"k": order.access_key})

    order.refresh_from_db()
    assert order.status == "cancelled"
    assert order.questions.get().text == "Bao giờ giao?"
    assert Line.objects.get().quantity == 2
    assert client.get(f"{address}?k=").status_code == 404
    assert client.get(f"{address}huy/").status_code == 405


def test_english_pages_speak_english(client, put):
    put(market.product(), 1)

    html = client.get("/en/thanh-toan/").content.decode()

    assert "Delivery and payment" in html
    assert 'lang="en"' in html


def test_an_order_can_be_fetched_at_a_sales_point(client, put, send):
    where = inventory.location_create(actor=SYSTEM, name="Quầy", kind="showroom", sells_online=False)
    SalesPoint.objects.create(slug="quay", name="Quầy OCOP", address="00 Phan Đình Phùng", hours="8-17", location=where)
    put(market.product(price=98_000), 1)

    first = send(pickup="quay", commune_text="", street="")
    assert first.status_code == 409
    assert first.context["page"].quote.total == 98_000
    answer = send(pickup="quay", commune_text="", street="", total=98_000)

    order = Order.objects.get()
    assert answer.status_code == 303
    assert (order.pickup_name, order.shipping_total, order.street) == ("Quầy OCOP", 0, "")
    assert "Quầy OCOP" in client.get(f"/don-hang/{order.number}/?k={order.access_key}").content.decode()


def test_the_sum_alone_follows_the_place(client, put):
    put(market.product(price=98_000), 1)

    def total(query):
        return client.get(f"/thanh-toan/phi/?{query}").context["page"].quote.total

    assert (total(""), total("xa=23425"), total("diem=quay"), total("xa=x")) == (116_000, 124_000, 98_000, 116_000)


def test_an_order_of_two_sellers_stays_within_its_query_budget(client, put, send, django_assert_max_num_queries):
    put(market.product(), 1)
    put(market.product(), 1)
    page = client.get("/thanh-toan/")
    body = {**FIELDS, "key": page.context["form"]["key"].value(), "total": page.context["page"].quote.total}

    with django_assert_max_num_queries(12):
        client.get("/thanh-toan/")
    with django_assert_max_num_queries(70):
        answer = client.post("/thanh-toan/", body)
    with django_assert_max_num_queries(6):
        assert client.get(answer["Location"]).status_code == 200
