from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    """The building blocks of pages; no tables."""

    name = "cms.blocks"
    label = "cms_blocks"
    verbose_name = _("Blocks of pages")
