"""Papers that goods and their makers need, and when a lapsed one stops the sale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Without these, goods may not be sold. Which kind of goods needs which paper stands with the product (`papers`).
MANDATORY = frozenset(
    {"dkkd", "attp", "gp_san_xuat_ruou", "dang_ky_cong_bo", "kiem_dich_thu_y", "gmp", "dk_luu_tru", "pccc"}
)


@dataclass(frozen=True)
class PaperDates:
    """One mandatory paper: of the producer, or of one product (`product_id`)."""

    producer_id: int
    product_id: int | None
    kind: str
    valid_to: date | None


@dataclass(frozen=True)
class Lapse:
    producer_id: int
    product_id: int | None
    kind: str
    since: date


def lapses(papers: Iterable[PaperDates], day: date) -> list[Lapse]:
    """What lapsed before `day` and was not renewed: of each kind the paper with the latest date counts."""
    latest: dict[tuple[int, int | None, str], date | None] = {}
    for paper in papers:
        key = (paper.producer_id, paper.product_id, paper.kind)
        known = latest.get(key, date.min)
        latest[key] = None if known is None or paper.valid_to is None else max(known, paper.valid_to)
    return [Lapse(*key, since=last) for key, last in latest.items() if last is not None and last < day]
