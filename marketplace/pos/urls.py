from django.urls import path

from marketplace.pos import views

app_name = "pos"
urlpatterns = [
    path("", views.till, name="till"),
    path("quay/", views.choose, name="choose"),
    path("ngay/", views.day, name="day"),
    path("ngay/mo/", views.day_open, name="day-open"),
    path("ngay/dong/", views.day_close, name="day-close"),
    path("ban/", views.sell, name="sell"),
    path("hoa-don/", views.receipts, name="receipts"),
    path("hoa-don/<str:number>/", views.receipt, name="receipt"),
    path("hoa-don/<str:number>/da-nhan-tien/", views.paid, name="paid"),
    path("hoa-don/<str:number>/tra/", views.take_back, name="return"),
    path("hang/", views.slips, name="slips"),
    path("hang/<str:number>/", views.slip, name="slip"),
    path("nhan-don/", views.pickup, name="pickup"),
    path("nhan-don/<str:number>/giao/", views.pickup_done, name="pickup-done"),
]
