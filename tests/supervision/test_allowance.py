"""The duty-allowance sheet: days from sign-ins, each once; off until the county sets a standard; print and Excel."""

from datetime import time, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Attendance, Meeting
from deliberations.transitions.training import sign_in
from stations.models import Duty, ReceptionDay
from tests.deliberations.trainees import School
from tests.factory import make_actor, make_mandate
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow import clock
from workflow.models import RuleSet, RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def school():
    return School()


def paying(yuan=80):
    rules = RuleSet.objects.create(valid_from=TODAY - timedelta(400), note="主任会议")
    RuleValue.objects.create(rule_set=rules, key="allowance_per_day", value=yuan)


def url(school, name="allowance", **asked):
    return reverse(f"supervision:{name}", args=[school.station.pk]) + (
        "?" + "&".join(f"{k}={v}" for k, v in asked.items())
    )


def shown(school, actor=None, **asked):
    return signed_in(actor or school.liaison).get(url(school, **asked))


def duty(school, mandate, ago=0, state="PRESENT", status="HELD"):
    day, _made = ReceptionDay.objects.get_or_create(
        station=school.station,
        on=TODAY - timedelta(ago),
        starts_at=time(9),
        defaults={"ends_at": time(11), "status": status, "cancel_reason": "防汛" if status == "CANCELLED" else ""},
    )
    Duty.objects.create(day=day, mandate=mandate, state=state)


def attended(school):
    """Training, duty and meeting on one day, and a duty the day before."""
    training = school.plan(0)
    sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    lead = school.mandates[0]
    duty(school, lead)
    duty(school, lead, 1)
    meeting = Meeting.objects.create(
        kind="DELIBERATION",
        status="CLOSED",
        cycle=school.round.cycle,
        station=school.station,
        held_on=TODAY,
        place="会议室",
        created_at=clock.now(),
    )
    Attendance.objects.create(meeting=meeting, part="DEPUTY", mandate=lead, name=lead.person.name)


def test_without_a_standard_the_page_says_that_none_is_paid(school):
    attended(school)
    got = shown(school)
    assert got.status_code == 200 and got.context["per_day"] == 0 and got.context["rows"] == []
    assert "未设定补助标准" in signed_in(school.liaison).get(url(school, "allowance_sheet")).content.decode()


def test_a_day_counts_once_whatever_was_attended(school):
    paying()
    attended(school)
    duty(school, school.mandates[1], 2, state="LEAVE")
    duty(school, school.mandates[1], 3, state="PRESENT", status="CANCELLED")
    got = shown(school)
    (row,) = got.context["rows"]
    assert (row.mandate, row.count, row.told) == (school.mandates[0], 2, "接待2、培训1、议政会1")
    assert (got.context["days"], got.context["amount"]) == (2, 160)


def test_only_who_is_ticked_receives(school):
    paying()
    attended(school)
    duty(school, school.mandates[1], 2)
    second = school.mandates[1].person_id
    assert shown(school).context["days"] == 3
    assert shown(school, chosen=1, who=second).context["days"] == 1
    assert shown(school, chosen=1).context["days"] == 0
    assert shown(school, chosen=1, who="x").context["days"] == 0
    words = signed_in(school.liaison).get(url(school, "allowance_sheet", chosen=1, who=second)).content.decode()
    assert "王秀兰" in words and "周大爷" not in words and "签名" in words


def test_another_month_a_cycle_and_a_month_that_is_none(school):
    paying()
    attended(school)
    assert shown(school, month="2020-01").context["rows"] == []
    assert shown(school, cycle=school.round.cycle.pk).context["days"] == 2
    for bad in ("2026-13", "x", "0000-01", "２０２６-01"):
        assert shown(school, month=bad).status_code == 422
        assert signed_in(school.liaison).get(url(school, "allowance_workbook", month=bad)).status_code == 422
    assert shown(school, cycle=999999).status_code == 422


def test_as_excel_with_sums(school):
    paying()
    attended(school)
    got = signed_in(school.liaison).get(url(school, "allowance_workbook"))
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(got.content)).active.iter_rows()]
    assert [1, "周大爷", "县人大代表", "接待2、培训1、议政会1", 2, 80, 160, None] in [row[:8] for row in cells]


@pytest.mark.parametrize(
    ("who", "expected"), [("staff", 200), ("liaison", 200), ("other_liaison", 403), ("deputy", 403)]
)
def test_who_sees_it(school, who, expected):
    for name in ("allowance", "allowance_sheet", "allowance_workbook"):
        assert signed_in(getattr(school, who)).get(url(school, name)).status_code == expected
    assert signed_in(make_actor(Role.ORGAN_HANDLER)).get(url(school)).status_code == 403


def test_twenty_deputies_cost_as_many_queries_as_ten(school):
    paying()

    def queries():
        client = signed_in(school.liaison)
        client.get(url(school))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(school)).status_code == 200
        return len(asked)

    for _ in range(10):
        duty(school, make_mandate(station=school.station))
    few = queries()
    for _ in range(10):
        duty(school, make_mandate(station=school.station))
    assert queries() == few
