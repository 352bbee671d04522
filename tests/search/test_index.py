"""Keeping cards and index right: changes, rebuilds, one writer, an engine that is down."""

import fcntl
import re
from decimal import Decimal

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from marketplace.inventory import services as inventory
from marketplace.sellers.models import StockRecord
from search import selectors, services
from search.engines import engine
from search.errors import EngineBusy
from search.models import Card, Change
from tests.factories import market as factory

pytestmark = pytest.mark.django_db
embedded = pytest.mark.skipif(bool(project.SEARCH_URL), reason="about the embedded engine; SEARCH_URL is set")


def page(path="/san-pham/", **query):
    return Client().get(path, query).content.decode()


def names(text):
    return re.findall(r'class="product__name"><a href="[^"]*"[^>]*>([^<]+)', text)


def test_a_new_name_a_new_price_and_a_product_that_goes_are_carried_over(market):
    market["phin"].title = "Cà phê phin mới"
    market["phin"].save()
    StockRecord.objects.get(product=market["beans"]).delete()
    market["sim"].is_public = False
    market["sim"].save()
    record = StockRecord.objects.get(product=market["ginseng"])
    record.price = Decimal(55_000)
    record.save()

    services.catch_up()

    shown = page()
    assert "Cà phê phin mới" in names(shown) and "55.000" in shown
    assert not {"Cà phê nguyên hạt Đăk Hà", "Vang Sim rừng Măng Đen"} & set(names(shown))
    assert names(page("/tim/", q="phin moi")) == ["Cà phê phin mới", market["gift"].title]
    assert not Change.objects.exists()


def test_a_change_that_is_rolled_back_is_not_marked(market):
    Change.objects.all().delete()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        market["phin"].save()
        raise ZeroDivisionError

    assert not Change.objects.exists()


def test_a_product_that_sells_out_says_so(market, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        inventory.reserve(lines=[(market["special"].pk, 3)], key="k", ttl=60)

    services.catch_up()

    assert "Cà phê đặc biệt Sáu Nhung" in page()
    assert "Cà phê đặc biệt Sáu Nhung" not in page(**{"con-hang": "1"})
    assert Card.objects.get(kind="product", object_id=market["special"].pk).stock == "0"


def test_a_combo_is_sold_out_with_its_component(market, django_capture_on_commit_callbacks):
    assert market["gift"].title in page("/qua-tang/", **{"con-hang": "1"})

    with django_capture_on_commit_callbacks(execute=True):
        inventory.reserve(lines=[(market["phin"].pk, 10)], key="k", ttl=60)
    services.catch_up()

    assert market["gift"].title in page("/qua-tang/")
    assert market["gift"].title not in names(page("/qua-tang/", **{"con-hang": "1"}))


def test_rebuilding_gives_the_same_pages_and_drops_what_is_gone(market):
    before = names(page())
    Card.objects.create(
        id=999_001,
        kind="product",
        object_id=124_875,
        path="/x/",
        title_vi="Ma",
        title=" ma ",
        text=" ma ",
        glued="",
        more="",
    )

    call_command("search_rebuild")

    assert names(page()) == before
    assert not Card.objects.filter(id=999_001).exists()


def test_readers_keep_the_old_index_until_the_new_one_is_whole(market):
    def failing():
        yield from ()
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        engine().rebuild(failing())

    assert len(names(page())) == 7


@embedded
def test_a_second_writer_waits_and_then_says_that_the_pen_is_taken(market, monkeypatch, settings):
    monkeypatch.setattr(engine(), "wait", 0.1)
    market["phin"].save()
    with open(settings.SEARCH_INDEX_DIR / "pen", "w") as pen:
        fcntl.flock(pen, fcntl.LOCK_EX)

        with pytest.raises(EngineBusy):
            services.catch_up()
        with pytest.raises(CommandError, match="not built"):
            call_command("search_rebuild")

    assert Change.objects.exists()
    assert services.catch_up() > 0
    assert not Change.objects.exists()


@embedded
def test_without_an_index_the_database_answers_and_says_so(market, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "none"

    response = Client().get("/tim/", {"q": "cà phê đắk hà", "huyen": "615", "sap-xep": "gia-tang"})

    assert response.status_code == 200
    assert "Bộ máy tìm đang nghỉ" in response.content.decode()
    assert names(response.content.decode()) == [
        "Cà phê nguyên hạt Đăk Hà", "Cà phê bột pha phin Đăk Hà", "Cà phê đặc biệt Sáu Nhung",
    ]  # fmt: skip
    assert response["Cache-Control"] == "no-store"


def test_a_paused_seed_marks_nothing(index):
    with services.paused():
        factory.product()

    assert not Change.objects.exists()


def test_a_new_look_builds_the_cards_anew(market, monkeypatch):
    assert services.follow_look() is False

    monkeypatch.setattr("search.cards.look", lambda: "another")

    assert services.follow_look() is True
    assert services.follow_look() is False


def test_what_changes_while_the_index_is_built_is_in_the_new_one(market, monkeypatch):
    whole = services.cards.documents

    def slowly(cards=None):
        yield from whole(cards)
        if cards is None:
            market["phin"].title = "Cà phê phin giữa chừng"
            market["phin"].save()
            services._build("product", [market["phin"].pk])

    monkeypatch.setattr("search.cards.documents", slowly)
    services.rebuild()

    assert names(page("/tim/", q="giua chung"))[0] == "Cà phê phin giữa chừng"


def test_the_readiness_page_knows_the_engine_and_what_waits(market):
    state = selectors.engine_state()
    market["phin"].save()

    assert state == {"ok": True, "engine": engine().name, "waiting": 0}
    assert selectors.engine_state()["waiting"] == 1
