from django.urls import path

from traceability.passports import views

app_name = "passport"
urlpatterns = [
    path("bao-van-de/", views.report, name="report"),
    path("bao-van-de/da-nhan/", views.reported, name="reported"),
]
