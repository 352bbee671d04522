from django.urls import path

from marketplace.pos import api

app_name = "pos_api"
urlpatterns = [
    path("pos/sales", api.sales, name="sales"),
    path("pos/goods", api.goods, name="goods"),
    path("pos/scan", api.scan, name="scan"),
]
