"""The page of goods whose mandatory paper has lapsed: shown with the reason, without a way to buy."""

from datetime import timedelta

import pytest

from catalog.producers.services import paper_add
from kernel import clock
from kernel.actors import SYSTEM
from tests.factories import market

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("prefix", "reason"),
    [
        ("", "Chưa bán được: Giấy đủ điều kiện an toàn thực phẩm hết hạn ngày"),
        ("/en", "Not for sale: Food-safety eligibility certificate lapsed on"),
    ],
)
def test_the_page_says_which_paper_lapsed_and_has_no_buy_button(client, prefix, reason):
    product = market.product(stock=5)
    before = client.get(f"{prefix}/san-pham/{product.slug}/").content.decode()
    assert 'id="mua"' in before and reason not in before

    last = clock.today() - timedelta(days=3)
    paper_add(actor=SYSTEM, producer=product.producer, kind="attp", valid_to=last)
    _forget_pages()
    page = client.get(f"{prefix}/san-pham/{product.slug}/").content.decode()

    assert reason in page
    assert 'id="mua"' not in page
    assert '"availability": "https://schema.org/InStock"' not in page


def _forget_pages():
    from kernel import pagecache

    pagecache.store.clear()
