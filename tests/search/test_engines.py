"""The demo market in both engines: the same hits in the same order with the same counts; right ones on top."""

import csv
import datetime as dt
import random
import shutil
import socket
import subprocess
import time
import unicodedata
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import transaction

from catalog.products.models import Product
from config.demo.seed import seed
from search import services
from search.cards import documents
from search.domain import Query, document_id
from search.engines import engine
from search.engines.base import answer
from search.engines.database_engine import DatabaseEngine
from search.engines.elastic_engine import ElasticEngine
from search.errors import EngineDown
from search.plan import plan, scope_of
from tests.search.conftest import TODAY

pytestmark = pytest.mark.django_db
SPELLINGS = (
    "ca phe dak ha",
    "cà phê Đắk Hà",
    "CÀ PHÊ ĐĂK HÀ",
    unicodedata.normalize("NFD", "cà phê Đắk Hà"),
)
TEXTS = (*SPELLINGS, "", "ca ph", "cà fê đăk hà", "ngoc lnih", "mat onng", "caphe dakha", "sam d", "tet", "hop qua", "coffee bean", "khong co gi", "xyz ca phe", "huyen kon plong")  # fmt: skip
FILTERS = (
    {},
    {"stars": ("4",), "in_stock": True},
    {"stars": ("0", "3"), "sort": "stars", "price_max": 200_000},
    {"district": ("615", "613"), "sort": "price_up"},
    {"sort": "price_down", "page": 2},
    {"sort": "new"},
    {"sort": "season", "price_min": 100_000},
)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The 83 products and ten gift sets, indexed."""
    folder, name = project.SEARCH_INDEX_DIR, project.SEARCH_INDEX_NAME
    with django_db_blocker.unblock(), transaction.atomic():
        project.SEARCH_INDEX_DIR = tmp_path_factory.mktemp("demo-index")
        project.SEARCH_INDEX_NAME = f"ocop-demo-{random.getrandbits(32):x}"
        with services.paused():
            seed(
                number=1, scale=1, out=lambda text: None, only=("places", "register", "certificates", "combos", "stock")
            )
        services.rebuild()
        yield {product.register_row: product.pk for product in Product.objects.filter(register_row__gt=0)}
        transaction.set_rollback(True)
    project.SEARCH_INDEX_DIR, project.SEARCH_INDEX_NAME = folder, name


@pytest.fixture(scope="module")
def elastic_url():
    """SEARCH_URL, or a node of our own from published jars."""
    if project.SEARCH_URL:
        yield project.SEARCH_URL
        return
    if not (shutil.which("java") and shutil.which("mvn")):
        pytest.skip("Elasticsearch needs SEARCH_URL, or a JDK 17 and Maven to start one from its jars")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = Path(project.BASE_DIR, "tools/elasticsearch-node/run")
    work = Path(project.BASE_DIR, "var/elasticsearch-test")
    node = subprocess.Popen([run, work, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/_cluster/health", timeout=2)
                break
            except OSError:
                if node.poll() is not None:
                    pytest.skip("the jars of Elasticsearch could not be fetched or started")
                time.sleep(0.5)
        yield url
    finally:
        node.terminate()
        node.wait(30)


@pytest.fixture(scope="module")
def elastic(demo, elastic_url):
    other = ElasticEngine(elastic_url, alias=f"ocop-equal-{random.getrandbits(32):x}", deadline=10)
    other.rebuild(documents())
    yield other
    other.forget()


def plans(texts=TEXTS, filters=FILTERS, kinds=("product", "combo")):
    for text in texts:
        for more in filters:
            yield plan(Query(text=text, **more), scope=scope_of(kinds=kinds), today=TODAY)


def shown(found):
    """An answer without the counts of nothing, which engines may leave out."""
    counts = {facet: {k: n for k, n in values.items() if n} for facet, values in found.counts.items()}
    return found.stage, found.total, found.ids, {facet: values for facet, values in counts.items() if values}


def test_four_spellings_are_one_query(demo):
    answers = [shown(answer(engine(), wanted)) for wanted in plans(SPELLINGS, ({},))]

    assert answers[0][1] >= 13
    assert all(each == answers[0] for each in answers)


@pytest.mark.elastic
def test_both_engines_give_the_same_hits_order_and_counts(demo, elastic):
    if engine().name == "elasticsearch":
        pytest.skip("the suite runs on Elasticsearch: there is no second engine to compare with")
    asked = 0
    for wanted in plans():
        assert shown(answer(engine(), wanted)) == shown(answer(elastic, wanted)), wanted
        asked += 1
    assert asked == len(TEXTS) * len(FILTERS)


@pytest.mark.elastic
def test_both_engines_follow_changes_alike(demo, elastic):
    one, *rest = list(documents())[:3]
    for each in (engine(), elastic):
        each.update([rest[0]], [one.id])

    for wanted in plans(("", "ca phe dak ha"), ({},)):
        assert shown(answer(engine(), wanted)) == shown(answer(elastic, wanted))
        assert one.id not in answer(elastic, wanted).ids
    for each in (engine(), elastic):
        each.update([one], [])


@pytest.mark.elastic
def test_rebuilding_elasticsearch_swaps_the_alias_and_leaves_one_index(demo, elastic):
    before = elastic._names()

    number = elastic.rebuild(documents())

    assert number > 83
    assert len(elastic._names()) == 1 and elastic._names() != before
    assert answer(elastic, next(iter(plans(("",), ({},))))).total == 93


def test_the_stand_in_agrees_where_no_slip_is_forgiven(demo):
    for wanted in plans(("", "ca phe dak ha", "ca ph", "tet", "huyen kon plong")):
        assert shown(answer(DatabaseEngine(), wanted)) == shown(answer(engine(), wanted)), wanted


def test_an_engine_that_is_gone_is_left_alone_for_a_while():
    dead = ElasticEngine("http://127.0.0.1:9", deadline=0.3, rest=60)
    wanted = plan(Query(), scope=scope_of(), today=dt.date(2026, 11, 24))
    with pytest.raises(EngineDown):
        answer(dead, wanted)

    start = time.perf_counter()
    for _ in range(100):
        with pytest.raises(EngineDown, match="resting"):
            answer(dead, wanted)

    assert time.perf_counter() - start < 0.3


def test_the_right_goods_come_first(demo):
    """Of twenty queries without diacritics: the share of the expected goods among the first ten hits."""
    with Path(__file__).with_name("queries.csv").open() as source:
        rows = list(csv.DictReader(source))
    scores = {}
    for row in rows:
        right = {document_id("product", demo[int(number)]) for number in row["rows"].split()}
        wanted = plan(Query(text=row["query"]), scope=scope_of(kinds=("product",)), today=TODAY)
        top = answer(engine(), wanted).ids[:10]
        scores[row["query"]] = len(right & set(top)) / min(10, len(right))

    assert len(scores) == 20
    assert sum(scores.values()) / 20 >= 0.96, scores
