from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class EventRefused(DomainError):
    code = "event_refused"
    message = _("This can't be recorded.")


class QuantityNotPositive(EventRefused):
    code = "quantity_not_positive"
    message = _("The quantity has to be more than 0.")


class QuantityTooFine(EventRefused):
    code = "quantity_too_fine"
    message = _("Quantities go down to three decimals: grams of a kilogram.")


class DateInFuture(EventRefused):
    code = "date_in_future"
    message = _("The time lies in the future. Record what has happened.")


class NothingInEvent(EventRefused):
    code = "nothing_in_event"
    message = _("Say which lot this is about.")


class ZoneOverdrawn(EventRefused):
    code = "zone_overdrawn"
    message = _(
        "Zone %(zone)s can give %(capacity)s kg a season and has given %(given)s kg already; %(asked)s kg more "
        "does not fit."
    )


class EventNotFound(NotFound):
    code = "event_not_found"
    message = _("No such event on record.")


class AlreadyVoided(EventRefused):
    code = "already_voided"
    message = _("This event has been declared in error already.")
