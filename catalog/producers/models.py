from django.db import models
from django.utils.translation import gettext_lazy as _


class Producer(models.Model):  # type: ignore[django-manager-missing]  # the plugin misses Product.producer
    """An OCOP subject (chủ thể OCOP). Each producer who sells has one Oscar partner."""

    class LegalForm(models.TextChoices):
        COOPERATIVE = "cooperative", _("cooperative (HTX)")
        GROUP = "group", _("cooperative group (THT)")
        COMPANY = "company", _("company")
        FARM = "farm", _("farm")
        HOUSEHOLD = "household", _("household business")
        ASSOCIATION = "association", _("association")
        UNKNOWN = "unknown", _("not recorded")

    class ContactPolicy(models.TextChoices):
        MARKET = "market", _("through the market only")
        PHONE = "phone", _("phone shown")

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    legal_form = models.CharField(max_length=12, choices=LegalForm.choices, default=LegalForm.UNKNOWN)
    commune = models.ForeignKey(
        "catalog_places.AdminUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=200, blank=True)
    registration_number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    contact_policy = models.CharField(max_length=8, choices=ContactPolicy.choices, default=ContactPolicy.MARKET)
    about = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    is_placeholder = models.BooleanField(default=False, help_text="stands for makers the register does not name")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProducerPaper(models.Model):
    """A paper of a producer or of one of its goods, with validity. Mandatory ones that lapse stop the sale."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="papers")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="own_papers"
    )
    kind = models.CharField(max_length=40, help_text="code, see content: dkkd, attp, kiem_nghiem…")
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    mandatory = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True, help_text="name in the private storage")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()
