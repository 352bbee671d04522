"""Codes: the short address and the resolver's description ignore language; see ``page_urls`` for the pages."""

from django.urls import path, re_path

from traceability.resolver import views

app_name = "resolver"
urlpatterns = [
    path(".well-known/gs1resolver", views.well_known, name="description"),
    re_path(r"^t/(?P<code>[0-9A-Za-z-]{4,16})/?$", views.short, name="short"),
    re_path(r"^01/(?P<rest>.+)/qr\.(?P<form>svg|png)$", views.qr, name="qr"),
]
