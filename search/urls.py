"""The lists at their exact addresses, and the search. Details below them belong to the storefront."""

from django.urls import include, path

from search import views

lists = [
    path("san-pham/", views.product_list, name="products"),
    path("qua-tang/", views.gift_list, name="gifts"),
    path("nhom/<slug:slug>/", views.category_list, name="category"),
    path("nha-san-xuat/", views.producer_list, name="producers"),
]
finding = [
    path("tim/", views.search_page, name="search"),
    path("tim/goi-y", views.suggest, name="suggest"),
    path("tim/goi-y/", views.suggest),
]
urlpatterns = [path("", include((lists, "catalogue_list"))), path("", include((finding, "search")))]
