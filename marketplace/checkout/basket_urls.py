from django.urls import path

from marketplace.checkout import views_basket

app_name = "basket"
urlpatterns = [
    path("", views_basket.basket, name="basket"),
    path("them/", views_basket.add, name="add"),
    path("doi/", views_basket.change, name="change"),
]
