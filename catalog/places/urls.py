from django.urls import path

from catalog.places import api

app_name = "places"

urlpatterns = [
    path("communes", api.communes, name="communes"),
    path("provinces", api.provinces, name="provinces"),
]
