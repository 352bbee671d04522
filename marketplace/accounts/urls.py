from django.urls import path

from marketplace.accounts import views, views_safety

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-nhap/buoc-hai/", views.second_step, name="second-step"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("tai-khoan/", views.overview, name="overview"),
    path("tai-khoan/ten/", views_safety.name_change, name="name"),
    path("tai-khoan/phien/", views_safety.browsers, name="sessions"),
    path("tai-khoan/phien/<int:pk>/thoat/", views_safety.browser_end, name="session-end"),
    path("tai-khoan/xac-nhan/", views_safety.confirm, name="confirm"),
    path("tai-khoan/mat-khau/", views_safety.password_change, name="password"),
    path("tai-khoan/email/", views_safety.email_change, name="email"),
    path("tai-khoan/hai-lop/", views_safety.second_step_setup, name="second-step-setup"),
    path("tai-khoan/hai-lop/tat/", views_safety.second_step_end, name="second-step-end"),
]
