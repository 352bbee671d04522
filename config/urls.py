"""Every address, in order: machines and admin first, then the shop in both languages, Wagtail's catch-all last."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import health
from kernel.pictures.views import picture_file
from themes import urls as themes_urls

# Addresses that ignore language: for machines, for codes, for staff.
urlpatterns = [
    *themes_urls.plain_urlpatterns,
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("marketplace.storefront.machine_urls")),
    path("cms/jsi18n/", JavaScriptCatalog.as_view(), name="cms_javascript_catalog"),  # with our Vietnamese
    path("cms/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("he-thong/django/", admin.site.urls),
    path("he-thong/", apps.get_app_config("dashboard").urls),
    path("", include("traceability.resolver.urls")),
    path("api/v1/", include("catalog.places.urls")),
    path("webhooks/", include("marketplace.payments.urls")),
    path("webhooks/", include("marketplace.shipping.urls")),
    # webhooks, api
    path("ban-hang/", include("marketplace.desk.urls")),
    path("l/", include("marketplace.links.urls")),
    path("quay/", include("marketplace.pos.urls")),
    path("van-phong/", include("marketplace.office.urls")),
    path("live/", include("marketplace.live.urls")),
    path("api/v1/", include("marketplace.pos.api_urls")),
]

# Public pages, Vietnamese at the root and English under /en/.
urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    #  storefront · baskets · checkout · orders · accounts · points
    path("", include("themes.urls")),
    path("", include("marketplace.accounts.urls")),
    path("", include("marketplace.points.urls")),
    path("", include("traceability.passports.urls")),
    path("", include("traceability.resolver.page_urls")),
    path("", include("marketplace.storefront.urls")),
    path("gio-hang/", include("marketplace.checkout.basket_urls")),
    path("thanh-toan/", include("marketplace.checkout.urls")),
    path("", include("marketplace.orders.urls")),
    path("", include("cms.urls")),
    prefix_default_language=False,
)

if not settings.MEDIA_ROOT_IS_REMOTE:
    urlpatterns.insert(0, path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"))
    urlpatterns.insert(0, path("media/pictures/<str:key>/<str:name>", picture_file, name="picture"))

handler400 = "themes.views.bad_request"
handler403 = "themes.views.permission_denied"
handler404 = "themes.views.page_not_found"
handler500 = "themes.views.server_error"
