"""Gift sets and producers."""

import json
import re

import pytest

from catalog.producers.models import Producer
from marketplace.inventory import services as inventory
from tests.factories import market

pytestmark = pytest.mark.django_db


def data(answer):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode())[1])


@pytest.fixture
def box():
    honey = market.product(title="Mật ong", price=150_000, stock=5)
    tea = market.product(title="Trà", price=60_000, stock=4)
    return market.combo([(honey, 1), (tea, 2)], price=250_000), honey, tea


def test_a_set_names_what_is_in_it_what_that_costs_apart_and_the_saving(client, box):
    combo, honey, tea = box

    html = client.get(f"/qua-tang/{combo.slug}/").content.decode()

    assert honey.title in html and f"/san-pham/{tea.slug}/" in html
    assert "270.000" in html
    assert "20.000" in html and "7,4" in html
    assert f'name="product_id" value="{combo.pk}"' in html


def test_a_set_is_sold_only_while_every_component_is_there(client, box):
    combo, _honey, tea = box
    store = market.store_of(tea.stockrecords.get().partner)
    inventory.recount(actor=market.SYSTEM, product_id=tea.pk, location_id=store.pk, counted=1)

    answer = client.get(f"/qua-tang/{combo.slug}/")

    assert 'id="mua"' not in answer.content.decode()
    assert "offers" not in data(answer)


def test_a_set_opened_as_a_product_leads_to_its_own_page(client, box):
    assert client.get(f"/san-pham/{box[0].slug}/")["Location"] == f"/qua-tang/{box[0].slug}/"


def test_a_product_opened_as_a_set_leads_to_its_own_page(client, box):
    assert client.get(f"/qua-tang/{box[1].slug}/")["Location"] == f"/san-pham/{box[1].slug}/"


def test_a_set_takes_few_questions(client, box, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(f"/qua-tang/{box[0].slug}/")


def test_a_producer_shows_its_goods_and_hides_its_number_by_default(client):
    seller = market.seller("HTX Đăk Mar", phone="+84905123456")
    market.product(seller, title="Cà phê bột")

    html = client.get(f"/nha-san-xuat/{seller.producer.slug}/").content.decode()

    assert "Cà phê bột" in html
    assert "905123456" not in html


def test_a_producer_that_agreed_can_be_called(client):
    seller = market.seller("HTX Đăk Mar", phone="+84905123456", contact_policy="phone")

    assert "tel:+84905123456" in client.get(f"/nha-san-xuat/{seller.producer.slug}/").content.decode()


def test_a_renamed_producer_is_found_under_the_old_address(client):
    producer = Producer.objects.create(name="Tổ mật ong", slug="to-mat-ong")
    producer.slug = "to-hop-tac-mat-ong"
    producer.save()

    assert client.get("/nha-san-xuat/to-mat-ong/")["Location"] == "/nha-san-xuat/to-hop-tac-mat-ong/"
    assert client.get("/nha-san-xuat/khong-co/").status_code == 404
