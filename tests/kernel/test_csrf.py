import pytest
from django.test import Client
from django.urls import path

from kernel.middleware import SIGNED_IN_COOKIE  # noqa: F401  (keeps the name in one place)


def echo(request):
    from django.http import HttpResponse

    return HttpResponse("done")


urlpatterns = [path("form/", echo)]


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = __name__
    return Client(enforce_csrf_checks=True)


def test_a_form_on_a_cached_page_needs_no_token_from_our_own_host(client, db):
    assert client.post("/form/", HTTP_ORIGIN="http://testserver").status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://testserver", "http://testserver.evil.example"]
)
def test_a_foreign_origin_is_refused(client, db, origin):
    assert client.post("/form/", HTTP_ORIGIN=origin).status_code == 403


def test_without_an_origin_the_token_decides(client, db):
    assert client.post("/form/").status_code == 403
