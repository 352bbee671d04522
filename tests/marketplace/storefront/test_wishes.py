"""Tell me when it is back."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.outbox.models import OutboxMessage
from marketplace.inventory import services as inventory
from marketplace.storefront.models import BackWish
from marketplace.storefront.wishes import OPEN_WISHES, wishes_forget, wishes_tell
from tests.factories import market

pytestmark = pytest.mark.django_db
PHONE = "0905 123 456"


def ask(client, product, phone=PHONE, prefix="", **more):
    return client.post(f"{prefix}/nhan-khi-co/", {"product_id": product.pk, "phone": phone, **more})


def restock(product, quantity=5):
    store = market.store_of(product.stockrecords.get().partner)
    inventory.receive(actor=market.SYSTEM, product_id=product.pk, location_id=store.pk, quantity=quantity)


def test_the_page_of_what_is_sold_out_asks_for_a_number(client):
    tea = market.product(stock=0)

    html = client.get(f"/san-pham/{tea.slug}/").content.decode()

    assert 'action="/nhan-khi-co/"' in html
    assert f'name="product_id" value="{tea.pk}"' in html


def test_each_is_told_once_when_it_is_back(client):
    tea = market.product(stock=0, title="Trà gừng")
    assert ask(client, tea).status_code == 200
    assert ask(client, tea, "+84905123456").status_code == 200
    assert wishes_tell(product_ids=[tea.pk]) == 0

    restock(tea)

    assert wishes_tell(product_ids=[tea.pk]) == 1
    assert wishes_tell(product_ids=[tea.pk]) == 0
    sent = OutboxMessage.objects.get(topic="messages.sms")
    assert sent.payload["to"] == "+84905123456"
    assert sent.payload["context"]["url"].endswith(f"/san-pham/{tea.slug}/")


def test_a_wrong_number_comes_back_with_a_sentence_and_is_kept_in_the_field(client):
    tea = market.product(stock=0)

    answer = ask(client, tea, "12345")

    assert answer.status_code == 422
    assert 'value="12345"' in answer.content.decode()
    assert not BackWish.objects.exists()


def test_what_is_in_stock_needs_no_waiting(client):
    tea = market.product(stock=3)

    assert ask(client, tea).status_code == 422
    assert not BackWish.objects.exists()


def test_one_number_waits_for_few_things(client):
    for _ in range(OPEN_WISHES):
        ask(client, market.product(stock=0))

    assert ask(client, market.product(stock=0)).status_code == 422
    assert BackWish.objects.count() == OPEN_WISHES


def test_a_robot_that_fills_the_trap_is_thanked_and_ignored(client):
    tea = market.product(stock=0)

    assert ask(client, tea, website="http://x.example").status_code == 200
    assert not BackWish.objects.exists()


@pytest.mark.parametrize("product_id", ["", "abc", "999999", "-1"])
def test_an_unknown_product_is_not_found(client, product_id):
    assert client.post("/nhan-khi-co/", {"product_id": product_id, "phone": PHONE}).status_code == 404


def test_numbers_are_forgotten(client):
    tea = market.product(stock=0)
    now = clock.now()
    for days, told in ((200, None), (40, now - timedelta(days=31)), (40, None)):
        BackWish.objects.create(
            product=tea, phone=f"+8490500{days}{told is None:d}0", asked_at=now - timedelta(days=days), told_at=told
        )

    assert wishes_forget() == 2
