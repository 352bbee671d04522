"""The record in Django's admin: read, never written."""

from django.contrib import admin

from traceability.events.models import Event, EventItem, Finding


class ReadOnly:
    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ItemInline(ReadOnly, admin.TabularInline):
    model = EventItem
    extra = 0


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("line_id", "kind", "event_time", "place", "actor_name", "recorded_by")
    list_filter = ("kind",)
    search_fields = ("event_id", "order_ref", "items__lot__code")
    inlines = (ItemInline,)


@admin.register(Finding)
class FindingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("found_at", "rule", "lot", "params")
    list_filter = ("rule",)
