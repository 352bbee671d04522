from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class SoldOut(DomainError):
    """Not enough of one product. `params["product_id"]` names it, `params["left"]` says how many are there."""

    code = "sold_out"
    message = _("Not enough left: only %(left)s.")
    status = HTTPStatus.CONFLICT


class NotForSale(DomainError):
    """A mandatory paper has lapsed. `params["product_id"]` names the product, `params["reason"]` says which."""

    code = "not_for_sale"
    message = "%(reason)s"
    status = HTTPStatus.CONFLICT


class HoldGone(DomainError):
    code = "hold_gone"
    message = _("The goods were held for you until the time ran out. They are free again.")
    status = HTTPStatus.CONFLICT


class StockNotFound(NotFound):
    code = "stock_not_found"


class StockInUse(DomainError):
    """Fewer than what is promised to orders and channels."""

    code = "stock_in_use"
    message = _("%(promised)s pieces are promised already; the count cannot be lower.")
    status = HTTPStatus.CONFLICT


class BadQuantity(DomainError):
    code = "bad_quantity"
    message = _("The quantity must be a whole number above zero.")
