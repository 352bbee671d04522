"""Publishing reaches the shop at once; the editors' group has its rights after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.pages.editors import grant
from cms.pages.models import StoryPage
from cms.pages.services import page_changed, story_announce
from kernel import pagecache
from kernel.pictures.signals import picture_ready
from marketplace.storefront.services import story_drop


@receiver([page_published, page_unpublished])
def renew(sender: Any, instance: Page, **kwargs: Any) -> None:
    page_changed(instance)


@receiver([post_page_move, page_slug_changed])
def renew_addresses(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Stories below a page that got another address have a new one too."""
    for story in StoryPage.objects.descendant_of(instance, inclusive=True).live():
        page_changed(story)
    pagecache.bump()


@receiver(pre_delete, sender=StoryPage)
def forget_story(sender: Any, instance: StoryPage, **kwargs: Any) -> None:
    story_drop(page=instance.pk)


@receiver(picture_ready)
def renew_cards(sender: Any, picture_id: int, **kwargs: Any) -> None:
    """The card of a story on product pages takes the better size once it is there."""
    for story in StoryPage.objects.filter(picture__picture_id=picture_id, live=True, locale__language_code="vi"):
        story_announce(story)


@receiver(post_migrate)
def rights(sender: AppConfig, **kwargs: Any) -> None:
    if sender.label == "cms_tourism":
        grant()
