from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError

PROBLEMS = {
    "quantity": _("Every component needs a quantity of at least one."),
    "too_few": _("A combo has at least two pieces."),
    "twice": _("A product stands in the combo twice; raise its quantity instead."),
    "not_a_pack": _("Only single packs can be part of a combo."),
    "spirits": _("Drinks of 15 % and above can't be part of a combo."),
}


class ComboNotPossible(DomainError):
    """`problem` is the name of the rule, see `domain.problem_of`."""

    code = "combo_not_possible"

    @property
    def text(self) -> str:
        return str(PROBLEMS[str(self.params["problem"])])
