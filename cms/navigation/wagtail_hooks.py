"""Menus in the editor's menu; our colours, our sign; less of what nobody here uses."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.navigation.models import Menu

UNUSED = {"documents", "help", "reports"}


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ("title", "place", "position")


register_snippet(MenuViewSet)


@hooks.register("construct_main_menu")
def only_what_is_used(request, menu_items):  # type: ignore[no-untyped-def]
    # Wagtail greets with the first name, which nobody here fills in; the random user name says nothing.
    request.user.first_name = request.user.first_name or request.user.get_full_name()
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in UNUSED]


@hooks.register("insert_global_admin_css")
def colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms-admin.css"))


@hooks.register("register_admin_menu_item")
def to_the_shop() -> MenuItem:
    return MenuItem(_("Open the shop"), "/?", icon_name="view", order=10000)
