"""Headers of every answer, and the id by which its lines are found."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Role
from config.middleware import HeadersMiddleware
from tests.factory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(client):
    return client.get(reverse("accounts:sign_in"))


@pytest.fixture
def private(client):
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    return client.get(reverse("supervision:workbench"))


@pytest.mark.parametrize("page", ["public", "private"])
def test_every_page_carries_the_headers(page, request):
    response = request.getfixturevalue(page)
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("page", ["public", "private"])
def test_the_content_policy_allows_this_site_only(page, request):
    policy = dict(
        part.strip().split(" ", 1) for part in request.getfixturevalue(page)["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


def test_pages_of_people_are_not_kept_by_the_browser(private):
    assert "no-store" in private["Cache-Control"]


def test_an_answer_that_says_itself_how_it_is_kept_is_left_alone():
    def answer(_request):
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    request = RequestFactory().get("/")
    request.user = make_user(Role.COMMITTEE_STAFF)
    assert HeadersMiddleware(answer)(request)["Cache-Control"] == "max-age=60"


def test_each_answer_has_an_id_of_its_own_and_none_from_outside(client):
    sent = {"X-Request-ID": "forged"}
    first, second = (client.get(reverse("accounts:sign_in"), headers=sent)["X-Request-ID"] for _ in range(2))
    assert first != second and "forged" not in (first, second)
    assert uuid.UUID(first)


def test_what_is_not_there_carries_them_too(client):
    response = client.get("/no-such-page/")
    assert response["X-Request-ID"] and response["Content-Security-Policy"]
