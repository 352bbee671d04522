"""Demo papers of producers and goods, numbered DEMO-…; one food-safety paper has lapsed, so its product is not sold."""

import random
from collections.abc import Callable
from datetime import timedelta

from catalog.producers.models import Producer, ProducerPaper
from catalog.producers.services import paper_add
from catalog.products.models import Product
from kernel import clock
from kernel.actors import SYSTEM

# Of the producer: (kind, days it is good for; None = no end). The rest belong to single goods.
OF_PRODUCER = {"dkkd": None, "attp": 3 * 365, "gp_san_xuat_ruou": 5 * 365, "dk_luu_tru": None, "pccc": 2 * 365}
OF_PRODUCT = {"tu_cong_bo": None, "dang_ky_cong_bo": None, "cong_bo_san_pham": None, "kiem_nghiem": 365}
LAPSED_ROW, LAPSED_DAYS = 51, 9


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    if ProducerPaper.objects.filter(number__startswith="DEMO-").exists():
        out("  0 papers")
        return
    before = ProducerPaper.objects.count()
    for producer in Producer.objects.filter(is_placeholder=False).order_by("pk"):
        goods = list(producer.products.filter(register_row__isnull=False).order_by("register_row"))
        needed = {code.rstrip("?") for product in goods for code in product.papers if not code.endswith("?")}
        for kind in sorted(needed & OF_PRODUCER.keys()):
            _add(rng, producer, None, kind, OF_PRODUCER[kind])
        for product in goods:
            for kind in sorted(OF_PRODUCT.keys() & set(product.papers)):
                _add(rng, producer, product, kind, OF_PRODUCT[kind])
            if product.register_row == LAPSED_ROW:
                _add(rng, producer, product, "attp", 3 * 365, left=-LAPSED_DAYS)
    out(f"  {ProducerPaper.objects.count() - before} papers")


def _add(
    rng: random.Random,
    producer: Producer,
    product: Product | None,
    kind: str,
    days: int | None,
    left: int | None = None,
) -> None:
    if days is None:
        issued, last = clock.today() - timedelta(days=rng.randint(200, 1500)), None
    else:
        last = clock.today() + timedelta(days=rng.randint(40, days - 30) if left is None else left)
        issued = last - timedelta(days=days)
    row = f"-{product.register_row:02d}" if product else ""
    paper_add(
        actor=SYSTEM,
        producer=producer,
        product=product,
        kind=kind,
        number=f"DEMO-{kind.upper().replace('_', '')}-{producer.pk:02d}{row}",
        issued_on=issued,
        valid_to=last,
    )
