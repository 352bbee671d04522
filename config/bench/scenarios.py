"""What is measured. W1 list with a facet, W2 product, W3 search without diacritics, W4 add to basket, W5 a guest order."""

import gzip
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from config.bench.load import Answer, Browser, Result, hammer, together

QUERIES = (
    "ca phe dak ha", "ca phe bot", "mat ong rung", "sam day", "mang le", "tieu rung", "gao do", "nep cai", "vang sim",
    "mac ca", "tra gung", "yen chung", "nhung huou", "thit gac bep", "banh trang", "chuoi say", "cam mang den",
    "ruou can", "ca com", "kho qua rung",
)  # fmt: skip


class Market:
    """What the scenarios need to know of a running shop, read from its own pages."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        browser = Browser(host, port)

        def page(path: str) -> str:
            return _text(browser.get(path))

        self.products: list[str] = []
        for number in range(1, 11):
            self.products += re.findall(r'href="(/san-pham/[a-z0-9-]+/)"', page(f"/san-pham/?trang={number}"))
        self.products = sorted(set(self.products))
        self.facets = sorted(set(re.findall(r'href="(/nhom/[a-z0-9-]+/)"', page("/") + page("/san-pham/"))))
        self.ids: list[str] = []
        for path in self.products[:60]:
            found = re.search(r'name="product_id"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="product_id"', page(path))
            if found:
                self.ids.append(found.group(1) or found.group(2))


def _get(paths: Callable[[Market], list[str]]) -> Callable[[Market, int, float], Result]:
    def run(market: Market, users: int, seconds: float) -> Result:
        chosen = paths(market)

        def step(browser: Browser, n: int) -> bool:
            return browser.get(chosen[n % len(chosen)]).status == 200

        return hammer(market.host, market.port, users, seconds, step)

    return run


def _add_to_basket(market: Market, users: int, seconds: float) -> Result:
    def step(browser: Browser, n: int) -> bool:
        body = urlencode({"product_id": market.ids[n % len(market.ids)], "quantity": 1})
        return browser.post("/gio-hang/them/", body).status == 303

    return hammer(market.host, market.port, users, seconds, step)


def _order(browser: Browser, product_id: str, phone: str) -> int:
    """A whole guest order; the status of the last answer (303 to the page that thanks = ordered)."""
    added = browser.post("/gio-hang/them/", urlencode({"product_id": product_id, "quantity": 1}))
    if added.status != 303:
        return added.status
    form = _text(browser.get("/thanh-toan/"))
    key, total = re.search(r'name="key" value="([^"]+)"', form), re.search(r'name="total" value="(\d*)"', form)
    if key is None:
        return 409
    buyer = {
        "key": key.group(1), "total": total.group(1) if total else "", "phone": phone, "name": "Người Đo", "province": "51",
        "commune": "23293", "commune_text": "", "street": "12 Trần Phú", "method": "cod", "adult": "on",
    }  # fmt: skip
    sent = browser.post("/thanh-toan/", urlencode(buyer))
    if sent.status != 303:
        return sent.status
    return 303 if browser.get(sent.header("location")).status == 200 else 500


def _text(answer: Answer) -> str:
    return (gzip.decompress(answer.body) if answer.header("content-encoding") == "gzip" else answer.body).decode()


def _phone(n: int) -> str:
    return f"090{n % 10_000_000:07d}"


def _guest_orders(market: Market, users: int, seconds: float) -> Result:
    """W5: new guest, add to basket, checkout page, order, page that thanks. Counted per order."""

    def step(browser: Browser, n: int) -> bool:
        browser.cookies.clear()
        return _order(browser, market.ids[n % len(market.ids)], _phone(n)) == 303

    return hammer(market.host, market.port, users, seconds, step)


def rush(market: Market, product_id: str, buyers: int) -> tuple[Result, Counter[int]]:
    """W6: `buyers` guests want one piece each of the same product at the same moment."""
    result, seen, lock = Result(buyers, 0.0), Counter[int](), threading.Lock()
    gate = threading.Barrier(buyers)

    def buyer(number: int) -> None:
        browser = Browser(market.host, market.port)
        gate.wait()
        started = time.monotonic()
        status = _order(browser, product_id, _phone(5_000_000 + number))
        with lock:
            result.latencies.append(time.monotonic() - started)
            seen[status] += 1

    started = time.monotonic()
    together([lambda number=number: buyer(number) for number in range(buyers)])  # type: ignore[misc]
    result.seconds = time.monotonic() - started
    result.errors = sum(count for status, count in seen.items() if status >= 500)
    return result, seen


@dataclass(frozen=True)
class Scenario:
    name: str
    run: Callable[[Market, int, float], Result]
    cacheable: bool = False


SCENARIOS = [
    Scenario("W1 list", _get(lambda m: [f"{p}?con-hang=1" for p in m.facets] or ["/san-pham/"]), cacheable=True),
    Scenario("W2 product", _get(lambda m: m.products), cacheable=True),
    Scenario("W3 search", _get(lambda m: [f"/tim/?q={quote(q)}" for q in QUERIES])),
    Scenario("W4 add to basket", _add_to_basket),
    Scenario("W5 guest order", _guest_orders),
]
