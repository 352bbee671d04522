"""Read the product register from a .csv or .xlsx file: preview first, written only with --apply."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.feeds.errors import RULES, RegisterFileRefused
from catalog.feeds.readers import read_register
from catalog.feeds.selectors import CHANGED, NEW, SAME, Plan, register_plan
from catalog.feeds.services import register_apply
from kernel.actors import SYSTEM

SHOWN = 50
ROWS_WRONG, FILE_REFUSED = 1, 2


class Command(BaseCommand):
    help = (
        "Preview of a register file (.csv or .xlsx), row by row; --apply writes all of it or nothing. "
        "Exit code 1: rows are wrong, 2: the file can't be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--apply", action="store_true", help="write; without it nothing is changed")
        parser.add_argument("--lang", choices=["vi", "en"], help="language of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"] or translation.get_language() or "vi"):
            self.run(options["file"], write=options["apply"])

    def run(self, file: str, *, write: bool) -> None:
        try:
            plan = register_plan(read_register(file))
        except RegisterFileRefused as error:
            raise CommandError(f"{error.code}: {error.text}", returncode=FILE_REFUSED) from None
        self.show(plan)
        if plan.errors:
            text = _("%(count)s cells are wrong, so nothing was written.") % {"count": len(plan.errors)}
            raise CommandError(text, returncode=ROWS_WRONG)
        if not write:
            self.stdout.write(_("Preview only. Add --apply to write."))
            return
        register_apply(actor=SYSTEM, plan=plan)
        self.stdout.write(self.style.SUCCESS(_("Written.")))

    def show(self, plan: Plan) -> None:
        words = {NEW: _("new in the register"), CHANGED: _("changed in the register"), SAME: _("same as before")}
        news = [planned for planned in plan.rows if planned.action != SAME]
        for planned in news[:SHOWN]:
            name = planned.row.cells["product_name"]
            self.stdout.write(f"{planned.row.line:>6}  {words[planned.action]}  {name}")
            for column, (old, new) in planned.changes.items():
                self.stdout.write(f"          {column}: {old or '-'} -> {new or '-'}")
        if len(news) > SHOWN:
            self.stdout.write(_("… and %(count)s more") % {"count": len(news) - SHOWN})
        for error in plan.errors[:SHOWN]:
            place = _("line %(line)s, column %(column)s") % {"line": error.line, "column": error.column or "-"}
            value = f" ({error.value})" if error.value else ""
            self.stderr.write(f"{place}: {RULES[error.rule]}{value} [{error.rule}]")
        if len(plan.errors) > SHOWN:
            self.stderr.write(_("… and %(count)s more") % {"count": len(plan.errors) - SHOWN})
        counts = ", ".join(f"{plan.count(action)} {words[action]}" for action in words)
        self.stdout.write(f"{counts}; " + _("%(count)s of the shop not in this file") % {"count": plan.not_in_file})
