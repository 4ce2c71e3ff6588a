"""What a request says of itself is not believed: its host, its proxy, where it wants to go on to."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from tests.factory import make_user

pytestmark = pytest.mark.django_db

FORGED = {
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PORT": "8443",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_FORWARDED": "host=evil.example;proto=https",
    "HTTP_X_ORIGINAL_URL": "/accounts/desk/",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "a b"])
def test_a_strange_host_is_refused_without_telling_anything(client, host):
    answer = client.get(reverse("accounts:sign_in"), HTTP_HOST=host)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "evil" not in page and "Traceback" not in page and "ALLOWED_HOSTS" not in page


def test_what_a_proxy_would_say_changes_nothing_when_there_is_none(client):
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    plain, forged = client.get("/"), client.get("/", **FORGED)
    assert forged.status_code == plain.status_code == 200
    assert "evil" not in forged.content.decode()
    assert not forged.wsgi_request.is_secure() and forged.wsgi_request.get_host() == plain.wsgi_request.get_host()


def test_a_link_for_a_password_is_built_on_the_address_that_was_set_up(client):
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    typed = {"name": "李红", "role": Role.STATION, "since": "2026-03-16"}
    answer = client.post(reverse("accounts:open"), typed, **FORGED)
    assert answer.status_code == 200 and "evil" not in answer.context["address"]


def test_a_form_sent_from_another_site_is_refused():
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(reverse("accounts:sign_in"))
    typed = {"username": "x", "password": "y", "csrfmiddlewaretoken": page.context["csrf_token"]}
    answer = browser.post(reverse("accounts:sign_in"), typed, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/.git/config", "/static/../config/settings.py", "/media/x", "/var/portal.sqlite3"])
def test_what_is_no_page_is_not_served(client, path):
    assert client.get(path).status_code in (302, 404)
