"""The description: valid, without warnings, complete, open, and the same as what is answered."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Role
from config.api import READ
from tests.factory import make_actor


@pytest.fixture(scope="module")
def described():
    return Client().get("/api/schema/").json()


def test_it_is_valid_and_nothing_warns():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_it_is_openapi_3_1_and_open(described):
    assert described["openapi"].startswith("3.1")
    assert {"key", "session"} == set(described["components"]["securitySchemes"])


def test_every_kind_is_a_list_and_a_row(described):
    for name in READ:
        assert set(described["paths"][f"/api/v1/{name}/"]) >= {"get"}
        assert "get" in described["paths"][f"/api/v1/{name}/{{id}}/"]


def test_every_operation_names_its_problems(described):
    for path, operations in described["paths"].items():
        for method, told in operations.items():
            answers = set(told["responses"])
            assert {"401", "403", "422", "429"} <= answers, (path, method)
            assert ("404" in answers) == ("{" in path), path
            assert ({"400", "409", "413", "415"} <= answers) == (method == "post"), path


def test_acts_are_described_by_their_forms(described):
    path = described["paths"]["/api/v1/replies/{id}/acts/sign_reply/"]["post"]
    assert set(path["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    parts = path["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert parts["scan"]["format"] == "binary" and parts["letter_on"]["format"] == "date"
    two = described["paths"]["/api/v1/replies/{id}/acts/evaluate/"]["post"]["requestBody"]["content"]
    assert len(two["application/json"]["schema"]["anyOf"]) == 2


def test_the_example_of_an_act_is_what_its_form_asks(described):
    shown = 0
    for path, operations in described["paths"].items():
        body = operations.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in body.get("schema", {}).get("examples", ()):
            shown += 1
            known = body["schema"].get("anyOf", [body["schema"]])
            assert any(set(one["required"]) <= set(example) <= set(one["properties"]) for one in known), path
    assert shown == 6


def test_no_column_of_a_secret_is_described(described):
    text = str(described)
    for secret in ("qr_token", "phone_sealed", "name_sealed", "password", "digest'", "search_text", "head_hash"):
        assert secret not in text, secret


@pytest.mark.django_db
def test_the_page_to_read_it_is_served_from_here():
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<style" not in text and "//cdn" not in text and "onload" not in text
    script = Client().get("/api/docs/?script=")
    assert script.status_code == 200 and "/api/schema/" in script.content.decode()


@pytest.mark.django_db
def test_the_account_page_leads_to_keys_and_description():
    client = Client()
    client.force_login(make_actor(Role.COMMITTEE_STAFF).user, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/accounts/me/").content.decode()
    assert "/accounts/me/keys/" in page and "/api/docs/" in page
