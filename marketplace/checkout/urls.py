from django.urls import path

from marketplace.checkout import views, views_card, views_order

app_name = "checkout"
urlpatterns = [
    path("", views.checkout, name="checkout"),
    path("phi/", views.fee, name="fee"),
    path("cam-on/<str:number>/", views.thanks, name="thanks"),
    path("the/<str:number>/", views_card.card, name="card"),
    path("dia-chi/<str:number>/", views_order.address, name="address"),
    path("mua-lai/<str:number>/", views_order.again, name="again"),
]
