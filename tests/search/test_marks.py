"""Services that write past `save()` are heard all the same."""

import pytest

from catalog.certification.models import Certificate
from catalog.certification.services import certificate_revoke
from kernel import clock
from kernel.actors import SYSTEM
from marketplace.sellers.services import price_set
from search.models import Change
from tests.factories import market

pytestmark = pytest.mark.django_db


def marked():
    return set(Change.objects.filter(kind="product").values_list("object_id", flat=True))


def test_a_new_price_marks_its_product(django_capture_on_commit_callbacks):
    product = market.product()
    Change.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        price_set(actor=SYSTEM, product=product, price=1000)

    assert marked() == {product.pk}


def test_a_revoked_certificate_marks_its_product(django_capture_on_commit_callbacks):
    product = market.product()
    certificate = Certificate.objects.create(
        product=product, number="1", stars=3, state="valid", issued_on=clock.today(), expires_on=clock.today()
    )
    Change.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        certificate_revoke(actor=SYSTEM, certificate_id=certificate.pk, reason="x")

    assert marked() == {product.pk}
