from django.urls import path

from themes import views

app_name = "themes"
# The service worker has one address; the rest also exists below /en/.
plain_urlpatterns = [path("sw.js", views.service_worker, name="service-worker")]
urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("mat-mang/", views.offline, name="offline"),
    path("dev/components/", views.components, name="components"),
]
