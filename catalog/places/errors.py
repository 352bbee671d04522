from django.utils.translation import gettext_lazy as _

from kernel.errors import NotFound


class UnitNotFound(NotFound):
    code = "unit_not_found"
    message = _("There is no commune with the code %(unit)s today.")
