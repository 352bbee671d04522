from datetime import date

import pytest
from django.utils import translation

from catalog.producers.domain import PaperDates, lapses
from catalog.producers.models import Producer, ProducerPaper
from catalog.producers.selectors import papers_lapsing, sale_block_reasons
from catalog.producers.services import PLACEHOLDER, lapsed_papers_announce, paper_add, producer_change, producers_ensure
from catalog.producers.signals import producer_saved
from catalog.products.services import Pack, packs_set, product_create
from kernel.actors import SYSTEM
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted

DAY = date(2026, 11, 24)


@pytest.fixture
def producer(sets):
    return producers_ensure(actor=SYSTEM, wanted={"HTX Đăk Mar": {"legal_form": "cooperative"}})["HTX Đăk Mar"]


@pytest.fixture
def product(producer):
    return product_create(actor=SYSTEM, title="Trà", producer=producer)


def add(producer, last, **changes):
    return paper_add(actor=SYSTEM, producer=producer, **({"kind": "attp", "valid_to": last} | changes))


def test_a_paper_is_good_on_its_last_day_and_stops_the_sale_the_day_after(producer, product):
    add(producer, DAY)

    assert sale_block_reasons([product.pk], DAY) == {}
    assert list(sale_block_reasons([product.pk], date(2026, 11, 25))) == [product.pk]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Chưa bán được: Giấy đủ điều kiện an toàn thực phẩm hết hạn ngày 01/11/2026."),
        ("en", "Not for sale: Food-safety eligibility certificate lapsed on 1 Nov 2026."),
    ],
)
def test_the_reason_names_paper_and_day_in_the_language_of_the_page(producer, product, language, sentence):
    add(producer, date(2026, 11, 1))

    with translation.override(language):
        reason = sale_block_reasons([product.pk], DAY)[product.pk]
    assert reason.replace(" 1/11/", " 01/11/") == sentence


def test_a_renewed_paper_or_one_without_end_counts(producer, product):
    add(producer, date(2026, 1, 1))
    renewed = add(producer, date(2027, 1, 1))
    assert sale_block_reasons([product.pk], DAY) == {}

    renewed.delete()
    assert sale_block_reasons([product.pk], DAY) != {}
    add(producer, None)
    assert sale_block_reasons([product.pk], DAY) == {}


def test_a_paper_of_one_product_stops_its_packs_and_nothing_else(producer, product):
    other = product_create(actor=SYSTEM, title="Cà phê", producer=producer)
    packs = packs_set(actor=SYSTEM, product=product, packs=[Pack("a"), Pack("b")])
    add(producer, date(2026, 1, 1), product=product)

    found = sale_block_reasons([product.pk, other.pk, *(pack.pk for pack in packs)], DAY)

    assert found.keys() == {product.pk, *(pack.pk for pack in packs)}


def test_a_lapsed_paper_that_is_not_mandatory_stops_nothing(producer, product):
    add(producer, date(2026, 1, 1), kind="iso_haccp")

    assert sale_block_reasons([product.pk], DAY) == {}


def test_goods_without_lapsed_papers_cost_one_query(producer, product, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert sale_block_reasons([product.pk], DAY) == {}


def test_papers_that_end_soon_are_listed_the_most_urgent_first(producer):
    for last in (date(2026, 12, 24), date(2026, 11, 1), date(2027, 6, 1)):
        add(producer, last)

    assert [paper.valid_to for paper in papers_lapsing(DAY)] == [date(2026, 11, 1), date(2026, 12, 24)]


def test_of_each_kind_the_paper_with_the_latest_date_counts():
    papers = [PaperDates(1, None, "attp", date(2026, 1, 1)), PaperDates(1, None, "attp", None)]

    assert lapses(papers, DAY) == lapses(reversed(papers), DAY) == []


def test_producers_are_made_once_and_the_blank_name_is_the_placeholder(sets):
    first = producers_ensure(actor=SYSTEM, wanted={"": {}, "Hộ A": {}})
    again = producers_ensure(actor=SYSTEM, wanted={"": {}, "Hộ A": {}})

    assert first == again
    assert (first[""].name, first[""].is_placeholder, first["Hộ A"].is_placeholder) == (PLACEHOLDER, True, False)
    assert Producer.objects.count() == 2


def test_a_change_is_traced_and_only_the_office_makes_one(producer, stranger):
    with pytest.raises(NotPermitted):
        producer_change(actor=stranger, producer=producer, about="x")
    with pytest.raises(NotPermitted):
        paper_add(actor=stranger, producer=producer, kind="attp")
    assert producer_change(actor=SYSTEM, producer=producer, about="Ở Đăk Mar")
    assert not producer_change(actor=SYSTEM, producer=producer, about="Ở Đăk Mar")

    assert AuditEntry.objects.filter(verb="producers.producer.changed").count() == 1
    assert ProducerPaper.objects.count() == 0


def test_makers_whose_paper_ended_yesterday_are_announced_once_each(producer):
    heard = []
    producer_saved.connect(lambda **told: heard.append(told["producer_id"]), weak=False, dispatch_uid="test")
    for last in (date(2026, 11, 23), date(2026, 11, 22), DAY):
        add(producer, last)

    assert lapsed_papers_announce(day=DAY) == 1

    producer_saved.disconnect(dispatch_uid="test")
    assert heard == [producer.pk]
