"""Run as a process of its own and killed at any moment: places orders and books their money, over and over."""

import itertools
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def main(database: str, product_id: int, start: int) -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    from kernel.actors import GUEST
    from marketplace.orders import services
    from marketplace.orders.quote import Wish
    from marketplace.payments import services as payments

    print("ready", flush=True)
    for n in itertools.count(start):
        order = services.order_place(
            actor=GUEST,
            wishes=[Wish(product_id, 1)],
            buyer=services.Buyer("Hạnh", f"+849{n:08d}"),
            place=services.Place("23293", "51", "Phường Kon Tum", "12 Trần Phú"),
            method="vietqr" if n % 2 else "cod",
            idempotency_key=f"kill-{n}",
        )
        if n % 2:
            payments.receipt_add(key=f"kill-{n}", source="bank", amount=order.grand_total, reference=order.number)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
