"""Home, stories, news and plain pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms.base import PictureMixin, SitePage
from cms.blocks.fields import BodyField, lines, web_sources
from cms.blocks.home import home_blocks
from cms.blocks.live import live_blocks
from cms.blocks.text import text_blocks
from cms.pages.filling import Filling
from cms.tree import open_only
from kernel.text import slugify_vi

PER_PAGE = 12


def body_field(**options: Any) -> BodyField:
    """The body of stories, places and pages: every kind of block."""
    return BodyField([*text_blocks(), *live_blocks()], verbose_name=_("content"), blank=True, **options)


class HomePage(SitePage):
    """The first page: one question, then shelves that are always up to date."""

    template = "cms/home.html"
    hero_title = models.CharField(_("big heading"), max_length=120)
    lead = models.CharField(_("sentence below it"), max_length=300)
    hero_picture = models.ForeignKey(
        "cms_media.CmsImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(home_blocks(), verbose_name=_("content"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("lead"), FieldPanel("hero_picture")], _("On top")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def shown(self) -> Any:
        return self.hero_picture.picture if self.hero_picture else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hide_search"] = True
        return context


class IndexPage(SitePage):
    """A page that lists the pages below it, newest first."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def entries(self) -> models.QuerySet[Any]:
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["entries"] = Paginator(self.entries(), PER_PAGE).get_page(request.GET.get("trang"))
        return context


class StoryIndexPage(IndexPage):
    template = "cms/index.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms_pages.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def entries(self) -> models.QuerySet[StoryPage]:
        return shown_stories().child_of(self)


class StoryPage(PictureMixin, SitePage):
    """Where something comes from, told so that it can be checked. Its product blocks tie it to goods."""

    template = "cms/story.html"
    jsonld_type = "Article"
    lead = models.CharField(_("lead"), max_length=300, help_text=_("One or two sentences, up to thirty words."))
    body = body_field()
    sources = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))

    parent_page_types: ClassVar[list[str]] = ["cms_pages.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture on top")),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def web_sources(self) -> list[dict[str, str]]:
        return web_sources(self.sources)


def shown_stories() -> Any:
    """Live stories, newest first, with what their cards need."""
    stories = open_only(StoryPage.objects.live()).select_related("picture__picture", "locale", "alias_of__locale")
    return stories.order_by("-first_published_at", "-pk").defer_streamfields()


class NewsIndexPage(IndexPage):
    template = "cms/index.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms_pages.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def entries(self) -> models.QuerySet[NewsPage]:
        return shown_news().child_of(self)


class NewsPage(PictureMixin, SitePage):
    template = "cms/news.html"
    jsonld_type = "NewsArticle"
    lead = models.CharField(_("lead"), max_length=300)
    body = body_field()

    parent_page_types: ClassVar[list[str]] = ["cms_pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture on top")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


def shown_news() -> Any:
    news = open_only(NewsPage.objects.live()).select_related("picture__picture", "locale", "alias_of__locale")
    return news.order_by("-first_published_at", "-pk").defer_streamfields()


class PlainPage(RoutablePageMixin, SitePage):
    """Terms, rules, questions and answers. Each version that was in force stays readable under its own address."""

    template = "cms/plain.html"
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = body_field()
    version = models.CharField(_("version"), max_length=12, blank=True, help_text=_("For example 1.0"))
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    is_draft = models.BooleanField(
        _("sample text"), default=False, help_text=_("Says on top that the operator has yet to complete it.")
    )
    law = models.TextField(_("law it rests on"), blank=True, help_text=_("One entry a line."))
    sources = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))

    parent_page_types: ClassVar[list[str]] = ["cms_pages.HomePage", "cms_pages.PlainPage"]
    subpage_types: ClassVar[list[str]] = ["cms_pages.PlainPage"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("effective_from")]),
                FieldPanel("is_draft"),
                FieldPanel("law"),
            ],
            _("Version"),
        ),
        FieldPanel("sources"),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["filling"] = Filling(self)
        return context

    @property
    def law_lines(self) -> list[str]:
        return lines(self.law)

    @property
    def versions(self) -> list[PlainVersion]:
        """Versions other than the present one, newest first."""
        return list(self.kept_versions.exclude(version=self.version).defer("body"))

    @path("ban/<slug:version>/")
    def former(self, request: HttpRequest, version: str) -> HttpResponse:
        """A version as it was published."""
        kept = next((kept for kept in self.kept_versions.all() if kept.slug == version), None)
        if kept is None:
            raise Http404
        body: blocks.StreamValue = self.body.stream_block.to_python(kept.body)
        return self.render(request, context_overrides={"former": kept, "body": body}, template="cms/plain_former.html")


class PlainVersion(models.Model):
    """What a plain page said in one version; written when it is published, kept when the next one follows."""

    page = models.ForeignKey(PlainPage, on_delete=models.CASCADE, related_name="kept_versions")
    version = models.CharField(max_length=12)
    effective_from = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=255)
    lead = models.CharField(max_length=300, blank=True)
    body = models.JSONField(default=list)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-effective_from", "-published_at"]
        constraints = [models.UniqueConstraint(fields=["page", "version"], name="plain_version_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def slug(self) -> str:
        """ "1.0" -> "1-0": addresses of pages have no dots."""
        return slugify_vi(self.version)
