"""Menus and settings stand on every page."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.navigation.models import MarketTerm, MarketTerms, Menu, MenuItem, Operator
from cms.navigation.selectors import forget
from kernel import pagecache

WATCHED = (Menu, MenuItem, Operator, MarketTerms, MarketTerm)


@receiver([post_save, post_delete])
def renew(sender: Any, **kwargs: Any) -> None:
    if sender in WATCHED:
        forget()
        pagecache.bump()
