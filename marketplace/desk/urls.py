from django.urls import path

from marketplace.desk import views, views_goods, views_lots, views_orders

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("doi/", views.choose, name="choose"),
    path("moi/<str:key>/", views.join, name="join"),
    path("tien/", views.money, name="money"),
    path("mon/", views_goods.goods, name="goods"),
    path("mon/moi/", views_goods.listing_new, name="listing-new"),
    path("mon/anh/", views_goods.photo_add, name="photo-add"),
    path("mon/nhap/<str:key>/", views_goods.listing_edit, name="listing-edit"),
    path("mon/nhap/<str:key>/xem-thu/", views_goods.listing_preview, name="listing-preview"),
    path("mon/nhap/<str:key>/bo/", views_goods.listing_drop, name="listing-drop"),
    path("mon/<int:pk>/sua/", views_goods.listing_change, name="listing-change"),
    path("mon/<int:pk>/gia/", views_goods.price, name="price"),
    path("mon/<int:pk>/het/", views_goods.sold_out, name="sold-out"),
    path("mon/<int:pk>/dem/", views_goods.count, name="count"),
    path("don/", views_orders.orders, name="orders"),
    path("don/phieu.pdf", views_orders.slips_pdf, name="slips-pdf"),
    path("don/phieu.html", views_orders.slips, name="slips"),
    path("don/<str:number>/", views_orders.order, name="order"),
    path("don/<str:number>/nhan/", views_orders.accept, name="accept"),
    path("don/<str:number>/tu-choi/", views_orders.decline, name="decline"),
    path("don/<str:number>/goi/", views_orders.pack, name="pack"),
    path("don/<str:number>/giao/", views_orders.hand_over, name="hand-over"),
    path("lo/", views_lots.lots, name="lots"),
    path("lo/thu/", views_lots.harvest, name="harvest"),
    path("lo/che-bien/", views_lots.process, name="process"),
    path("lo/dong-goi/", views_lots.pack, name="pack-lot"),
    path("lo/<int:pk>/tem.pdf", views_lots.labels, name="labels"),
    path("lo/<int:pk>/tam-giu/", views_lots.hold, name="hold"),
]
