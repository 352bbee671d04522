from django.urls import path

from marketplace.orders import views

app_name = "orders"
urlpatterns = [
    path("don-hang/<str:number>/", views.order, name="order"),
    path("don-hang/<str:number>/huy/", views.cancel, name="cancel"),
    path("don-hang/<str:number>/bo-mon/", views.line_cancel, name="line-cancel"),
    path("don-hang/<str:number>/hoi/", views.ask, name="ask"),
    path("don-hang/<str:number>/danh-gia/", views.review, name="review"),
    path("tai-khoan/don-hang/", views.mine, name="mine"),
]
