"""The pages that screenshots, Lighthouse and accessibility checks walk through, found from the shop's own links."""

import re
import urllib.request
from dataclasses import dataclass

WIDTHS = (360, 768, 1280)


@dataclass(frozen=True)
class Stop:
    name: str
    path: str
    role: str = ""


def _first(pattern: str, *pages: str) -> str:
    for page in pages:
        found = re.search(pattern, page)
        if found:
            return found.group(1)
    return ""


def public_stops(base: str) -> list[Stop]:
    """Public pages of a running shop at `base`, details taken from its lists; pages that are missing are left out."""

    def read(path: str) -> str:
        try:
            with urllib.request.urlopen(base + path, timeout=20) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    goods, gifts, makers = read("/san-pham/"), read("/qua-tang/"), read("/nha-san-xuat/")
    stories, travel, points = read("/cau-chuyen/"), read("/du-lich/"), read("/diem-ban/")
    coffee = read("/tim/?q=ca+phe+dak+ha")
    product = _first(r'href="(/san-pham/[a-z0-9-]+/)"', coffee, goods)
    passport = _first(r'href="(/01/\d{14}/10/[^"?]+)"', read(product) if product else "")
    found = [
        Stop("home", "/"),
        Stop("list", "/san-pham/"),
        Stop("list-filtered", "/san-pham/?sao=4&con-hang=1"),
        Stop("list-empty", "/san-pham/?gia-tu=90000000"),
        Stop("group", _first(r'href="(/nhom/[a-z0-9-]+/)"', goods)),
        Stop("search", "/tim/?q=ca+phe+dak+ha"),
        Stop("search-none", "/tim/?q=xyzzyx"),
        Stop("product", product),
        Stop("gifts", "/qua-tang/"),
        Stop("combo", _first(r'href="(/qua-tang/[a-z0-9-]+/)"', gifts)),
        Stop("producers", "/nha-san-xuat/"),
        Stop("producer", _first(r'href="(/nha-san-xuat/[a-z0-9-]+/)"', makers)),
        Stop("look-up", "/tra-cuu/"),
        Stop("passport", passport),
        Stop("passport-unknown", re.sub(r"/10/.*", "/10/KHONG-CO", passport) if passport else ""),
        Stop("basket-empty", "/gio-hang/"),
        Stop("stories", "/cau-chuyen/"),
        Stop("story", _first(r'href="(/cau-chuyen/[a-z0-9-]+/)"', stories)),
        Stop("travel", "/du-lich/"),
        Stop("village", _first(r'href="(/du-lich/(?:lang|diem-den|dia-diem)?/?[a-z0-9-]+/)"', travel)),
        Stop("points", "/diem-ban/"),
        Stop("point", _first(r'href="(/diem-ban/[a-z0-9-]+/)"', points)),
        Stop("sign-in", "/dang-nhap/"),
        Stop("missing", "/khong-co-trang-nay/"),
        Stop("offline", "/mat-mang/"),
    ]
    return [stop for stop in found if stop.path]


STAFF_STOPS = [
    Stop("desk", "/ban-hang/", "owner"),
    Stop("office", "/van-phong/", "office"),
    Stop("till", "/quay/", "clerk"),
    Stop("live", "/live/", "host"),
    Stop("account", "/tai-khoan/", "buyer"),
]
