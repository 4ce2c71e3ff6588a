"""The page of reports: what each holds and for whom, of which cycle, and what is empty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Role
from files.models import Job
from supervision.reports import REPORTS, offered
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.visiting import Village, completed
from tests.factory import make_actor
from tests.suggestions.factory import accepted

pytestmark = pytest.mark.django_db

PAGE = "supervision:reports"


def page_of(client, actor):
    client.force_login(actor.user)
    return client.get(reverse(PAGE))


def test_each_report_one_may_have_says_what_it_holds_and_for_whom(client, county):
    shown = page_of(client, county.staff)
    assert [row["report"].name for row in shown.context["rows"]] == list(REPORTS)
    text = shown.content.decode()
    for report in REPORTS.values():
        assert str(escape(report.title)) in text and str(escape(report.about)) in text


def test_a_deputy_is_offered_the_visits_and_meetings_on_a_large_page(client):
    village = Village()
    completed(village)
    shown = page_of(client, village.deputy)
    assert [row["report"].name for row in shown.context["rows"]] == ["station_ledger", "deliberation"]
    assert [row["is_empty"] for row in shown.context["rows"]] == [False, True]
    assert 'class="large"' in shown.content.decode()


def test_an_empty_report_says_so_in_place_of_its_button(client, county):
    shown = page_of(client, county.stranger)
    assert all(row["is_empty"] for row in shown.context["rows"])
    assert reverse("supervision:make_report", args=["progress"]) not in shown.content.decode()
    accepted(county)
    shown = page_of(client, county.host)
    # nothing is late and nobody is dissatisfied
    assert {row["report"].name for row in shown.context["rows"] if row["is_empty"]} == {"dissatisfied", "deliberation"}


def test_without_a_cycle_there_is_none_to_choose(client, county):
    accepted(county)
    assert "<select" not in page_of(client, county.staff).content.decode()
    cycle = make_round().cycle
    text = page_of(client, county.staff).content.decode()
    assert f'<option value="{cycle.pk}">' in text and 'id="progress_cycle"' in text


def test_a_cycle_that_is_not_there_is_refused_and_nothing_is_made(client, county):
    accepted(county)
    make_round()
    client.force_login(county.staff.user)
    answer = client.post(reverse("supervision:make_report", args=["progress"]), {"cycle": "999999"})
    assert answer.status_code == 422
    assert answer.context["rows"][0]["form"].errors
    assert not Job.objects.exists()


def test_a_report_that_is_not_there_is_refused(client, county):
    client.force_login(county.staff.user)
    assert client.post(reverse("supervision:make_report", args=["nothing"])).status_code == 422


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.COUNTY_LEADER, Role.DELEGATION_OFFICER])
def test_who_may_have_none_is_told_so(client, role):
    actor = make_actor(role)
    assert offered(actor) == []
    assert page_of(client, actor).status_code == 403


def test_the_page_asks_the_database_the_same_for_any_number_of_cycles(client, county):
    client.force_login(county.staff.user)
    counts = []
    for number in range(3):
        make_round(title=f"议政{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        counts.append(len(queries))
    # the first one also looks for the post one acts under
    assert counts[1] == counts[2]
