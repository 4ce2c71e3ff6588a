"""Last year's cycle as a template: what is taken over, how its days move, what is left out and said (R21)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Post, Role
from deliberations.models import Cycle, Topic
from deliberations.transitions import planning
from deliberations.transitions.copying import copy_cycle, draft
from stations.models import Station
from tests.deliberations.cycle_factory import make_round, propose
from tests.deliberations.planning_factory import arranged, make_leader, person_of, planned, row_of
from tests.factory import SINCE, make_actor, make_organ
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow.calendars import load_calendar
from workflow.engine import Invalid, NotAllowed

pytestmark = pytest.mark.django_db

#: A Wednesday a year later.
NEXT = date(2027, 5, 12)


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def round_():
    made = make_round()
    made.leader = make_leader()
    arranged(made, made.leader)
    planned(made)
    words = {"purpose": "坚持党的领导。", "requirements": "高度重视。"}
    made.cycle = planning.write_plan(made.cycle, actor=made.staff, version=made.version, **words)
    propose(made)
    return made


def address(round_):
    return reverse("deliberations:copy_cycle", args=[round_.cycle.pk])


def copied(round_, title="明年议政活动", day=NEXT):
    return copy_cycle(round_.cycle, actor=round_.staff, title=title, first_meeting_on=day)


def test_the_plan_is_taken_over_and_the_topics_are_not(round_):
    water = make_organ("县水利局")
    round_.cycle.groups.get().organs.add(water)
    new, left_out = copied(round_)
    assert left_out == []
    assert (new.year, new.copied_from, new.purpose, new.requirements) == (
        2027,
        round_.cycle,
        "坚持党的领导。",
        "高度重视。",
    )
    group = new.groups.get()
    assert (group.name, group.leader, group.members) == ("第一组", person_of(round_.leader), "周明、吴静")
    assert list(group.organs.all()) == [water]
    assert {row.station for row in group.stations.all()} == {round_.station, round_.other}
    assert [row.person for row in new.leader_contacts.all()] == [person_of(round_.leader)]
    assert new.steps.count() == 4
    assert not new.topics.exists()
    assert Topic.objects.count() == 1
    assert new.status == "PREPARING"
    event = new.events.get()
    assert event.detail.changes["copied_from"] == round_.cycle.title


def test_days_move_with_the_first_meeting_and_off_days_off(round_):
    calendar = load_calendar()
    new, _left_out = copied(round_)
    moved = NEXT - round_.cycle.first_meeting_on
    before = {row.step: row for row in round_.cycle.steps.all()}
    for row in new.steps.all():
        assert row.starts_on == calendar.next_working(before[row.step].starts_on + moved)
        assert row.ends_on >= row.starts_on
        assert row.ends_on <= NEXT
    group, former = new.groups.get(), round_.cycle.groups.get()
    assert group.starts_on == calendar.next_working(former.starts_on + moved)


def test_a_meeting_of_its_own_day_stays_behind_the_first(round_):
    row = row_of(round_)
    row.planned_on = round_.cycle.first_meeting_on + timedelta(1)
    row.save()
    new, _left_out = copied(round_, day=date(2027, 5, 14))
    calendar = load_calendar()
    planned_on = new.stations.get(station=round_.station).planned_on
    assert planned_on == calendar.next_working(date(2027, 5, 15))
    assert new.stations.get(station=round_.other).planned_on is None


def test_a_closed_station_and_leaders_out_of_office_are_left_out_and_named(round_):
    Station.objects.filter(pk=round_.other.pk).update(status="CLOSED")
    Post.objects.filter(pk=round_.leader.post.pk).update(until=SINCE)
    new, left_out = copied(round_)
    assert [row.station for row in new.stations.all()] == [round_.station]
    assert not new.groups.exists()
    assert not new.leader_contacts.exists()
    said = " ".join(left_out)
    assert round_.other.name in said
    assert said.count("李主任") == 2
    assert new.events.get().detail.changes["left_out"] == left_out


def test_through_the_page_the_days_are_shown_before_anything_is_written(round_):
    Station.objects.filter(pk=round_.other.pk).update(status="CLOSED")
    client = signed_in(round_.staff)
    asked = {"title": "明年议政活动", "first_meeting_on": NEXT.isoformat()}
    assert client.get(address(round_)).context["draft"] is None
    shown = client.get(address(round_), asked)
    assert shown.status_code == 200
    assert "2027-05-12" in shown.content.decode()
    assert round_.other.name in shown.content.decode()
    assert Cycle.objects.count() == 1
    answer = client.post(address(round_), asked, follow=True)
    assert Cycle.objects.count() == 2
    assert round_.other.name in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": "", "first_meeting_on": "2027-05-12"}, "title"),
        ({"title": "明年", "first_meeting_on": ""}, "first_meeting_on"),
        ({"title": "明年", "first_meeting_on": "2026-03-15"}, "first_meeting_on"),
        ({"title": "农村供水议政活动", "first_meeting_on": "2026-05-18"}, "title"),
        ({"title": "明年", "first_meeting_on": "明年五月"}, "first_meeting_on"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(round_, sent, field):
    answer = signed_in(round_.staff).post(address(round_), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Cycle.objects.count() == 1


def test_a_first_meeting_on_a_day_off_is_told(round_):
    assert draft(round_.cycle, date(2027, 5, 15)).on_day_off
    assert not draft(round_.cycle, NEXT).on_day_off


def test_without_any_station_in_use_there_is_nothing_to_copy(round_):
    Station.objects.update(status="CLOSED")
    with pytest.raises(Invalid) as refused:
        copied(round_)
    assert refused.value.code == "no_station"


def test_only_staff_copy(round_):
    with pytest.raises(NotAllowed):
        copy_cycle(round_.cycle, actor=round_.liaison, title="x", first_meeting_on=NEXT)
    for role, status in ((Role.CHAIRPERSON, 403), (Role.STATION, 403), (Role.SYSTEM_ADMIN, 404)):
        assert signed_in(make_actor(role)).get(address(round_)).status_code == status
