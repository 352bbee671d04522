"""What the market owes this producer, as the settlement ledger says it."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.desk.selectors import Desk
from marketplace.settlement import selectors as ledger

SHOWN = 100


def money_of(desk: Desk) -> dict[str, Any]:
    """{"due": đồng, "rows": [{"at", "text", "amount"}, …]}, the latest booking first."""
    if desk.partner is None:
        return {"due": 0, "rows": []}
    words = {"sale": _("Sold"), "reversal": _("taken back"), "payout": _("By transfer")}
    lines = reversed(ledger.statement(desk.partner.pk)[-SHOWN:])
    rows = [
        {"at": line.day, "text": f"{words.get(line.kind, line.kind)} {line.reference}", "amount": line.net}
        for line in lines
    ]
    return {"due": ledger.balance(desk.partner.pk), "rows": rows}
