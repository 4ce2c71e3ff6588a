"""Lists: page by page, narrowed by what is named, the same number of queries however many rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from config.api import READ
from stations.models import Station
from suggestions.models import Suggestion
from tests.factory import make_actor, make_mandate, make_station, make_township
from tests.suggestions.factory import TODAY, evaluate, make_county, noon, replied, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of(make_actor(Role.COMMITTEE_STAFF))


def client_of(actor):
    client = Client()
    client.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
    return client


def codes(page):
    return [row["code"] for row in page["results"]]


class TestPages:
    def test_every_row_comes_once_forward_and_back(self, staff):
        for number in range(7):
            make_station(code=f"S{number}")
        url, seen, pages = "/api/v1/stations/?page_size=3", [], []
        while url:
            page = staff.get(url).json()
            seen, url, pages = seen + codes(page), page["next"], [*pages, page]
        assert seen == [f"S{number}" for number in range(7)]
        assert [len(page["results"]) for page in pages] == [3, 3, 1]
        back = staff.get(pages[-1]["previous"]).json()
        assert codes(back) == ["S3", "S4", "S5"]
        assert codes(staff.get(back["previous"]).json()) == ["S0", "S1", "S2"]
        assert staff.get(back["previous"]).json()["previous"] is None

    def test_what_comes_in_meanwhile_doubles_and_skips_nothing(self, staff):
        for number in (1, 3, 5, 7):
            make_station(code=f"S{number}")
        page = staff.get("/api/v1/stations/?page_size=2").json()
        make_station(code="S0")
        Station.objects.filter(code="S3").delete()
        assert codes(staff.get(page["next"]).json()) == ["S5", "S7"]

    def test_beyond_the_last_row_is_an_empty_page(self, staff):
        for number in (1, 2, 3):
            make_station(code=f"S{number}")
        after = staff.get("/api/v1/stations/?page_size=2").json()["next"]
        Station.objects.filter(code="S3").delete()
        assert staff.get(after).json() == {"next": None, "previous": None, "results": []}

    @pytest.mark.parametrize("cursor", ["x", "a", "b", "axx", "aWyJTMSJd", "a" + "x" * 3000, "%00"])
    def test_what_is_no_cursor_is_refused(self, staff, cursor):
        answer = staff.get(f"/api/v1/stations/?cursor={cursor}")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cursor"])

    @pytest.mark.parametrize("size", ["0", "101", "-1", "x", "1.5", "9" * 5000, "５"])
    def test_a_page_has_one_to_a_hundred_rows(self, staff, size):
        answer = staff.get("/api/v1/stations/", {"page_size": size})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["page_size"])

    def test_the_next_page_keeps_the_filters(self, staff):
        town = make_township("南山乡")
        for number in range(3):
            make_station(code=f"S{number}", township=town)
            make_station(code=f"T{number}")
        page = staff.get(f"/api/v1/stations/?township={town.pk}&page_size=2").json()
        assert codes(page) + codes(staff.get(page["next"]).json()) == ["S0", "S1", "S2"]


class TestFilters:
    @pytest.mark.parametrize(
        "asked",
        [
            "lead__person__phone=1", "facts__contains=x", "search_text=x", "status=", "status=DRAFT&status=CLOSED",
            "status=NONE", "lead=0", "lead=x", "lead=9999999999999999999999", "is_key=1", "since=2026-2-30",
            "light=tomorrow", "format=api", "page=2", "q=%00",
        ],
    )  # fmt: skip
    def test_what_is_not_named_or_not_meant_is_refused(self, staff, asked):
        answer = staff.get(f"/api/v1/suggestions/?{asked}")
        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [asked.partition("=")[0]]

    def test_a_row_takes_no_parameters(self, staff):
        station = make_station()
        assert staff.get(f"/api/v1/stations/{station.pk}/?q=x").status_code == 422

    def test_a_key_that_nobody_has_finds_nothing_like_one_that_is_hidden(self):
        county = make_county()
        case = submitted(county)
        other = client_of(county.stranger)
        for key in (case.pk, case.pk + 1000):
            assert other.get(f"/api/v1/assignments/?suggestion={key}").json()["results"] == []

    def test_a_county_s_filters_narrow_as_its_pages_do(self):
        county = make_county()
        with noon(TODAY):
            case = replied(county).assignment.suggestion
            submitted(county)
            client = client_of(county.staff)
            for asked in (
                f"organ={county.bureau.pk}",
                "status=REPLIED",
                "waits=evaluation",
                f"field={county.field.pk}",
            ):
                rows = client.get(f"/api/v1/suggestions/?{asked}").json()["results"]
                assert [row["id"] for row in rows] == [case.pk], asked
            assert client.get("/api/v1/suggestions/?light=overdue").json()["results"] == []

    def test_drafts_are_there_only_where_they_are_asked_for(self):
        county = make_county()
        case = submitted(county)
        Suggestion.objects.filter(pk=case.pk).update(status="DRAFT")
        client = client_of(county.staff)
        assert client.get("/api/v1/suggestions/").json()["results"] == []
        assert len(client.get("/api/v1/suggestions/?status=DRAFT").json()["results"]) == 1


class TestRows:
    def test_a_suggestion_says_where_it_stands_in_the_words_of_its_reader(self):
        county = make_county()
        with noon(TODAY):
            case = replied(county).assignment.suggestion
            said = {}
            for name in ("staff", "deputy", "host"):
                told = client_of(getattr(county, name)).get(f"/api/v1/suggestions/{case.pk}/").json()
                said[name] = told["stage"]
                assert told["lead"]["name"] == county.lead.person.name
                assert told["co_signers"][0]["id"] == county.second.pk
        assert len(set(said.values())) == 3

    def test_the_record_of_a_suggestion_is_told_as_on_its_page(self):
        county = make_county()
        with noon(TODAY):
            reply = replied(county)
            evaluate(county, reply)
        url = f"/api/v1/suggestions/{reply.assignment.suggestion_id}/events/"
        told = {name: client_of(getattr(county, name)).get(url).json()["results"] for name in ("staff", "host")}
        judged = {name: next(row for row in rows if row["verb"] == "evaluate") for name, rows in told.items()}
        assert judged["staff"]["who"].startswith(county.deputy.user.person.name)
        assert county.deputy.user.person.name not in judged["host"]["who"]
        assert [row["seq"] for row in told["staff"]] == sorted((row["seq"] for row in told["staff"]), reverse=True)
        assert client_of(county.stranger).get(url).status_code == 404

    def test_a_number_is_told_in_one_row_and_to_whom_its_page_shows_it(self):
        county = make_county()
        county.lead.person.phone = "13900001111"
        county.lead.person.save()
        for name, wanted in (("staff", "13900001111"), ("liaison", "13900001111"), ("host", None), ("co_signer", None)):
            client = client_of(getattr(county, name))
            assert client.get(f"/api/v1/mandates/{county.lead.pk}/").json()["phone"] == wanted, name
            assert "13900001111" not in client.get("/api/v1/mandates/").content.decode()


def _rows(county, many):
    for _ in range(many):
        reply = replied(county)
        evaluate(county, reply)
        make_mandate(station=make_station())


def test_a_list_takes_as_many_queries_for_twenty_rows_as_for_ten():
    county = make_county()
    asked = {}
    for _round in range(2):
        with noon(TODAY):
            _rows(county, 4)
            for label in ("staff", "deputy", "host", "liaison"):
                client = client_of(getattr(county, label))
                for name in READ:
                    with CaptureQueriesContext(connection) as queries:
                        client.get(f"/api/v1/{name}/?page_size=100")
                    asked.setdefault((label, name), []).append(len(queries))
    assert {key: counts for key, counts in asked.items() if counts[0] < counts[1]} == {}
    assert max(counts[1] for counts in asked.values()) <= 12


def test_head_is_get_without_its_body(staff):
    answer = staff.head("/api/v1/stations/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_an_address_that_is_none_and_a_fault_of_ours_are_problems_too(staff, settings, monkeypatch):
    answer = staff.get("/api/v1/no-such-thing/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    monkeypatch.setattr(READ["stations"], "visible", lambda *_: 1 / 0)
    staff.raise_request_exception = False
    answer = staff.get("/api/v1/stations/")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
