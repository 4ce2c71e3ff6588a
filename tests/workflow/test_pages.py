"""Refusals as pages and as problem documents: each with its own status and its sentence."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.utils.translation import gettext
from rest_framework import exceptions

from accounts.models import Role
from tests.factory import make_user
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.problems import exception_handler

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.workflow.refusing_urls")]

STATUS = {"not_allowed": 403, "conflict": 409, "stale": 409, "invalid": 422, "gone": 404, "denied": 403, "broken": 500}
SAID = {"conflict": "The meeting is over.", "invalid": "The number 7 is taken."}


@pytest.fixture
def client():
    browser = Client(raise_request_exception=False)
    browser.force_login(make_user(Role.COMMITTEE_STAFF))
    return browser


@pytest.mark.parametrize("kind", STATUS)
def test_each_refusal_is_a_page_with_its_status(client, kind):
    for method in (client.get, client.post):
        response = method(f"/{kind}/")
        assert response.status_code == STATUS[kind]
        assert response["Content-Type"].startswith("text/html")
        assert "<h1" in response.content.decode()


@pytest.mark.parametrize("kind", SAID)
def test_the_page_says_why(client, kind):
    assert SAID[kind] in client.get(f"/{kind}/").content.decode()


def test_a_broken_page_tells_the_id_that_finds_its_log_line_and_nothing_else(client):
    response = client.get("/broken/")
    assert response["X-Request-ID"] in response.content.decode()
    assert "a secret of the house" not in response.content.decode()


def test_a_page_that_was_open_too_long_is_explained():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user(Role.COMMITTEE_STAFF))
    response = browser.post("/fine/")
    assert response.status_code == 403
    text = response.content.decode()
    assert "CSRF" not in text
    assert gettext("This page was open for too long") in text
    assert gettext("Not allowed") not in text


def test_a_malformed_request_is_a_page_too(client):
    assert client.get("/malformed/").status_code == 400


class TestProblems:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (NotAllowed(), 403, "not_allowed"),
            (Conflict("closed", "The meeting is over."), 409, "closed"),
            (Stale(), 409, "stale"),
            (Invalid("number", "taken", "Taken."), 422, "taken"),
            (Http404(), 404, "not_found"),
            (PermissionDenied(), 403, "not_allowed"),
            (exceptions.ValidationError({"title": ["Too long."]}), 422, "invalid"),
            (exceptions.NotAuthenticated(), 401, "not_authenticated"),
            (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
            (exceptions.ParseError(), 400, "parse_error"),
        ],
    )
    def test_each_refusal_is_a_problem_document(self, error, status, code):
        response = exception_handler(error, {})
        assert (response.status_code, response.data["status"], response.data["code"]) == (status, status, code)
        assert response.content_type == "application/problem+json"

    def test_a_wrong_input_is_named(self):
        data = exception_handler(Invalid("number", "taken", "The number %(number)s is taken.", number=7), {}).data
        assert data["errors"] == {"number": ["The number 7 is taken."]}
        data = exception_handler(exceptions.ValidationError({"title": ["Too long."]}), {}).data
        assert data["errors"] == {"title": ["Too long."]}

    def test_headers_of_an_answer_stay(self):
        assert exception_handler(exceptions.Throttled(wait=7), {})["Retry-After"] == "7"

    def test_what_nobody_foresaw_is_left_to_django(self):
        assert exception_handler(ZeroDivisionError(), {}) is None
