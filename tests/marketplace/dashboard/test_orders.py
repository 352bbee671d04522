import pytest
from django.contrib.auth.models import Permission

from marketplace.accounts.models import User
from marketplace.orders.models import Order
from marketplace.payments import services as payments
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(
        User.objects.create(is_staff=True, is_superuser=True, full_name="Văn phòng"),
        backend="marketplace.accounts.backends.PhoneOrEmailBackend",
    )
    return client


def _step(client, order, **fields):
    return client.post(f"/he-thong/orders/{order.number}/buoc/", fields, follow=True)


def test_an_order_is_found_and_moved_to_its_end(office):
    order = shopping.order((market.product(), 1))
    part = order.seller_orders.get()

    assert order.shown_number in office.get("/he-thong/orders/", {"q": "0905123456"}).content.decode()
    for wanted in ("accept", "pack", "hand_over", "deliver"):
        assert _step(office, order, part=part.pk, do=wanted).status_code == 200

    assert Order.objects.get().status == "completed"


def test_a_step_that_does_not_fit_is_said(office):
    order = shopping.order((market.product(), 1))

    answer = _step(office, order, part=order.seller_orders.get().pk, do="hand_over")

    assert "alert" in answer.content.decode()
    assert order.seller_orders.get().state == "placed"


def test_a_partners_user_has_no_door_here(client):
    order = shopping.order((market.product(), 1))
    user = User.objects.create(full_name="Nhà sản xuất")
    user.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    order.seller_orders.get().partner.users.add(user)
    client.force_login(user, backend="marketplace.accounts.backends.PhoneOrEmailBackend")

    for path in ("", f"{order.number}/", "tien/"):
        assert client.get(f"/he-thong/orders/{path}").status_code in (302, 403)


def test_the_money_page_lists_what_needs_a_person(office):
    order = shopping.order((market.product(), 1), method="vietqr")
    payments.receipt_add(key="a", source="bank", amount=5000, reference=None, content="chuyen tien")

    page = office.get("/he-thong/orders/tien/").content.decode()
    office.post("/he-thong/orders/tien/khop/", {"do": "propose", "receipt": 1, "order": "KT-0000-00000"})

    assert "chuyen tien" in page
    assert order.status == "awaiting_payment"
