from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernel.pictures.addresses import picture_url, srcset
from kernel.pictures.keys import new_key


class Picture(models.Model):
    """A picture and its sizes. It does not know what it shows: products, stories and papers point at it.

    The file that came in lies in the private storage and is never served; pages get re-encoded sizes under a
    name of our own, `pictures/<key>/<width>.webp` and `.jpg`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        REFUSED = "refused", _("refused")

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=20, default="product")
    alt_vi = models.CharField(_("description"), max_length=200, blank=True)
    alt_en = models.CharField(_("description in English"), max_length=200, blank=True)
    illustration = models.BooleanField(_("illustration"), default=False)
    original = models.CharField(max_length=200, blank=True, editable=False)
    original_kind = models.CharField(max_length=8, blank=True, editable=False)
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    fault = models.CharField(max_length=40, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    tint = models.PositiveSmallIntegerField(default=0, editable=False)
    widths = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt_vi or self.key

    @property
    def alt(self) -> str:
        """What it shows, in the language of the page."""
        return (self.alt_en or self.alt_vi) if get_language() == "en" else self.alt_vi

    @property
    def ready(self) -> bool:
        """Whether there is at least one size to show. A redrawn picture keeps its former sizes meanwhile."""
        return bool(self.widths)

    @property
    def src(self) -> str:
        """The address that old browsers take: the size of a card, as JPEG. Empty while there is none."""
        return picture_url(self, 400, "jpg") if self.widths else ""

    @property
    def sources(self) -> list[dict[str, str]]:
        """What a `<source>` needs."""
        offered = [(form, srcset(self, form)) for form in ("avif", "webp")] if self.widths else []
        return [{"type": f"image/{form}", "srcset": sizes} for form, sizes in offered if sizes]

    def path(self, width: int, form: str = "webp") -> str:
        """The name of one size in the public storage."""
        return f"pictures/{self.key}/{width}.{form}"

    def height_at(self, width: int) -> int:
        """The height that keeps the shape."""
        return max(1, round(width * self.height / self.width)) if self.width else width
