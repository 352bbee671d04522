"""The way of the lot that is sent next, on the product page."""

from types import SimpleNamespace

import pytest

from marketplace.storefront import services
from marketplace.storefront.models import Aside
from marketplace.storefront.selectors import product
from tests.factories import market

pytestmark = pytest.mark.django_db
GTIN = "09521234000013"


def step(kind, title):
    return SimpleNamespace(kind=kind, title=title, when="05/10/2026", text="", lang="", cut=False)


@pytest.fixture
def lot_on_sale(monkeypatch):
    """One lot of the coffee, with eight steps behind it; the trace itself is tested where it lives."""
    steps = [step("harvest", "Hái"), step("process", "Phơi"), step("process", "Xát"), step("process", "Rang")]
    steps += [step("test", "Kiểm nghiệm"), step("pack", "Đóng gói"), step("stock", "Lên kệ")]
    lot = SimpleNamespace(gtin=GTIN, code="A1", url=f"/01/{GTIN}/10/A1", packed_at=None, expires_on=None)
    now = {"lot": lot}
    monkeypatch.setattr(services.lots, "fit_lots", lambda gtins: [now["lot"]] if now["lot"] else [])
    monkeypatch.setattr(services, "passport_of", lambda lot, language: SimpleNamespace(steps=steps))
    monkeypatch.setattr(product, "lots_of", lambda gtins: [now["lot"]] if now["lot"] else [])
    return now


def test_five_steps_at_most_from_field_to_pack(client, lot_on_sale):
    coffee = market.product(gtin=GTIN)

    assert services.chains_refresh() == 1
    assert services.chains_refresh() == 0

    chain = Aside.objects.get(product=coffee).chains[GTIN]
    assert [s["title"] for s in chain["vi"]] == ["Hái", "Xát", "Rang", "Kiểm nghiệm", "Đóng gói"]
    assert "Kiểm nghiệm" in client.get(f"/san-pham/{coffee.slug}/").content.decode()


def test_the_way_of_another_lot_is_never_shown(client, lot_on_sale):
    coffee = market.product(gtin=GTIN)
    services.chains_refresh()
    lot_on_sale["lot"] = SimpleNamespace(**{**vars(lot_on_sale["lot"]), "code": "B2"})

    assert "Kiểm nghiệm" not in client.get(f"/san-pham/{coffee.slug}/").content.decode()


def test_it_goes_when_no_lot_is_on_sale(lot_on_sale):
    coffee = market.product(gtin=GTIN)
    services.chains_refresh()
    lot_on_sale["lot"] = None

    services.chains_refresh([GTIN])

    assert Aside.objects.get(product=coffee).chains == {}
