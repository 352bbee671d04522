"""Wagtail's pages, last in config/urls.py. The names are Wagtail's own, which it looks up itself."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_patterns

from cms.views import serve

urlpatterns = [*wagtail_patterns[:-1], re_path(serve_pattern, serve, name="wagtail_serve")]
