"""What is measured. W1 list with a facet, W2 product, W3 search without diacritics, W4 add to basket, W5 a guest order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from config.bench.load import Browser, Result, hammer

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
        import gzip

        def page(path: str) -> str:
            answer = browser.get(path)
            body = gzip.decompress(answer.body) if answer.header("content-encoding") == "gzip" else answer.body
            return body.decode()

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
]
