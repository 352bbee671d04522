"""Addresses of the shop's pages, the same in both languages below the language prefix."""

from django.urls import path

from marketplace.storefront import views

app_name = "storefront"
urlpatterns = [
    path("san-pham/<slug:slug>/", views.product, name="product"),
    path("qua-tang/<slug:slug>/", views.combo, name="combo"),
    path("nha-san-xuat/<slug:slug>/", views.producer, name="producer"),
    path("tra-cuu/", views.lookup, name="lookup"),
    path("tra-cuu/chung-nhan/<path:number>/", views.certificate, name="certificate"),
    path("nhan-khi-co/", views.wish, name="wish"),
    path("manh/gio", views.fragment, name="fragment"),
]
