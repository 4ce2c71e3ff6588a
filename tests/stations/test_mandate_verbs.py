"""How a mandate stands: suspended, resumed, ended; and where its deputy belongs."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from stations.models import Mandate, Station, StationEvent
from stations.transitions.machines import MANDATE
from stations.transitions.standing import end, resume, suspend, take_in
from stations.transitions.stations import close
from tests.factory import SINCE, make_actor, make_mandate, make_station
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db

Status = Mandate.Status


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def station():
    return make_station()


@pytest.fixture
def mandate(station):
    return make_mandate(station=station)


def fresh(mandate):
    return Mandate.objects.select_related("term").get(pk=mandate.pk)


def last_event(station):
    row = Station.objects.get(pk=station.pk)
    assert chain.faults(row, row.events.select_related("detail")) == []
    return row.events.last()


def test_a_deputy_is_suspended_and_resumed_and_the_station_tells_of_the_mandate(staff, station, mandate):
    today = clock.today()
    suspend(mandate, actor=staff, version=0, on=today - timedelta(days=3), reason="立案调查")
    assert fresh(mandate).status == Status.SUSPENDED
    assert not Mandate.objects.active(today).exists()
    assert Mandate.objects.in_office(today).exists()
    event = last_event(station)
    assert (event.part, event.part_key, event.part_from, event.part_to) == (
        "mandate",
        mandate.uuid,
        "ACTIVE",
        "SUSPENDED",
    )
    assert event.detail.reason == "立案调查"
    resume(mandate, actor=staff, version=1, on=today, reason="撤案")
    assert fresh(mandate).status == Status.ACTIVE
    assert Mandate.objects.active(today).exists()
    assert (last_event(station).part_from, last_event(station).part_to) == ("SUSPENDED", "ACTIVE")


@pytest.mark.parametrize("on", [date(2026, 3, 2), date(2026, 3, 3)])
def test_a_suspension_ends_the_day_before_the_deputy_acts_again(staff, mandate, on):
    suspend(mandate, actor=staff, version=0, on=date(2026, 3, 1), reason="x")
    resume(mandate, actor=staff, version=1, on=on, reason="x")
    row = fresh(mandate)
    assert row.status_on(on - timedelta(days=1)) == Status.SUSPENDED
    assert row.status_on(on) == Status.ACTIVE
    assert row.status_on(date(2026, 2, 28)) == Status.ACTIVE


@pytest.mark.parametrize("reason", list(Mandate.EndReason))
def test_a_mandate_ends_by_each_of_the_law_s_reasons(staff, station, mandate, reason):
    on = clock.today()
    end(mandate, actor=staff, version=0, on=on, end_reason=reason)
    row = fresh(mandate)
    assert (row.status, row.ended_on, row.end_reason) == (Status.ENDED, on, reason)
    assert row.status_on(on - timedelta(days=1)) == Status.ACTIVE
    assert not Mandate.objects.in_office(on).exists()
    assert last_event(station).part_to == "ENDED"


def test_a_suspended_mandate_can_end_too(staff, station, mandate):
    suspend(mandate, actor=staff, version=0, on=clock.today(), reason="x")
    end(mandate, actor=staff, version=1, on=clock.today(), end_reason="TERMINATED")
    assert fresh(mandate).status == Status.ENDED


def refused_in(mandate, station, actor, status):
    """The verbs that are refused in a state, as their names."""
    version = Station.objects.get(pk=station.pk).version
    calls = {
        "suspend": lambda: suspend(mandate, actor=actor, version=version, on=clock.today(), reason="x"),
        "resume": lambda: resume(mandate, actor=actor, version=version, on=clock.today(), reason="x"),
        "end": lambda: end(mandate, actor=actor, version=version, on=clock.today(), end_reason="DIED"),
        "take_in": lambda: take_in(mandate, actor=actor, version=version, station=make_station()),
    }
    sources = {row.verb: row.sources for row in MANDATE.transitions}
    return {verb: call for verb, call in calls.items() if status not in sources[verb]}


@pytest.mark.parametrize("status", list(Status))
def test_a_verb_starts_only_from_the_states_of_its_table(staff, station, mandate, status):
    if status == Status.SUSPENDED:
        suspend(mandate, actor=staff, version=0, on=clock.today(), reason="x")
    if status == Status.ENDED:
        end(mandate, actor=staff, version=0, on=clock.today(), end_reason="RESIGNED")
    events = StationEvent.objects.count()
    refused = refused_in(mandate, station, staff, status)
    assert refused
    for call in refused.values():
        with pytest.raises(Conflict) as conflict:
            call()
        assert conflict.value.code == "wrong_state"
    assert StationEvent.objects.count() == events


def test_a_mandate_of_a_past_term_is_ended_without_anybody_s_act(staff, mandate):
    term = mandate.term
    term.is_current = False
    term.save()
    assert fresh(mandate).status == Status.ENDED
    with pytest.raises(Conflict):
        suspend(mandate, actor=staff, version=0, on=clock.today(), reason="x")


@pytest.mark.parametrize("days", [1, 400])
def test_no_act_is_entered_for_a_day_still_to_come(staff, mandate, days):
    on = clock.today() + timedelta(days=days)
    for call in (
        lambda: suspend(mandate, actor=staff, version=0, on=on, reason="x"),
        lambda: end(mandate, actor=staff, version=0, on=on, end_reason="DIED"),
    ):
        with pytest.raises(Invalid) as refused:
            call()
        assert (refused.value.field, refused.value.code) == ("on", "in_future")


def test_no_act_is_entered_for_a_day_before_the_mandate_or_the_suspension(staff, mandate):
    with pytest.raises(Invalid, match=str(SINCE)):
        suspend(mandate, actor=staff, version=0, on=SINCE - timedelta(days=1), reason="x")
    suspend(mandate, actor=staff, version=0, on=date(2026, 3, 1), reason="x")
    with pytest.raises(Invalid) as refused:
        resume(mandate, actor=staff, version=1, on=date(2026, 2, 1), reason="x")
    assert refused.value.code == "before_start"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_nobody_but_staff_says_how_a_mandate_stands(role, station, mandate):
    actor = make_actor(role)
    for call in (
        lambda: suspend(mandate, actor=actor, version=0, on=clock.today(), reason="x"),
        lambda: resume(mandate, actor=actor, version=0, on=clock.today(), reason="x"),
        lambda: end(mandate, actor=actor, version=0, on=clock.today(), end_reason="DIED"),
        lambda: take_in(mandate, actor=actor, version=0, station=make_station()),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert not StationEvent.objects.exists()


def test_whoever_saw_the_station_before_another_act_is_refused(staff, station, mandate):
    close(station, actor=staff, version=0, reason="x")
    for call in (
        lambda: suspend(mandate, actor=staff, version=0, on=clock.today(), reason="x"),
        lambda: end(mandate, actor=staff, version=0, on=clock.today(), end_reason="DIED"),
        lambda: take_in(mandate, actor=staff, version=0, station=make_station()),
    ):
        with pytest.raises(Stale):
            call()
    assert fresh(mandate).status == Status.ACTIVE


def test_a_closed_station_still_keeps_the_record_of_its_deputies(staff, station, mandate):
    close(station, actor=staff, version=0, reason="x")
    end(mandate, actor=staff, version=1, on=clock.today(), end_reason="MOVED")
    assert last_event(station).verb == "end"


def test_a_move_is_recorded_at_both_stations_and_found_in_the_search(staff, station, mandate):
    other = make_station("青山镇代表之家")
    take_in(mandate, actor=staff, version=0, station=other)
    row = fresh(mandate)
    assert row.station == other
    assert "青山镇代表之家" in row.search_text
    joined, left = last_event(other), last_event(station)
    assert (joined.verb, left.verb) == ("take_in", "give_up")
    assert joined.detail.changes["station"] == [station.name, "青山镇代表之家"]
    assert joined.part_key == left.part_key == mandate.uuid


def test_a_closed_station_gives_up_its_deputies_but_takes_in_none(staff, station, mandate):
    close(station, actor=staff, version=0, reason="x")
    other = make_station()
    take_in(mandate, actor=staff, version=1, station=other)
    with pytest.raises(Conflict):
        take_in(mandate, actor=staff, version=1, station=station)
    assert fresh(mandate).station == other


def test_nobody_moves_to_where_they_are(staff, station, mandate):
    with pytest.raises(Invalid) as refused:
        take_in(mandate, actor=staff, version=0, station=station)
    assert refused.value.code == "same_station"


def test_a_deputy_without_a_station_is_assigned_one_before_anything_else(staff, station):
    mandate = make_mandate()
    with pytest.raises(Conflict) as conflict:
        suspend(mandate, actor=staff, version=0, on=clock.today(), reason="x")
    assert conflict.value.code == "no_station"
    take_in(mandate, actor=staff, version=0, station=station)
    suspend(mandate, actor=staff, version=1, on=clock.today(), reason="x")
    assert fresh(mandate).status == Status.SUSPENDED
