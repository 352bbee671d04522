from django.utils.translation import gettext_lazy as _

from kernel.errors import NotFound


class LinkTargetGone(NotFound):
    code = "link_target_gone"
    message = _("What this link showed is no longer here.")
