from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User


@admin.register(User)
class OurUserAdmin(UserAdmin):
    """Oscar's admin classes search users, hence `search_fields`."""

    list_display = ["full_name", "phone", "email", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["full_name", "phone", "email"]
    ordering = ["full_name"]
    fieldsets = [
        (None, {"fields": ["full_name", "phone", "email", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [(None, {"fields": ["full_name", "phone", "email", "password1", "password2"]})]
