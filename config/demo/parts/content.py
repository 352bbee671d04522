"""Pages of the CMS from our own texts: made of blocks, in both languages, tied to goods, places and each other.

Two rounds: first every page exists, then bodies are written, whose links need the ids of the others.
"""

from __future__ import annotations

import csv
import json
import random
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from catalog.products.models import Product
from cms.media.models import CmsImage
from cms.media.services import DRAWN_WIDTHS, image_draw
from cms.media.tasks import enlarge_drawing
from cms.navigation.models import MarketTerm, MarketTerms, Menu, MenuItem, Operator
from cms.pages.editors import grant
from cms.pages.models import HomePage, NewsIndexPage, NewsPage, PlainPage, StoryIndexPage, StoryPage
from cms.tourism.models import EventPage, PlacePage, RoutePage, RouteStop, TourismIndexPage
from config.demo.art import scenes
from config.demo.markdown import Block, Piece, blocks, inline, read

DATA = Path(__file__).parents[1] / "data" / "cms"
LANGUAGES = ("vi", "en")
# The shop itself answers at /thanh-toan/.
RENAMED = {"thanh-toan": "cach-thanh-toan"}
KINDS = {
    "community_tourism_village": "village",
    "ethnic_village": "village",
    "village_and_landmark": "village",
    "farm_visit": "stay",
    "showroom": "shop",
    "fair": "fair",
}
# Pictures of the first page are there in two sizes when the shop opens.
ON_HOME = {"ca-phe-dak-ha", "kon-pring", "kon-ko-tu", "vi-ro-ngheo"}
FRONT = (400, 800)
BOOKINGS = {"Hẹn với làng": "village", "Hẹn với vườn": "farm"}
FOLDERS = {"stories": "story", "places": "place", "routes": "route", "events": "event", "pages": "page"}


SCENES_EN = {
    "ridges": "the Ngọc Linh range",
    "coffee": "coffee rows on red basalt hills",
    "terraces": "rice terraces",
    "river": "the Đăk Bla river",
    "pines": "the pine forest of Măng Đen",
    "village": "a communal house and its village",
    "gongs": "a ring of gong players",
    "falls": "a waterfall",
    "church": "a wooden church",
    "yard": "a drying yard",
}


class Writer:
    """The whole of one run: what is there already, what was made."""

    def __init__(self, out: Callable[[str], object]) -> None:
        self.out = out
        self.facts = json.loads((DATA / "market.json").read_text(encoding="utf-8"))
        self.words: dict[str, dict[str, Any]] = self.facts["words"]
        self.pages: dict[tuple[str, str, str], Any] = {}
        self.pieces: dict[tuple[str, str, str], Piece] = {}
        rows = Product.objects.exclude(structure=Product.CHILD).filter(register_row__isnull=False, is_public=True)
        self.products = dict(rows.values_list("register_row", "pk"))
        self.drawn: dict[tuple[str, str], int] = {}
        self.images: dict[str, CmsImage] = {}

    # -- the tree
    def put(self, parent: Page, model: type, slug: str, language: str, key: uuid.UUID | None, **fields: Any) -> Any:
        """The page below `parent` with this slug, made or brought up to date."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        if page is not None:
            for name, value in fields.items():
                setattr(page, name, value)
            page.save()
            return page
        page = model(slug=slug, locale=Locale.objects.get(language_code=language), **fields)
        if key is not None:
            page.translation_key = key
        parent.add_child(instance=page)
        return page

    def homes(self) -> dict[str, HomePage]:
        # Wagtail's own "Welcome" page makes room; the site that points at it goes with it and is made again below.
        Page.objects.filter(depth=2, content_type__model="page").delete()
        root = Page.objects.get(depth=1)
        found: dict[str, HomePage] = {}
        for language in LANGUAGES:
            Locale.objects.get_or_create(language_code=language)
            words = self.words[language]
            found[language] = self.put(
                root,
                HomePage,
                "trang-chu" if language == "vi" else "home",
                language,
                found["vi"].translation_key if language == "en" else None,
                title=words["home"],
                seo_title=words["home_seo"],
                search_description=words["home_description"],
                hero_title=words["hero"],
                lead=words["hero_lead"],
            )
        address = urlsplit(settings.SITE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        site.hostname, site.port, site.site_name = address.hostname or "localhost", port, settings.SHOP_NAME
        site.root_page = found["vi"]
        site.save()
        return found

    def index(self, homes: dict[str, Page], model: type, slug: str, name: str) -> dict[str, Any]:
        """A list page in both languages."""
        made: dict[str, Any] = {}
        for language in LANGUAGES:
            words = self.words[language]
            made[language] = self.put(
                homes[language],
                model,
                slug,
                language,
                made["vi"].translation_key if language == "en" else None,
                title=words[name],
                lead=words[f"{name}_lead"],
                search_description=words[f"{name}_lead"],
            )
            self.pages["page", slug, language] = made[language]
        return made

    # -- pictures
    def picture(self, piece: Piece) -> CmsImage:
        """A landscape for a piece; both languages share it, and a second use of the same view is drawn anew."""
        if piece.slug not in self.images:
            scene, time = piece["scene"], piece["time"]
            seed = self.drawn[scene, time] = self.drawn.get((scene, time), 0) + 1
            title = scenes.TITLES[scene]
            svg = scenes.scene(scene, time, seed, 1600, 900, title=title)
            self.images[piece.slug] = image_draw(
                svg=svg,
                title=piece["title"],
                alt=f"Tranh: {title}",
                widths=FRONT if piece.slug in ON_HOME else DRAWN_WIDTHS,
            )
        return self.images[piece.slug]

    # -- first round
    def make(self, kind: str, vi: Piece, en: Piece, parents: dict[str, Page]) -> None:
        for piece in (vi, en):
            twin = self.pages.get((kind, vi.slug, "vi"))
            make = getattr(self, f"fields_{kind}")
            model = {"story": StoryPage, "place": PlacePage, "route": RoutePage, "event": EventPage, "page": PlainPage}[
                kind
            ]
            page = self.put(
                parents[piece.language],
                model,
                RENAMED.get(piece.slug, piece.slug),
                piece.language,
                twin.translation_key if piece.language == "en" and twin else None,
                title=piece["title"],
                lead=piece["lead"] or "",
                seo_title=piece["seo_title"] or "",
                search_description=piece["seo_description"] or "",
                sources="\n".join(piece["sources"] or []),
                **make(piece),
            )
            self.pages[kind, vi.slug, piece.language] = page
            self.pieces[kind, vi.slug, piece.language] = piece

    def with_picture(self, piece: Piece) -> dict[str, Any]:
        image = self.picture(piece)
        alt = image.description if piece.language == "vi" else f"Drawing: {SCENES_EN[piece['scene']]}"
        return {"picture": image, "picture_alt": alt[:200]}

    def fields_story(self, piece: Piece) -> dict[str, Any]:
        return self.with_picture(piece)

    def fields_tourism(self, piece: Piece) -> dict[str, Any]:
        return {
            **self.with_picture(piece),
            "months": piece["months"] or [],
            "months_note": piece["months_note"] or "",
            "uncertain": "\n".join(piece["uncertain"] or []),
        }

    def fields_place(self, piece: Piece) -> dict[str, Any]:
        vietnamese = self.pieces.get(("place", piece.slug, "vi"), piece)
        booking = BOOKINGS.get(vietnamese["booking"], "none")
        host = {}
        if booking != "none":
            host = {"host_name": "Chủ nhà (trình diễn)", "host_email": f"{piece.slug}@example.invalid"}
        return {
            **self.fields_tourism(piece),
            "kind": KINDS.get(piece["kind"], "sight"),
            "communes": [str(code) for code in piece["communes"] or []],
            "former": piece["former"] or "",
            "booking": booking,
            "booking_note": piece["booking_note"] or "",
            **host,
        }

    def fields_route(self, piece: Piece) -> dict[str, Any]:
        return {
            **self.fields_tourism(piece),
            "days": piece["days"] or 1,
            "season": piece["season"] or "",
            "suits": piece["suits"] or "",
            "bring": "\n".join(piece["bring"] or []),
            "distances": "\n".join(f"{leg['leg']}: {leg['km']}" for leg in piece["distances"] or []),
        }

    def fields_event(self, piece: Piece) -> dict[str, Any]:
        place = self.pages.get(("place", piece["place"] or "", piece.language))
        return {
            **self.fields_tourism(piece),
            "place": place,
            "communes": [str(code) for code in piece["communes"] or []],
            "when_known": piece["when_known"] or "",
            "when_unknown": piece["when_unknown"] or "",
            "past_dates": "\n".join(str(day) for day in piece["past_dates"] or []),
        }

    def fields_page(self, piece: Piece) -> dict[str, Any]:
        return {
            "version": str(piece["version"] or ""),
            "effective_from": None,
            "is_draft": bool(piece["draft"]),
            "law": "\n".join(piece["law"] or []),
        }

    # -- second round
    def resolve(self, language: str) -> Callable[[str, str], str]:
        def find(kind: str, slug: str) -> str:
            page = self.pages.get((kind, slug, language))
            return str(page.pk) if page else ""

        return find

    def goods(self, rows: list[int] | None) -> list[int]:
        return [self.products[row] for row in rows or [] if row in self.products]

    def body(self, kind: str, slug: str, language: str) -> list[Block]:
        piece = self.pieces[kind, slug, language]
        words = self.words[language]
        found = blocks(piece.body, self.resolve(language))
        if piece["pull_quote"]:
            headings = [place for place, block in enumerate(found) if block["type"] == "heading"]
            at = headings[2] if len(headings) > 2 else len(found)
            found.insert(at, {"type": "quote", "value": {"text": piece["pull_quote"], "source": ""}})
        if piece["steps"]:
            found.append({"type": "steps", "value": {"title": words["steps"], "steps": piece["steps"]}})
        if piece["facts"]:
            facts = [{"value": str(fact["value"]), "label": fact["label"]} for fact in piece["facts"]]
            found.append({"type": "facts", "value": {"title": words["facts"], "facts": facts}})
        title = words["goods"] if kind == "story" else words["goods_place"]
        for name, heading, adults in (("products", title, False), ("products_18", words["goods_18"], True)):
            ids = self.goods(piece[name])
            if ids:
                found.append({"type": "products", "value": {"title": heading, "products": ids, "adults": adults}})
        for name, heading, target in (
            ("related_places", words["places"], "place"),
            ("related_stories", words["tales"], "story"),
        ):
            pages = [self.pages.get((target, other, language)) for other in piece[name] or []]
            ids = [page.pk for page in pages if page]
            if ids:
                found.append({"type": "pages", "value": {"title": heading, "pages": ids}})
        if kind == "story" and piece["places"]:
            codes = [str(code) for code in piece["places"]]
            found.append({"type": "map", "value": {"title": words["map_title"], "communes": codes, "text": ""}})
        return found

    def write(self, page: Any, body: list[Block]) -> None:
        """Set the body and publish it as an editor would: a revision that goes live."""
        page.body = json.dumps(
            [named(block, f"{page.slug}/{page.locale.language_code}/{n}") for n, block in enumerate(body)]
        )
        page.save_revision().publish()

    def write_all(self) -> None:
        for kind, slug, language in self.pieces:
            page = self.pages[kind, slug, language]
            if kind == "route":
                self.stops(page, self.pieces[kind, slug, language])
            self.write(page, self.body(kind, slug, language))

    def stops(self, page: RoutePage, piece: Piece) -> None:
        places = [self.pages.get(("place", slug, piece.language)) for slug in piece["stops"] or []]
        page.stops = [RouteStop(place=place, sort_order=order) for order, place in enumerate(p for p in places if p)]

    # -- home, glossary, news
    def home_body(self, language: str, month: int) -> list[Block]:
        words = self.words[language]
        story = self.pages.get(("story", "ca-phe-dak-ha", language))
        villages = [self.pages.get(("place", slug, language)) for slug in ("kon-pring", "kon-ko-tu", "vi-ro-ngheo")]
        shelf = {"products": [], "set_number": None, "eyebrow": "", "text": "", "sunken": False}
        return [
            {"type": "groups", "value": {}},
            {
                "type": "shelf",
                "value": {
                    **shelf,
                    "title": words["season"],
                    "rule": "season",
                    "count": 4,
                    "link": words["season_link"],
                    "link_address": "/san-pham/",
                },
            },
            {
                "type": "shelf",
                "value": {
                    **shelf,
                    "title": words["stars"],
                    "text": words["stars_text"],
                    "rule": "stars",
                    "count": 8,
                    "sunken": True,
                    "link": words["stars_link"],
                    "link_address": "/san-pham/",
                },
            },
            {
                "type": "gifts",
                "value": {"title": words["gifts"], "combos": [], "count": 3, "link": words["gifts_link"]},
            },
            {
                "type": "reasons",
                "value": {
                    "title": words["why"],
                    "reasons": [{"title": title, "text": text} for title, text in words["reasons"]],
                    "link": words["why_link"],
                    "link_address": "/tra-cuu/",
                },
            },
            {"type": "region", "value": {"title": words["map"], "text": words["map_text"]}},
            {"type": "story", "value": {"page": story.pk if story else None}},
            {
                "type": "places",
                "value": {
                    "title": words["villages"],
                    "pages": [page.pk for page in villages if page],
                    "link": words["villages_link"],
                },
            },
            {"type": "news", "value": {"title": words["news_shelf"], "count": 3}},
        ]

    def glossary(self, homes: dict[str, Page]) -> None:
        with (DATA / "glossary.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        first: Any = None
        for language in LANGUAGES:
            words = self.words[language]
            key = first.translation_key if first else None
            page = self.put(
                homes[language],
                PlainPage,
                "thuat-ngu",
                language,
                key,
                title=words["glossary"],
                lead=words["glossary_lead"],
                search_description=words["glossary_lead"],
            )
            first = first or page
            self.pages["page", "thuat-ngu", language] = page
            cells = [
                [
                    f"<p><b>{inline(row[f'term_{language}'], _nowhere)}</b></p>",
                    f"<p>{inline(row[f'meaning_{language}'], _nowhere)}</p>",
                ]
                for row in rows
            ]
            table = {
                "columns": [{"type": "text", "heading": heading} for heading in words["glossary_columns"]],
                "rows": [{"values": row} for row in cells],
                "caption": "",
            }
            self.write(page, [{"type": "table", "value": table}])

    def news(self, parents: dict[str, Any]) -> None:
        """One piece in Vietnamese only: under /en/ it is an alias that says so."""
        facts = self.facts["news"]
        svg = scenes.scene("yard", "dawn", 9, 1600, 900, title=scenes.TITLES["yard"])
        image = image_draw(svg=svg, title=facts["title"], alt=f"Tranh: {scenes.TITLES['yard']}")
        page = self.put(
            parents["vi"], NewsPage, facts["slug"], "vi", None, title=facts["title"], lead=facts["lead"],
            search_description=facts["lead"], picture=image, picture_alt=image.description,
        )  # fmt: skip
        self.write(page, [{"type": "text", "value": facts["text"]}])
        if not page.has_translation(parents["en"].locale):
            page.copy_for_translation(parents["en"].locale, copy_parents=True, alias=True)

    # -- site-wide
    def market(self) -> None:
        site = Site.objects.get(is_default_site=True)
        Operator.objects.update_or_create(site=site, defaults={**self.facts["operator"], "is_sample": True})
        terms, _ = MarketTerms.objects.get_or_create(site=site)
        for order, (key, (value, english)) in enumerate(sorted(self.facts["terms"].items())):
            MarketTerm.objects.update_or_create(
                terms=terms, key=key, defaults={"value": value, "value_en": english, "sort_order": order}
            )
        Menu.objects.all().delete()
        for position, (place, title, english, entries) in enumerate(self.facts["menus"]):
            menu = Menu.objects.create(place=place, title=title, title_en=english, position=position)
            for order, (text, text_en, address) in enumerate(entries):
                kind, _, slug = address.partition(":")
                names = {new: old for old, new in RENAMED.items()}
                page = self.pages.get(("page", names.get(slug, slug), "vi")) if kind == "page" else None
                if kind == "page" and page is None:
                    continue
                MenuItem.objects.create(
                    menu=menu, sort_order=order, text=text, text_en=text_en, page=page, address="" if page else address
                )

    def moderation(self) -> None:
        """Who may write but not publish hands in; the editors approve."""
        grant()
        group = Group.objects.get(name="editors")
        Workflow.objects.exclude(name="Duyệt bài").update(active=False)
        WorkflowPage.objects.all().delete()
        workflow, _ = Workflow.objects.get_or_create(name="Duyệt bài", defaults={"active": True})
        task = GroupApprovalTask.objects.filter(name="Biên tập viên duyệt").first()
        task = task or GroupApprovalTask.objects.create(name="Biên tập viên duyệt", active=True)
        task.groups.set([group])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
        WorkflowPage.objects.get_or_create(workflow=workflow, page=Page.objects.get(depth=1))


def _nowhere(kind: str, slug: str) -> str:
    return ""


def named(block: Block, key: str) -> Block:
    """A block with an id that is the same in every run."""
    return {**block, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, key))}


def hero(writer: Writer) -> CmsImage:
    svg = scenes.scene("ridges", "dawn", 7, 1600, 900, title=scenes.TITLES["ridges"])
    return image_draw(svg=svg, title="Núi Ngọc Linh buổi sớm", alt="Tranh: núi Ngọc Linh buổi sớm", widths=FRONT)


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    writer = Writer(out)
    homes = writer.homes()
    stories = writer.index(homes, StoryIndexPage, "cau-chuyen", "stories")
    tourism = writer.index(homes, TourismIndexPage, "du-lich", "tourism")
    news = writer.index(homes, NewsIndexPage, "tin-tuc", "news")
    parents = {"stories": stories, "places": tourism, "routes": tourism, "events": tourism, "pages": homes}
    for folder, kind in FOLDERS.items():
        for path in sorted((DATA / folder).glob("*.vi.md")):
            vietnamese = read(path)
            english = read(path.with_name(path.name.replace(".vi.md", ".en.md")))
            writer.make(kind, vietnamese, english, parents[folder])
    writer.write_all()
    writer.glossary(homes)
    writer.news(news)
    writer.market()
    writer.moderation()
    picture = hero(writer)
    for image in [*writer.images.values(), picture]:
        if max(image.picture.widths) < 1600:
            enlarge_drawing.using(priority=-50).enqueue(picture_id=image.picture_id)
    for language, home in homes.items():
        home.hero_picture = picture
        writer.write(home, writer.home_body(language, date.today().month))
    out(f"  {len(writer.pages)} pages, {len(writer.images) + 1} drawings")
