"""Digital Link pages, at the root in Vietnamese and below /en/ in English; no slash is appended."""

from django.urls import re_path

from traceability.resolver import views

app_name = "digital_link"
urlpatterns = [re_path(r"^01/(?P<rest>.+)$", views.digital_link, name="page")]
