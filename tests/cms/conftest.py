"""A small site: both home pages, lists of stories and places, one product, an editor."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Locale, Page, Site

from cms import tree
from cms.navigation import selectors as navigation
from cms.pages.editors import grant
from cms.pages.models import HomePage, NewsIndexPage, StoryIndexPage, StoryPage
from cms.tourism.models import PlacePage, TourismIndexPage
from marketplace.accounts.models import User
from tests.factories import market


@pytest.fixture(autouse=True)
def _no_tree_of_another_test():
    tree.forget()
    navigation.forget()
    yield
    tree.forget()
    navigation.forget()


def add(parent: Page, model: type, *, twin: Page | None = None, **fields: Any) -> Any:
    page = model(locale=parent.locale, **fields)
    if twin is not None:
        page.translation_key = twin.translation_key
    parent.add_child(instance=page)
    tree.forget()
    return page


def build_site() -> SimpleNamespace:
    root = Page.objects.get(depth=1)
    vi, en = Locale.objects.get(language_code="vi"), Locale.objects.get(language_code="en")
    fields = {"title": "Chợ", "hero_title": "Đặc sản Kon Tum", "lead": "Biết rõ từ nương nào."}
    home = HomePage(slug="trang-chu", locale=vi, **fields)
    root.add_child(instance=home)
    home_en = HomePage(slug="home", locale=en, translation_key=home.translation_key, **fields)
    root.add_child(instance=home_en)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    tree.forget()
    stories = add(home, StoryIndexPage, title="Câu chuyện", slug="cau-chuyen")
    stories_en = add(home_en, StoryIndexPage, twin=stories, title="Stories", slug="cau-chuyen")
    tourism = add(home, TourismIndexPage, title="Làng", slug="du-lich")
    news = add(home, NewsIndexPage, title="Tin tức", slug="tin-tuc")
    return SimpleNamespace(
        home=home, home_en=home_en, stories=stories, stories_en=stories_en, tourism=tourism, news=news
    )


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return build_site()


@pytest.fixture
def goods(db: None) -> Any:
    return market.product(title="Cà phê Đăk Hà", stock=9, price=98_000)


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_user(
        "mat-khau-bien-tap", email="bientap@example.com", full_name="Biên tập", is_staff=True
    )
    user.groups.add(grant())
    return user


def tell(stories: Page, *product_ids: int, **fields: Any) -> StoryPage:
    """A published story with a block for each product."""
    body = [{"type": "text", "value": "<p>Nương ở trên đồi.</p>"}]
    if product_ids:
        body.append({"type": "products", "value": {"title": "", "products": list(product_ids), "adults": False}})
    fields = {"title": "Nương cà phê", "slug": "nuong-ca-phe", "lead": "Một chuyện ngắn.", **fields}
    story = add(stories, StoryPage, body=json.dumps(body), **fields)
    story.save_revision().publish()
    tree.forget()
    return story


def village(tourism: Page, **fields: Any) -> PlacePage:
    fields = {"title": "Kon Pring", "slug": "kon-pring", "lead": "Làng bên quốc lộ 24.", "booking": "village", **fields}
    return add(tourism, PlacePage, **fields)
