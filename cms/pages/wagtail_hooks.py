"""Rich text links from the tree; no page may be moved over an address of the shop."""

from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages

from cms.addresses import is_reserved
from cms.base import RESERVED, below_home
from cms.blocks.choosers import VIEWSETS
from cms.pages.links import OutwardLinkHandler, TreeLinkHandler


@hooks.register("register_admin_viewset")
def choosers():  # type: ignore[no-untyped-def]
    return VIEWSETS


@hooks.register("register_rich_text_features", order=10)
def links(features):  # type: ignore[no-untyped-def]
    features.register_link_type(TreeLinkHandler)
    features.register_link_type(OutwardLinkHandler)


@hooks.register("before_move_page")
def keep_the_shops_addresses(request, page, destination):  # type: ignore[no-untyped-def]
    if below_home(destination) and is_reserved(page.slug):
        messages.error(request, str(RESERVED))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
