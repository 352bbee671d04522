"""Zones in Django's admin: facts and consents can be set, outlines and codes only read."""

from django.contrib import admin

from traceability.zones.models import Plot, RawMaterialZone, ZoneCode, ZoneRevision


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


class CodeInline(ReadOnlyInline):
    model = ZoneCode


class RevisionInline(ReadOnlyInline):
    model = ZoneRevision
    fields = ("number", "area_ha", "valid_from", "source", "recorded_by", "recorded_at")


class PlotInline(admin.TabularInline):
    model = Plot
    extra = 0
    fields = ("key", "holder_name", "show_name", "show_place", "area_ha")


@admin.register(RawMaterialZone)
class RawMaterialZoneAdmin(admin.ModelAdmin):
    list_display = ("key", "name_vi", "crop", "commune_name", "status", "area_ha", "capacity_kg")
    list_filter = ("status", "crop")
    search_fields = ("key", "name_vi", "codes__code")
    inlines = (CodeInline, RevisionInline, PlotInline)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
