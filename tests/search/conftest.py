"""A small market whose cards and index are ready."""

import datetime as dt
import random

import pytest
from django.urls import clear_url_caches

from catalog.certification.models import Certificate
from catalog.places.models import AdminUnit, UnitAlias
from catalog.products.models import Category, Product
from search import selectors, services
from search.engines import engine
from tests.factories import market as factory

TODAY = dt.date(2026, 11, 24)


def commune(code: str, name: str, district: AdminUnit, former: tuple[str, ...] = ()) -> AdminUnit:
    unit = AdminUnit.objects.create(
        code=code, name=name, folded=name, level="commune", valid_from=dt.date(2025, 7, 1), historic_district=district
    )
    for other in former:
        UnitAlias.objects.create(unit=unit, name=other)
    return unit


def district(code: str, name: str) -> AdminUnit:
    return AdminUnit.objects.create(
        code=code,
        name=name,
        folded=name,
        level="district",
        valid_from=dt.date(2004, 1, 1),
        valid_to=dt.date(2025, 6, 30),
    )


def certificate(product: Product, stars: int, start: dt.date, end: dt.date, **more) -> Certificate:
    return Certificate.objects.create(
        product=product, stars=stars, issued_on=start, expires_on=end, state=more.pop("state", "valid"), **more
    )


@pytest.fixture
def index(db, settings, tmp_path):
    """An empty engine of our own for each test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_NAME = f"ocop-test-{random.getrandbits(48):x}"
    selectors.forget_labels()
    clear_url_caches()
    yield
    selectors.forget_labels()
    if engine().name == "elasticsearch":
        engine().forget()


@pytest.fixture
def market(index):
    """Seven goods and a combo in two former districts."""
    dak_ha, kon_plong = district("615", "Huyện Đắk Hà"), district("613", "Huyện Kon Plông")
    dak_mar = commune("23512", "Xã Đăk Mar", dak_ha, ("Xã Đắk Mar", "Ngọk Réo"))
    mang_den = commune("23473", "Xã Măng Đen", kon_plong, ("Thị trấn Măng Đen",))
    food = Category.add_root(name="Thực phẩm", name_en="Food", slug="thuc-pham", number=1)
    coffee = food.add_child(name="Cà phê, ca cao", name_en="Coffee and cocoa", slug="ca-phe-ca-cao", number=13)
    food.refresh_from_db()
    honey = food.add_child(name="Mật ong", name_en="Honey", slug="mat-ong", number=4)
    sau_nhung = factory.seller("HTX Sáu Nhung", commune=dak_mar)
    thien_son = factory.seller("Công ty Sim Thiên Sơn", commune=mang_den)
    near = {"commune": dak_mar, "district": dak_ha}
    far = {"commune": mang_den, "district": kon_plong}
    goods = {
        "phin": factory.product(sau_nhung, title="Cà phê bột pha phin Đăk Hà", price=98_000, **near),
        "beans": factory.product(
            sau_nhung, title="Cà phê nguyên hạt Đăk Hà", title_en="Whole coffee beans", price=96_000, **near
        ),
        "special": factory.product(
            sau_nhung,
            title="Cà phê đặc biệt Sáu Nhung",
            price=165_000,
            stock=3,
            keywords="cf 6 nhung, ca phe dak ha",
            **near,
        ),
        "mang_den": factory.product(thien_son, title="Cà phê bột De Măng Đen", price=120_000, **far),
        "honey": factory.product(thien_son, title="Mật ong rừng Pa Dương", price=250_000, stock=0, **far),
        "sim": factory.product(
            thien_son, title="Vang Sim rừng Măng Đen", price=180_000, season_months=[3, 4], abv_percent=12, **far
        ),
        "ginseng": factory.product(
            thien_son, title="Trà sâm dây Ngọc Linh", price=120_000, description="Pha với nước sôi", **far
        ),
    }
    for name in ("phin", "beans", "special", "mang_den"):
        goods[name].categories.add(coffee)
    goods["honey"].categories.add(honey)
    certificate(goods["phin"], 3, dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    certificate(goods["special"], 4, dt.date(2025, 1, 1), TODAY)
    certificate(goods["honey"], 4, dt.date(2025, 1, 1), dt.date(2027, 1, 1), state="suspended")
    goods["gift"] = factory.combo([(goods["phin"], 1), (goods["sim"], 1)], price=260_000, title="Tết bên bếp lửa")
    services.rebuild()
    return goods
