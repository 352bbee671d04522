from django.urls import path

from marketplace.live import views, views_host

app_name = "live"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("ban/", views_host.room, name="room"),
    path("ban/quy-dinh/", views_host.rules, name="rules"),
    path("ban/tao/", views_host.plan, name="plan"),
    path("ban/<str:code>/", views_host.control, name="control"),
    path("ban/<str:code>/mon/", views_host.item_add, name="item-add"),
    path("ban/<str:code>/mon/<int:pk>/<str:step>/", views_host.item_step, name="item-step"),
    path("ban/<str:code>/<str:step>/", views_host.step, name="step"),
    path("<str:code>/", views.watch, name="watch"),
    path("<str:code>/trang-thai.json", views.state, name="state"),
    path("<str:code>/mua/", views.take, name="take"),
]
