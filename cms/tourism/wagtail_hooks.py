"""Requests to visit in the editor: who waits, and the answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.site_summary import SummaryItem
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.tourism.forms import AnswerForm
from cms.tourism.models import BookingRequest
from cms.tourism.selectors import waiting_requests


class OnlyAnswered(ModelPermissionPolicy):
    """Requests come from guests: nobody adds one here, and none is thrown away."""

    def user_has_permission(self, user, action):  # type: ignore[no-untyped-def]
        return action not in ("add", "delete") and super().user_has_permission(user, action)


register_permission_policy(BookingRequest, OnlyAnswered(BookingRequest))


class BookingViewSet(SnippetViewSet):
    model = BookingRequest
    icon = "calendar-check"
    menu_label = _("Requests to visit")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ("place_title", "day", "people", "phone", "state", "created_at")
    list_filter = ("state", "day")
    search_fields = ("place_title", "phone", "name", "code")
    copy_view_enabled = False
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel(name, read_only=True)
                    for name in ("place_title", "day", "people", "name", "phone", "email", "note", "created_at")
                ],
                _("What the guest wrote"),
            ),
            MultiFieldPanel([FieldPanel("state"), FieldPanel("reply")], _("Answer")),
        ],
        base_form_class=AnswerForm,
    )


register_snippet(BookingViewSet)


class WaitingItem(SummaryItem):
    order = 400
    template_name = "cms/admin/waiting.html"

    def get_context_data(self, parent_context):  # type: ignore[no-untyped-def]
        return {"waiting": waiting_requests(), "url": reverse("wagtailsnippets_cms_tourism_bookingrequest:list")}

    def is_shown(self) -> bool:
        return self.request.user.has_perm("cms_tourism.change_bookingrequest")


@hooks.register("construct_homepage_summary_items")
def waiting(request, items):  # type: ignore[no-untyped-def]
    items.append(WaitingItem(request))
