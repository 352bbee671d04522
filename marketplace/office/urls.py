from django.urls import path

from marketplace.office import views, views_lots, views_people, views_register

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("bai/", views.listings, name="listings"),
    path("bai/<int:pk>/", views.listing, name="listing"),
    path("bai/<int:pk>/duyet/", views.approve, name="approve"),
    path("bai/<int:pk>/tra/", views.send_back, name="send-back"),
    path("nhat-ky/", views.trail, name="trail"),
    path("giay/", views_register.certificates, name="certificates"),
    path("giay/cap/<int:product>/", views_register.issue, name="issue"),
    path("giay/<int:pk>/", views_register.certificate, name="certificate"),
    path("giay/<int:pk>/<str:step>/", views_register.move, name="certificate-move"),
    path("giay/<int:pk>/giay-to/<int:document>", views_register.document, name="document"),
    path("lo/", views_lots.lots, name="lots"),
    path("lo/<int:pk>/", views_lots.lot, name="lot"),
    path("lo/<int:pk>/<str:step>/", views_lots.move, name="lot-move"),
    path("bao/", views_lots.reports, name="reports"),
    path("bao/<int:pk>/", views_lots.report_answer, name="report-answer"),
    path("moi/", views_people.invitations, name="invitations"),
    path("moi/<int:pk>/huy/", views_people.revoke, name="invitation-revoke"),
    path("nguoi-dan/", views_people.hosts, name="hosts"),
    path("nguoi-dan/<int:pk>/xac-minh/", views_people.host_check, name="host-check"),
]
