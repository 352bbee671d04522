from django.urls import path

from marketplace.payments import views

app_name = "payments"
urlpatterns = [
    path("stripe/", views.stripe, name="stripe"),
    path("bank/", views.bank, name="bank"),
]
