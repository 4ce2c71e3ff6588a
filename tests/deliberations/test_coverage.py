"""Which station has come how far: the matrix, the warning weeks ahead, planned and actual days, the workbook."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from deliberations.coverage import coverage, step_days
from deliberations.models import Visit
from deliberations.transitions import notices, preparation
from deliberations.transitions.planning import StationRow
from tests.deliberations.cycle_factory import issue, make_round, mobilised, paper, propose, receipt_of, select, training
from tests.deliberations.planning_factory import arranged, make_leader, person_of, planned
from tests.factory import make_actor, make_station
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow import clock
from workflow.models import RuleSet, RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def visited(round_, station=None, on=TODAY, status="RECORDED", leaders=()):
    row = Visit.objects.create(
        client_id=uuid4(), station=station or round_.station, cycle=round_.cycle, on=on, status=status,
        place="南门村", created_at=clock.now(), recorded_by=round_.staff.user,
    )  # fmt: skip
    row.leaders.set(leaders)
    return row


def of(round_, station=None):
    return next(row for row in coverage(round_.cycle) if row.station == (station or round_.station))


def get(actor, name, round_):
    return signed_in(actor).get(reverse(f"deliberations:{name}", args=[round_.cycle.pk]))


def test_each_station_shows_its_leader_its_notice_its_training_and_its_visits():
    round_ = mobilised()
    leader, of_group = make_leader(), make_leader("王主任")
    arranged(round_, leader)
    arranged(round_, of_group, stations={row.pk: _row(row, round_, leader) for row in round_.cycle.stations.all()})
    notice = issue(round_)
    notices.receive_notice(receipt_of(round_.station, notice), actor=round_.liaison)
    own = {"station": round_.station, "on": TODAY - timedelta(2)}
    preparation.record_training(round_.cycle, training(**own), actor=round_.staff, version=round_.version)
    visited(round_, on=TODAY - timedelta(3), leaders=[person_of(leader)])
    visited(round_)
    visited(round_, status="ANNULLED")
    first, second = of(round_), of(round_, round_.other)
    assert [person.name for person in first.leaders] == ["李主任"]
    assert not first.by_group
    assert [person.name for person in second.leaders] == ["王主任"]
    assert second.by_group
    assert (first.is_notified, second.is_notified) == (True, False)
    assert (first.trained_on, second.trained_on) == (TODAY - timedelta(2), None)
    assert (first.visits, first.visited, first.with_leader) == (2, (TODAY - timedelta(3), TODAY), 1)
    page = get(round_.staff, "coverage", round_).content.decode()
    for word in ("李主任", "王主任", round_.station.name, round_.other.name):
        assert word in page


def _row(row, round_, leader):
    return StationRow(0, [person_of(leader)] if row.station_id == round_.station.pk else ())


def test_a_leader_finds_the_stations_of_their_own_first():
    round_ = make_round()
    leader = make_leader()
    arranged(round_, leader)
    own = get(leader, "coverage", round_).context["own"]
    assert [row.station for row in own] == [round_.station, round_.other]
    assert get(round_.staff, "coverage", round_).context["own"] == []


def test_an_unvisited_station_stands_out_three_weeks_before_the_visits_end():
    round_ = make_round(60)
    planned(round_, VISITS=(TODAY, TODAY + timedelta(30)))
    assert not of(round_).is_unvisited
    with noon(TODAY + timedelta(8)):
        assert not of(round_).is_unvisited
    with noon(TODAY + timedelta(9)):
        assert of(round_).is_unvisited
        assert get(round_.staff, "coverage", round_).context["unvisited"] == 2
        assert "is-late" in get(round_.staff, "coverage", round_).content.decode()
        visited(round_)
        assert not of(round_).is_unvisited
        assert of(round_, round_.other).is_unvisited


def test_without_planned_visits_a_stations_own_meeting_is_their_end():
    round_ = make_round(60)
    row = round_.cycle.stations.get(station=round_.station)
    row.planned_on = TODAY + timedelta(61)
    row.save()
    assert of(round_).visits_end_on == TODAY + timedelta(61)
    assert of(round_, round_.other).visits_end_on == TODAY + timedelta(60)


def test_the_county_says_how_many_days_ahead():
    round_ = make_round(60)
    planned(round_, VISITS=(TODAY, TODAY + timedelta(30)))
    rule_set = RuleSet.objects.create(valid_from=TODAY)
    RuleValue.objects.create(rule_set=rule_set, key="visit_warning_days", value=40)
    assert of(round_).is_unvisited


def test_what_is_concluded_is_not_warned_of():
    round_ = make_round(10)
    assert of(round_).is_unvisited
    round_.cycle.status = "CONCLUDED"
    assert not of(round_).is_unvisited


def test_planned_and_actual_days_stand_side_by_side():
    round_ = mobilised()
    planned(round_)
    issue(round_)
    preparation.record_training(round_.cycle, training(), actor=round_.staff, version=round_.version)
    days = {row.step: row for row in step_days(round_.cycle)}
    assert (days["TOPICS"].first, days["TOPICS"].last) == (TODAY, TODAY)
    assert (days["TRAINING"].first, days["TRAINING"].last) == (TODAY, TODAY)
    assert days["MOBILISATION"].first == TODAY
    assert (days["VISITS"].first, days["VISITS"].last, days["VISITS"].remark) == (None, None, "")
    assert days["TOPICS"].remark == ""
    with noon(TODAY + timedelta(31)):
        late = {row.step: row for row in step_days(round_.cycle)}["VISITS"]
        assert str(late.remark) in ("should have begun", "应已开始")
        visited(round_, on=TODAY + timedelta(31))
        late = {row.step: row for row in step_days(round_.cycle)}["VISITS"]
        assert str(late.remark) in ("began later than planned", "比计划晚开始")
    with noon(TODAY + timedelta(45)):
        visited(round_, on=TODAY + timedelta(45))
        late = {row.step: row for row in step_days(round_.cycle)}["VISITS"]
        assert str(late.remark) in ("went on beyond the plan", "超出计划时间")


def test_a_paper_older_than_what_was_typed_in_is_where_the_topics_began():
    round_ = make_round()
    select(round_, propose(round_), minutes=paper(on=TODAY - timedelta(3)))
    topics = step_days(round_.cycle)[0]
    assert (topics.first, topics.last) == (TODAY - timedelta(3), TODAY - timedelta(3))


def test_a_step_without_plan_says_nothing():
    assert {row.remark for row in step_days(make_round().cycle)} == {""}


def test_the_workbook_holds_the_same():
    round_ = make_round(10)
    arranged(round_, make_leader())
    visited(round_)
    answer = get(round_.staff, "coverage_workbook", round_)
    assert "attachment" in answer["Content-Disposition"]
    matrix, steps = load_workbook(BytesIO(answer.content)).worksheets
    rows = {row[1]: row for row in matrix.iter_rows(min_row=4, values_only=True) if row[1]}
    assert rows[round_.station.name][3] == "李主任"
    assert (rows[round_.station.name][7], rows[round_.station.name][13]) == (1, None)
    assert rows[round_.other.name][7] == 0
    assert "尚未走访" in rows[round_.other.name][13]
    assert [row[0] for row in steps.iter_rows(min_row=4, max_row=7, values_only=True)] == [
        "精选议题", "深入培训", "广泛动员", "走访选民",
    ]  # fmt: skip


def test_it_is_read_within_the_committee():
    round_ = make_round()
    wanted = {Role.CHAIRPERSON: 200, Role.STATION: 403, Role.DEPUTY: 403, Role.SYSTEM_ADMIN: 404}
    for role, status in wanted.items():
        for name in ("coverage", "coverage_workbook"):
            assert get(make_actor(role), name, round_).status_code == status, (role, name)


def test_a_cycle_without_stations_says_so():
    round_ = make_round()
    round_.cycle.stations.all().delete()
    page = get(round_.staff, "coverage", round_)
    assert page.status_code == 200
    assert page.context["rows"] == []
    assert get(round_.staff, "coverage_workbook", round_).status_code == 200


def test_forty_stations_take_as_many_queries_as_two():
    def queries(round_):
        client = signed_in(round_.staff)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("deliberations:coverage", args=[round_.cycle.pk])).status_code == 200
        return len(seen)

    few, many = make_round(), make_round(title="另一轮")
    for round_ in (few, many):
        arranged(round_, make_leader())
        visited(round_)
    group = many.cycle.groups.get()
    for _ in range(38):
        station = make_station()
        many.cycle.stations.create(station=station, group=group)
        visited(many, station)
    assert queries(many) == queries(few) <= 26
