"""Oscar's basket tables. A basket holds no stock and no prices that count: both are read when it is shown."""

from django.db import models
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from kernel import clock


class Basket(AbstractBasket):
    @property
    def num_items(self) -> int:
        """Pieces that would be ordered now; what was put aside does not count."""
        return self.lines.filter(is_saved=False).aggregate(n=models.Sum("quantity"))["n"] or 0 if self.pk else 0


class Line(AbstractLine):
    is_saved = models.BooleanField(default=False, help_text="put aside for later")
    ref = models.CharField(max_length=60, blank=True, help_text="share link or live session it came from")
    wrapping = models.CharField(max_length=30, blank=True)
    card_text = models.CharField(max_length=160, blank=True)
    agreed_price = models.PositiveIntegerField(null=True, blank=True, help_text="price of a live sale")
    agreed_until = models.DateTimeField(null=True, blank=True)
    hold_key = models.CharField(max_length=80, blank=True, help_text="the pieces are held already")

    @property
    def is_held(self) -> bool:
        """Bought in a live sale, and the pieces are still kept for it."""
        return bool(self.hold_key) and self.agreed_until is not None and self.agreed_until > clock.now()


from oscar.apps.basket.models import *
