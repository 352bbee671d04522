from django.urls import path

from marketplace.shipping import views

app_name = "shipping"
urlpatterns = [path("carrier/", views.notice, name="carrier")]
