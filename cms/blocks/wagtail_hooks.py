from wagtail import hooks

from cms.blocks.choosers import VIEWSETS


@hooks.register("register_admin_viewset")
def choosers():  # type: ignore[no-untyped-def]
    return VIEWSETS
