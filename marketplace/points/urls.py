from django.urls import path

from marketplace.points import views

app_name = "points"
urlpatterns = [
    path("diem-ban/", views.point_list, name="list"),
    path("diem-ban/<slug:slug>/", views.point_detail, name="detail"),
]
