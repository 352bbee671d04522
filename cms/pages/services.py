"""What happens when a page is published or taken down."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.live import product_ids
from cms.pages.models import PlainPage, PlainVersion, StoryPage
from cms.pages.signals import page_renewed
from kernel import clock, pagecache
from kernel.pictures.addresses import picture_url
from marketplace.storefront.services import Story, story_drop, story_put

VI = "vi"


def story_announce(story: StoryPage) -> None:
    """Tell the product pages which story is about them; both languages are one story."""
    twins = list(StoryPage.objects.filter(translation_key=story.translation_key).select_related("locale"))
    source = next((page for page in twins if page.locale.language_code == VI), None)
    if source is None:
        return
    if not source.live:
        story_drop(page=source.pk)
        return
    english = next((p for p in twins if p.locale.language_code == "en" and p.live and p.alias_of_id is None), None)
    shown = source.shown
    story_put(
        story=Story(
            page=source.pk,
            title=source.title,
            url=source.url or "",
            text=source.lead,
            title_en=english.title if english else "",
            url_en=(english.url or "") if english else "",
            text_en=english.lead if english else "",
            picture=picture_url(shown, 800) if shown is not None and shown.ready else "",
        ),
        product_ids=product_ids(source.streams()),
    )


def version_keep(page: PlainPage) -> None:
    """Keep what this version says; publishing the same version again corrects it."""
    if not page.version:
        return
    PlainVersion.objects.update_or_create(
        page=page,
        version=page.version,
        defaults={
            "effective_from": page.effective_from,
            "title": page.title,
            "lead": page.lead,
            "body": [dict(block) for block in page.body.get_prep_value()],
            "published_at": clock.now(),
        },
    )


def page_changed(page: Page) -> None:
    """A page was published, moved or taken down: pages with lists and menus are made anew."""
    specific: Any = page.specific
    if isinstance(specific, StoryPage):
        story_announce(specific)
    if isinstance(specific, PlainPage) and specific.live:
        version_keep(specific)
    pagecache.bump()
    source = Page.objects.filter(translation_key=page.translation_key, locale__language_code=VI).first()
    transaction.on_commit(partial(page_renewed.send_robust, sender=Page, page_id=source.pk if source else page.pk))
