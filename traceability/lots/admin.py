"""Lots in Django's admin: read only, for every change is an event (services)."""

from django.contrib import admin

from traceability.lots.models import Lot


@admin.register(Lot)
class LotAdmin(admin.ModelAdmin):
    list_display = ("code", "gtin", "kind", "product_name", "producer_name", "state", "left", "expires_on")
    list_filter = ("kind", "state")
    search_fields = ("code", "gtin", "short_code", "product_name", "producer_name")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
