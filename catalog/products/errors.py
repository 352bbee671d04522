from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class ProductNotFound(NotFound):
    code = "product_not_found"
    message = _("There is no such product.")


class PacksNotPossible(DomainError):
    code = "packs_not_possible"
    message = _("%(product)s has a price of its own already, so it can't be split into packs.")
