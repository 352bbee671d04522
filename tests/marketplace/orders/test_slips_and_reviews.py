import pytest

from catalog.products.reviews.models import ProductReview
from catalog.products.reviews.services import review_moderate
from kernel.actors import SYSTEM
from marketplace.orders import selectors, services
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


def _delivered():
    order = shopping.order((market.product(title="Mật ong rừng Măng Đen"), 1))
    part = order.seller_orders.get()
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_deliver(part=part, actor=SYSTEM)
    return order


def test_slips_and_labels_of_a_day_are_one_pdf():
    partner = market.seller()
    for _ in range(3):
        part = shopping.order((market.product(partner, stock=9), 1)).seller_orders.get()
        services.seller_order_pack(part=part, actor=SYSTEM)

    pdf = services.packing_pdf(selectors.parts_to_send(partner.pk))

    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 6
    assert selectors.parts_to_send(market.seller().pk) == []


def test_only_who_received_it_may_review_and_only_once(client):
    waiting = shopping.order((market.product(), 1))
    order = _delivered()

    def send(one, **fields):
        line = one.lines.get()
        body = {"k": one.access_key, "line": line.pk, "score": "5", "text": "Thơm và sạch, rất ưng.", **fields}
        return client.post(f"/don-hang/{one.number}/danh-gia/", body)

    send(waiting)
    send(order, score="6")
    send(order, text="ngắn")
    assert not ProductReview.objects.exists()
    assert send(order, k="wrong").status_code == 404
    send(order)
    send(order)

    review = ProductReview.objects.get()
    assert (review.status, review.name) == (ProductReview.FOR_MODERATION, "N. T. Hạnh")


def test_a_review_counts_once_the_office_has_approved_it(client):
    order = _delivered()
    line = order.lines.get()
    body = {"k": order.access_key, "line": line.pk, "score": "4", "text": "Ngon, gói kỹ càng."}
    client.post(f"/don-hang/{order.number}/danh-gia/", body)
    line.product.refresh_from_db()
    assert line.product.rating is None

    review_moderate(actor=SYSTEM, review=ProductReview.objects.get(), approve=True)

    line.product.refresh_from_db()
    assert line.product.rating == 4
