"""Order pages for the administrators. Oscar's own let a partner's user see and change whole orders of others."""

from django.urls import path
from oscar.apps.dashboard.orders import apps


class OrdersDashboardConfig(apps.OrdersDashboardConfig):
    name = "marketplace.dashboard.orders"
    default_permissions = ["is_staff"]

    def configure_permissions(self) -> None:
        """Staff only; no door for partners' users."""
        self.permissions_map: dict[str, object] = {}

    def get_urls(self) -> list[object]:
        from marketplace.dashboard.orders import views, views_money

        return self.post_process_urls(
            [
                path("", views.order_list, name="order-list"),
                path("statistics/", self.order_stats_view.as_view(), name="order-stats"),
                path("tien/", views_money.money, name="order-money"),
                path("tien/sao-ke/", views_money.statement, name="order-statement"),
                path("tien/khop/", views_money.match, name="order-match"),
                path("tien/hoan/", views_money.refund, name="order-refund"),
                path("tien/cod/", views_money.cod, name="order-cod"),
                path("tien/chi-tra/", views_money.payout, name="order-payout"),
                path("<str:number>/", views.order_detail, name="order-detail"),
                path("<str:number>/buoc/", views.step, name="order-step"),
                path("<str:number>/tra-loi/", views.answer, name="order-answer"),
            ]
        )
