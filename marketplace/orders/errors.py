from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class OrderNotFound(NotFound):
    code = "order_not_found"
    message = _("We could not find this order, or its link has run out.")


class OrderMoved(DomainError):
    """The step does not fit the state (somebody was faster)."""

    code = "order_moved"
    message = _("This step no longer fits: the order is at “%(state)s” now.")
    status = HTTPStatus.CONFLICT


class NothingToOrder(DomainError):
    code = "nothing_to_order"
    message = _("The basket is empty.")


class NotForSale(DomainError):
    """`params["product_id"]`, `params["reason"]`."""

    code = "not_for_sale"
    message = _("%(title)s is not for sale right now.")
    status = HTTPStatus.CONFLICT


class AdultsOnly(DomainError):
    code = "adults_only"
    message = _("The basket holds alcohol. Please confirm that you are 18 or older.")


class TotalChanged(DomainError):
    code = "total_changed"
    message = _(
        "Prices changed while you were writing: the total is now %(total)s. Please look again and send once more."
    )
    status = HTTPStatus.CONFLICT


class TooLateToCancel(DomainError):
    code = "too_late_to_cancel"
    message = _("It is packed already, so it can no longer be cancelled. You can refuse or return the parcel.")
    status = HTTPStatus.CONFLICT


class LotNotFit(DomainError):
    code = "lot_not_fit"
    message = _("This lot cannot be packed for this order.")
    status = HTTPStatus.CONFLICT
