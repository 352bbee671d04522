from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import GUEST, SYSTEM, Actor
from kernel.errors import NotPermitted
from marketplace.accounts.models import User
from marketplace.orders import services as orders
from marketplace.settlement import selectors, services
from marketplace.settlement.errors import NothingDue, SecondPerson
from marketplace.settlement.models import Posting, RuleTable
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


def _clerk(name):
    return Actor(user=User.objects.create(full_name=name), label=name, roles=frozenset({"office"}))


@pytest.fixture
def part():
    partner = market.seller(legal_form="household")
    order = shopping.order((market.product(partner, stock=9, price=98_000), 2))
    part = order.seller_orders.get()
    orders.seller_order_pack(part=part, actor=SYSTEM)
    return part


def test_a_delivered_part_is_posted_once_with_what_each_gets(part):
    assert not Posting.objects.exists()

    orders.seller_order_deliver(part=part, actor=SYSTEM)

    amounts = {e.account: e.amount for e in Posting.objects.get().entries.all()}
    assert amounts == {
        "buyers": 216_500,
        "seller": -177_380,
        "platform_fee": -15_680,
        "tax_withheld": -2_940,
        "shipping": -20_500,
    }
    assert selectors.balance(part.partner_id) == 177_380
    assert selectors.ledger_errors() == []


def test_a_return_takes_it_all_back(part):
    orders.seller_order_deliver(part=part, actor=SYSTEM)
    orders.seller_order_return(part=part, actor=SYSTEM)

    assert selectors.balance(part.partner_id) == 0
    assert [line.kind for line in selectors.statement(part.partner_id)] == ["sale", "reversal"]
    assert services.sale_reverse(key="again", reference=part.number) is None


def test_a_refused_parcel_is_never_posted(part):
    orders.seller_order_hand_over(part=part, actor=SYSTEM)
    orders.seller_order_refuse(part=part, actor=SYSTEM)

    assert not Posting.objects.exists()


def test_if_the_books_cannot_be_kept_nothing_is_delivered(part, monkeypatch):
    def fail(**_):
        raise RuntimeError("ledger is away")

    monkeypatch.setattr("marketplace.settlement.receivers.services.sale_post", fail)
    with pytest.raises(RuntimeError):
        orders.seller_order_deliver(part=part, actor=SYSTEM)

    part.refresh_from_db()
    assert part.state == "packed"


def test_a_payout_needs_two_people_and_empties_the_balance(part):
    orders.seller_order_deliver(part=part, actor=SYSTEM)
    one, two = _clerk("An"), _clerk("Bình")

    payout = services.payout_prepare(actor=one, partner_id=part.partner_id, until=clock.today())
    services.payout_approve(actor=one, payout=payout)
    with pytest.raises(SecondPerson):
        services.payout_paid(actor=one, payout=payout)
    services.payout_paid(actor=two, payout=payout)

    assert selectors.balance(part.partner_id) == 0
    with pytest.raises(NothingDue):
        services.payout_prepare(actor=one, partner_id=part.partner_id, until=clock.today() + timedelta(days=1))
    with pytest.raises(NotPermitted):
        services.payout_prepare(actor=GUEST, partner_id=part.partner_id, until=clock.today())


def test_newer_rules_leave_older_entries_alone(part):
    orders.seller_order_deliver(part=part, actor=SYSTEM)
    tax = [{"seller": "*", "goods": "0", "service": "0"}]
    RuleTable.objects.create(valid_from=clock.today(), table={"platform_fee": "10", "tax": tax})

    assert selectors.share_percent("household") == 90.0
    assert selectors.share_percent("household", clock.today() - timedelta(days=1)) == 90.5
    assert selectors.balance(part.partner_id) == 177_380
