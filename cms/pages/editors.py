"""The rights of the group `editors`: all pages, pictures, menus, market terms and requests to visit."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

GROUP = "editors"
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
PICTURES = ("add_image", "change_image", "choose_image", "delete_image")
PLAIN = (
    "access_admin",
    "submit_translation",
    "add_menu",
    "change_menu",
    "delete_menu",
    "view_menu",
    "change_operator",
    "change_marketterms",
    "view_bookingrequest",
    "change_bookingrequest",
    "add_redirect",
    "change_redirect",
    "delete_redirect",
)


def grant() -> Group:
    """Give the group its rights; safe to run again, takes nothing away that an administrator added."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(*Permission.objects.filter(codename__in=PLAIN))
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        for permission in _named("wagtailcore", PAGES):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.objects.filter(depth=1).first()
    if collection is not None:
        for permission in _named("wagtailimages", PICTURES):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _named(app: str, names: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))
