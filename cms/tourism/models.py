"""Villages and sights, routes with ordered stops, fairs and seasons, and requests to visit."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, Page

from cms.base import PictureMixin, SitePage, SitePageForm
from cms.blocks.fields import BodyField, lines, web_sources
from cms.blocks.live import commune_choices, live_blocks
from cms.blocks.text import text_blocks
from cms.structured import REGION, absolute
from cms.tree import open_only

MONTHS = [(str(month), str(month)) for month in range(1, 13)]


ONE_OF_KIND = {
    "village": _("Village that receives guests"),
    "sight": _("Sight"),
    "stay": _("Farm to visit"),
    "shop": _("Shop"),
    "fair": _("Fair"),
}


class TourismForm(SitePageForm):
    """Months and communes are ticked, not typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "months" in self.fields:
            self.fields["months"] = forms.TypedMultipleChoiceField(
                label=_("Months"),
                choices=MONTHS,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=self.instance.months,
            )
            self.initial["months"] = [str(m) for m in self.instance.months or []]
        if "communes" in self.fields:
            self.fields["communes"] = forms.MultipleChoiceField(
                label=_("Communes"), choices=commune_choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.initial["communes"] = list(self.instance.communes or [])


class TourismIndexPage(SitePage):
    """Villages, routes and what is on."""

    template = "cms/tourism_index.html"
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms_pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms_tourism.PlacePage", "cms_tourism.RoutePage", "cms_tourism.EventPage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("villages and routes")
        verbose_name_plural = _("villages and routes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        places = list(PlacePage.listed().child_of(self))
        context["kinds"] = [
            {"value": kind.value, "label": kind.label, "places": [place for place in places if place.kind == kind]}
            for kind in PlacePage.Kind
            if any(place.kind == kind for place in places)
        ]
        context["routes"] = RoutePage.listed().child_of(self)
        context["events"] = EventPage.listed().child_of(self)
        context["marked"] = sorted({code for place in places for code in place.communes})
        return context


class TourismPage(PictureMixin, SitePage):
    base_form_class = TourismForm
    lead = models.CharField(_("lead"), max_length=300)
    body = BodyField([*text_blocks(), *live_blocks()], verbose_name=_("content"), blank=True)
    months = models.JSONField(_("months"), default=list, blank=True)
    months_note = models.CharField(_("about the months"), max_length=400, blank=True)
    uncertain = models.TextField(_("what is not certain"), blank=True, help_text=_("One entry a line."))
    sources = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))

    parent_page_types: ClassVar[list[str]] = ["cms_tourism.TourismIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    picture_panel = MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture on top"))
    notes_panel = MultiFieldPanel([FieldPanel("uncertain"), FieldPanel("sources")], _("Sources and doubts"))

    class Meta:
        abstract = True

    @classmethod
    def listed(cls) -> Any:
        """Live pages with what their cards need."""
        pages = open_only(cls.objects.live()).select_related("picture__picture", "locale", "alias_of__locale")
        return pages.order_by("path").defer_streamfields()

    @property
    def uncertain_lines(self) -> list[str]:
        return lines(self.uncertain)

    @property
    def web_sources(self) -> list[dict[str, str]]:
        return web_sources(self.sources)

    @property
    def month_cells(self) -> list[tuple[int, bool]]:
        good = set(self.months or [])
        return [(month, month in good) for month in range(1, 13)]


class PlacePage(RoutablePageMixin, TourismPage):
    """A village, sight, place to stay, shop or fairground."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("Villages that receive guests")
        SIGHT = "sight", _("Sights")
        STAY = "stay", _("Farms to visit and stay")
        SHOP = "shop", _("Shops")
        FAIR = "fair", _("Fairs")

    class Booking(models.TextChoices):
        NONE = "none", _("no request needed")
        VILLAGE = "village", _("request to the village")
        FARM = "farm", _("request to the garden")

    template = "cms/place.html"
    jsonld_type = "TouristAttraction"
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    communes = models.JSONField(_("communes"), default=list, blank=True)
    former = models.CharField(_("name before July 2025"), max_length=160, blank=True)
    booking = models.CharField(_("visits"), max_length=10, choices=Booking.choices, default=Booking.NONE)
    booking_note = models.CharField(_("about visits"), max_length=400, blank=True)
    host_name = models.CharField(_("host"), max_length=120, blank=True, help_text=_("Not shown on the page."))
    host_email = models.EmailField(_("e-mail of the host"), blank=True, help_text=_("Not shown on the page."))
    host_phone = models.CharField(_("phone of the host"), max_length=24, blank=True, help_text=_("Not shown."))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        TourismPage.picture_panel,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("months"), FieldPanel("months_note")], _("When to come")),
        MultiFieldPanel([FieldPanel("communes"), FieldPanel("former")], _("Where it is")),
        MultiFieldPanel(
            [
                FieldPanel("booking"),
                FieldPanel("booking_note"),
                FieldRowPanel([FieldPanel("host_name"), FieldPanel("host_phone"), FieldPanel("host_email")]),
            ],
            _("Requests to visit"),
        ),
        TourismPage.notes_panel,
    ]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    @property
    def kind_label(self) -> str:
        """One of its kind, where the kind itself names the shelf."""
        return str(ONE_OF_KIND[self.kind])

    def structured_details(self) -> dict[str, Any]:
        return {
            "address": {"@type": "PostalAddress", "addressRegion": "Quảng Ngãi", "addressCountry": "VN"},
            "containedInPlace": REGION,
            "publicAccess": True,
        }

    @property
    def takes_bookings(self) -> bool:
        return self.booking != self.Booking.NONE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["routes"] = RoutePage.listed().filter(
            stops__place__translation_key=self.translation_key, locale=self.locale
        )
        return context

    @path("hen/")
    def book(self, request: HttpRequest) -> HttpResponse:
        from cms.tourism.views import book

        return book(request, self)

    @path("hen/<str:code>/")
    def booked(self, request: HttpRequest, code: str) -> HttpResponse:
        from cms.tourism.views import booked

        return booked(request, self, code)


class RoutePage(TourismPage):
    """Some days on the road, stop after stop."""

    template = "cms/route.html"
    jsonld_type = "TouristTrip"
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    season = models.CharField(_("season"), max_length=400, blank=True)
    suits = models.CharField(_("for whom"), max_length=300, blank=True)
    bring = models.TextField(_("what to bring"), blank=True, help_text=_("One entry a line."))
    distances = models.TextField(_("distances"), blank=True, help_text=_("One a line: from – to: distance"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        TourismPage.picture_panel,
        FieldPanel("days"),
        InlinePanel("stops", heading=_("Stops in order"), label=_("Stop")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("suits"),
                FieldPanel("season"),
                FieldPanel("months"),
                FieldPanel("bring"),
                FieldPanel("distances"),
            ],
            _("Good to know"),
        ),
        TourismPage.notes_panel,
    ]

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    def structured_details(self) -> dict[str, Any]:
        stops = PlacePage.objects.live().filter(pk__in=self.stops.values("place_id"))
        order = list(self.stops.values_list("place_id", flat=True))
        items = [
            {
                "@type": "ListItem",
                "position": order.index(place.pk) + 1,
                "name": place.title,
                "url": absolute(place.url),
            }
            for place in sorted(stops, key=lambda place: order.index(place.pk))
        ]
        return {"itinerary": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}}

    @cached_property
    def stop_pages(self) -> list[PlacePage]:
        """The live stops in their order."""
        order = [stop.place_id for stop in self.stops.all()]
        found = {place.pk: place for place in PlacePage.listed().filter(pk__in=order)}
        return [found[pk] for pk in order if pk in found]

    @property
    def bring_lines(self) -> list[str]:
        return lines(self.bring)

    @property
    def distance_rows(self) -> list[dict[str, str]]:
        rows = [line.rpartition(": ") for line in lines(self.distances)]
        return [{"name": leg or text, "value": text if leg else ""} for leg, _, text in rows]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["marked"] = list(dict.fromkeys(code for place in self.stop_pages for code in place.communes))
        return context


class RouteStop(Orderable):
    route = ParentalKey(RoutePage, on_delete=models.CASCADE, related_name="stops")
    place = models.ForeignKey(PlacePage, verbose_name=_("place"), on_delete=models.CASCADE, related_name="+")
    panels: ClassVar[list[Any]] = [PageChooserPanel("place", "cms_tourism.PlacePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("stop")


class EventPage(TourismPage):
    """A fair, a feast or a season; with dates where they are known, and saying so where they are not."""

    template = "cms/event.html"
    jsonld_type = "Event"
    place = models.ForeignKey(
        PlacePage, verbose_name=_("place"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    communes = models.JSONField(_("communes"), default=list, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    when_known = models.CharField(_("what is known of the date"), max_length=400, blank=True)
    when_unknown = models.CharField(_("what is not known of the date"), max_length=400, blank=True)
    past_dates = models.TextField(_("past dates"), blank=True, help_text=_("One a line: 2024-04-26/2024-05-01"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        TourismPage.picture_panel,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("when_known"),
                FieldPanel("when_unknown"),
                FieldPanel("months"),
                FieldPanel("past_dates"),
            ],
            _("When"),
        ),
        MultiFieldPanel([PageChooserPanel("place", "cms_tourism.PlacePage"), FieldPanel("communes")], _("Where it is")),
        FieldPanel("body"),
        TourismPage.notes_panel,
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def structured_details(self) -> dict[str, Any]:
        """Search engines take events with a day only; one without stays a plain description of a custom."""
        where = {
            "@type": "Place",
            "name": self.place.title if self.place else REGION["name"],
            "address": REGION["name"],
        }
        if not self.starts_on:
            return {"@type": "TouristAttraction", "containedInPlace": REGION}
        return {
            "startDate": self.starts_on.isoformat(),
            "endDate": (self.ends_on or self.starts_on).isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "location": where,
        }

    @property
    def past(self) -> list[tuple[date, date]]:
        """Past dates as pairs of days; lines that are no dates are left out."""
        found = []
        for line in lines(self.past_dates):
            first, _, last = line.partition("/")
            try:
                found.append((date.fromisoformat(first), date.fromisoformat(last or first)))
            except ValueError:
                continue
        return found


class BookingRequest(models.Model):
    """A visitor asks a village or garden for a day. The host says yes or no; no money is involved."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled by the guest")

    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    place = models.ForeignKey(
        PlacePage, verbose_name=_("place"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    place_title = models.CharField(_("place"), max_length=255)
    day = models.DateField(_("day of the visit"))
    people = models.PositiveSmallIntegerField(_("people"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=16)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), max_length=600, blank=True)
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    reply = models.TextField(_("answer to the guest"), max_length=600, blank=True)
    created_at = models.DateTimeField(_("came in"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("request to visit")
        verbose_name_plural = _("requests to visit")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(people__range=(1, 60)), name="booking_people_1_to_60"),
            models.CheckConstraint(condition=Q(phone__startswith="+"), name="booking_phone_e164"),
        ]
        indexes = [models.Index(fields=["state", "day"], name="booking_state_day")]

    def __str__(self) -> str:
        return f"{self.place_title}, {self.day:%d/%m/%Y}"
