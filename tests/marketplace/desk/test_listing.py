"""Listing goods: what is live stays as it is until the office has read the change."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.products.models import Product
from catalog.products.services import categories_load
from kernel.actors import SYSTEM, actor_for
from kernel.errors import NotPermitted
from marketplace.desk import services
from marketplace.desk.errors import NoPictures, RevisionMoved
from marketplace.desk.models import ListingRevision
from marketplace.desk.selectors import desk_of
from marketplace.desk.services.listing import pictures_of, token_of, values_of
from marketplace.inventory.selectors import available
from tests.factories import market
from tests.factories.people import browser, officer, owner_of
from tests.kernel.pictures.corpus import photo
from tests.marketplace.staff import change_of, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def sets():
    categories_load()


def _form(partner, **changes):
    given = {
        "set_number": "13", "title": "Cà phê chè", "net": "250", "unit": "g", "short": "Rang mộc",
        "photo": [token_of(partner.producer, picture())],
    }  # fmt: skip
    return given | changes


def test_a_new_product_goes_from_the_form_to_the_shop(sets):
    partner = market.seller()
    desk = browser(owner_of(partner))

    answer = desk.post("/ban-hang/mon/moi/", _form(partner, price="98.000", quantity="7"))
    revision = ListingRevision.objects.get()
    assert answer["Location"] == f"/ban-hang/mon/nhap/{revision.key}/xem-thu/"
    desk.post(answer["Location"])
    assert not Product.objects.filter(title="Cà phê chè").exists()

    browser(officer()).post(f"/van-phong/bai/{revision.pk}/duyet/")

    made = Product.objects.get(title="Cà phê chè")
    revision.refresh_from_db()
    assert (revision.state, revision.product) == ("approved", made)
    assert (made.producer, made.net_g, made.is_public, len(made.gtin)) == (partner.producer, 250, True, 14)
    assert int(made.stockrecords.get().price) == 98_000
    assert available([made.pk]) == {made.pk: 7}


def test_a_change_that_waits_leaves_the_live_version_as_it_is(sets):
    partner = market.seller()
    product = market.product(partner, title="Tên cũ")
    desk = browser(owner_of(partner))

    preview = desk.post(f"/ban-hang/mon/{product.pk}/sua/", _form(partner, title="Tên mới"))["Location"]
    desk.post(preview)

    product.refresh_from_db()
    assert product.title == "Tên cũ"
    revision = ListingRevision.objects.get()
    assert (revision.state, revision.data["title"], revision.base["title"]) == ("submitted", "Tên mới", "Tên cũ")

    services.listing_approve(actor=SYSTEM, revision_id=revision.pk)

    product.refresh_from_db()
    assert (product.title, product.short) == ("Tên mới", "Rang mộc")


def test_a_change_touches_only_what_it_changes():
    partner = market.seller()
    product = market.product(partner, title="Tên cũ", short="ngắn")
    revision = change_of(partner, product, title="Tên mới")
    Product.objects.filter(pk=product.pk).update(storage="nơi khô ráo")

    services.listing_approve(actor=SYSTEM, revision_id=revision.pk)

    product.refresh_from_db()
    assert (product.title, product.short, product.storage) == ("Tên mới", "ngắn", "nơi khô ráo")


def test_without_a_photo_nothing_is_sent():
    partner = market.seller()
    product = market.product(partner)
    draft = services.listing_save(
        actor=SYSTEM, producer=partner.producer, product=product, data=values_of(product), pictures=[]
    )

    with pytest.raises(NoPictures):
        services.listing_submit(actor=SYSTEM, revision=draft)

    answer = browser(owner_of(partner)).post(f"/ban-hang/mon/nhap/{draft.key}/xem-thu/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/ban-hang/mon/nhap/{draft.key}/"
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_second_change_takes_the_first_back():
    partner = market.seller()
    product = market.product(partner)

    first, second = change_of(partner, product, short="một"), change_of(partner, product, short="hai")

    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "submitted")


def test_what_waits_can_not_be_edited_under_the_offices_eyes(sets):
    partner = market.seller()
    product = market.product(partner)
    revision = change_of(partner, product, short="một")

    with pytest.raises(RevisionMoved):
        services.listing_save(
            actor=SYSTEM, producer=partner.producer, product=product, revision=revision, data={}, pictures=[]
        )

    answer = browser(owner_of(partner)).post(f"/ban-hang/mon/nhap/{revision.key}/", _form(partner, title="Lén"))
    assert answer.status_code == 409
    revision.refresh_from_db()
    assert revision.data["short"] == "một"


def test_the_tokens_of_another_producers_photos_do_nothing():
    mine, other = market.seller(), market.seller()

    tokens = [token_of(other.producer, picture()), "broken", token_of(mine.producer, 5)]

    assert pictures_of(mine.producer, tokens) == [5]


def test_a_photo_is_taken_in_and_a_text_file_is_refused_with_words():
    desk = browser(owner_of(market.seller()))

    good = desk.post("/ban-hang/mon/anh/", {"photo": io.BytesIO(photo(size=(640, 480)))})
    bad = desk.post("/ban-hang/mon/anh/", {"photo": SimpleUploadedFile("a.jpg", b"hello, not a photo")})

    assert good.status_code == 201 and good.json()["token"]
    assert 400 <= bad.status_code < 500 and bad.json()["message"]


def test_a_half_filled_form_comes_back_with_the_words_typed(sets):
    partner = market.seller()

    answer = browser(owner_of(partner)).post(
        "/ban-hang/mon/moi/", _form(partner, title="", short="Lời đã gõ", price="chín mươi", quantity="1")
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "price"}
    assert "Lời đã gõ" in answer.content.decode()
    assert not ListingRevision.objects.exists()


def test_what_came_back_is_mended_and_sent_again(sets):
    partner = market.seller()
    product = market.product(partner)
    revision = change_of(partner, product, title="Tên sai")
    services.listing_return(actor=SYSTEM, revision_id=revision.pk, answers={"title": "Ghi đúng nhãn."}, note="")
    desk = browser(owner_of(partner))

    preview = desk.post(f"/ban-hang/mon/nhap/{revision.key}/", _form(partner, title="Tên đúng"))["Location"]
    desk.post(preview)

    revision.refresh_from_db()
    assert (revision.state, revision.data["title"], revision.answers) == ("submitted", "Tên đúng", {})


def test_a_producer_can_not_approve_his_own_listing():
    partner = market.seller()
    revision = change_of(partner, market.product(partner), title="Tên mới")
    user = owner_of(partner)

    with pytest.raises(NotPermitted):
        services.listing_approve(actor=desk_of(actor_for(user), None).actor, revision_id=revision.pk)
