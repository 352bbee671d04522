"""Putting into the basket, changing, putting aside. Few and short writes; no session is needed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum, Value
from django.db.models.functions import Least

from kernel.text import nfc
from marketplace.baskets.domain import MOST, reference
from marketplace.baskets.errors import BadBasketQuantity, NotSold
from marketplace.baskets.models import Basket, Line
from marketplace.sellers.selectors import records_of_packs


@transaction.atomic
def add(
    *,
    basket: Basket | None,
    owner: object = None,
    product_id: int,
    quantity: int,
    ref: str = "",
    wrapping: str = "",
    card_text: str = "",
) -> Basket:
    """Put goods into the basket, making one if there is none. Raises: NotSold, BadBasketQuantity."""
    if not 1 <= quantity <= MOST:
        raise BadBasketQuantity
    record = records_of_packs([product_id]).first()
    if record is None or record.price is None or not record.product.is_public:
        raise NotSold
    basket = basket or Basket.objects.create(owner=owner)
    card_text = " ".join(nfc(card_text).split())[:160]
    name = reference(product_id, wrapping[:30], card_text)
    fields = {"is_saved": False, "price_incl_tax": record.price, "price_excl_tax": record.price}
    if not _more(basket, name, quantity, **fields):
        try:
            with transaction.atomic():
                Line.objects.create(
                    basket=basket,
                    line_reference=name,
                    product_id=product_id,
                    stockrecord=record,
                    quantity=quantity,
                    ref=ref[:60],
                    wrapping=wrapping[:30],
                    card_text=card_text,
                    **fields,
                )
        except IntegrityError:
            _more(basket, name, quantity, **fields)
    return basket


def _more(basket: Basket, name: str, quantity: int, **fields: object) -> bool:
    line = Line.objects.filter(basket=basket, line_reference=name)
    return bool(line.update(quantity=Least(F("quantity") + quantity, Value(MOST)), **fields))


@transaction.atomic
def add_held(
    *,
    basket: Basket | None,
    owner: object = None,
    product_id: int,
    quantity: int,
    price: int,
    hold_key: str,
    until: datetime,
    ref: str,
) -> Basket:
    """Goods that are held already at an agreed price (a live sale): a line of their own, ordered on their own.

    Raises: NotSold.
    """
    record = records_of_packs([product_id]).first()
    if record is None:
        raise NotSold
    basket = basket or Basket.objects.create(owner=owner)
    Line.objects.create(
        basket=basket, line_reference=hold_key[:128], product_id=product_id, stockrecord=record, quantity=quantity,
        ref=ref[:60], price_incl_tax=price, price_excl_tax=price, agreed_price=price, agreed_until=until,
        hold_key=hold_key,
    )  # fmt: skip
    return basket


def change(*, basket: Basket, line_id: int, quantity: int) -> bool:
    """Set a line's quantity. False if the basket has no such line. Raises: BadBasketQuantity."""
    if not 1 <= quantity <= MOST:
        raise BadBasketQuantity
    lines = Line.objects.filter(basket=basket, pk=line_id, hold_key="")
    return bool(lines.update(quantity=quantity))


def remove(*, basket: Basket, line_id: int) -> Line | None:
    """Take a line out; gives what it was, so that the page can offer to put it back."""
    line = Line.objects.filter(basket=basket, pk=line_id).first()
    if line is not None:
        Line.objects.filter(pk=line.pk).delete()
    return line


def put_aside(*, basket: Basket, line_id: int, aside: bool = True) -> bool:
    """Keep a line for later, or bring it back."""
    return bool(Line.objects.filter(basket=basket, pk=line_id).update(is_saved=aside))


def prices_seen(*, basket: Basket, prices: dict[int, int]) -> None:
    """The buyer has seen today's prices {line id: price}: from now on they are the old ones."""
    for line_id, price in prices.items():
        Line.objects.filter(basket=basket, pk=line_id).update(price_incl_tax=price, price_excl_tax=price)


def count(basket: Basket | None) -> int:
    """Pieces in the basket, without those put aside."""
    if basket is None:
        return 0
    return Line.objects.filter(basket=basket, is_saved=False).aggregate(n=Sum("quantity"))["n"] or 0


@transaction.atomic
def close(*, basket: Basket, line_ids: list[int]) -> None:
    """The lines were ordered: they leave the basket, what was put aside stays."""
    Line.objects.filter(basket=basket, pk__in=line_ids).delete()


@transaction.atomic
def merge(*, guest_basket_id: int, owner: object) -> None:
    """At sign-in the guest's basket is poured into the user's."""
    guest = Basket.objects.filter(pk=guest_basket_id, owner__isnull=True, status=Basket.OPEN).first()
    if guest is None:
        return
    own = Basket.objects.filter(owner=owner, status=Basket.OPEN).order_by("-pk").first()
    if own is None:
        Basket.objects.filter(pk=guest.pk).update(owner=owner)
        return
    for line in Line.objects.filter(basket=guest).order_by("pk"):
        if not _more(own, line.line_reference, line.quantity):
            Line.objects.filter(pk=line.pk).update(basket=own)
    Basket.objects.filter(pk=guest.pk).update(status=Basket.MERGED)
