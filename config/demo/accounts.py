"""The demo's people: a phone number each, one password, printed by `make run`."""

from dataclasses import dataclass

from django.conf import settings

DEFAULT_PASSWORD = "cho-phien-2026"


@dataclass(frozen=True)
class Person:
    phone: str
    name: str
    role: str
    place: str = ""


PEOPLE = (
    Person("+84905000001", "Nguyễn Thị Hạnh", "buyer"),
    Person("+84905000011", "Y Nhung", "owner", "1"),
    Person("+84905000012", "A Thút", "owner", "2"),
    Person("+84905000013", "Y Blưng", "staff", "1"),
    Person("+84905000014", "Trần Văn Lâm", "agent", "3"),
    Person("+84905000021", "Y Nga", "clerk", "1"),
    Person("+84905000031", "Lê Thu Sương", "host"),
    Person("+84905000041", "Y Mai", "office"),
    Person("+84905000042", "A Nhân", "office"),
    Person("+84905000051", "Phạm Quốc Bảo", "editors"),
    Person("+84905000061", "Đinh Thanh Tùng", "administrators"),
)
DOORS = {
    "buyer": "/tai-khoan/", "owner": "/ban-hang/", "staff": "/ban-hang/", "agent": "/ban-hang/", "clerk": "/quay/",
    "host": "/live/", "office": "/van-phong/", "editors": "/cms/", "administrators": "/he-thong/",
}  # fmt: skip


def password() -> str:
    return settings.DEMO_PASSWORD or DEFAULT_PASSWORD


def table() -> str:
    """What `make run` prints."""
    rows = [f"  {p.phone.replace('+84', '0'):<12} {p.role:<15} {DOORS[p.role]:<12} {p.name}" for p in PEOPLE]
    return "\n".join([f"  Sign in at /dang-nhap/ with phone and password ({password()}):", *rows])
