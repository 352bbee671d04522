from django.urls import path

from marketplace.links import views

app_name = "links"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("tao/", views.make, name="make"),
    path("<str:code>", views.follow, name="follow"),
    path("<str:code>/ma/", views.card, name="card"),
    path("<str:code>/tat/", views.end, name="end"),
]
