"""What staff do to stations and their staff: each act with its event, each refusal with its code."""

from datetime import timedelta

import pytest

from accounts.actor import SYSTEM
from accounts.models import Person, Role
from stations.models import Station, StationEvent, StationStaff
from stations.transitions.duties import begin_duty, end_duty
from stations.transitions.machines import STATION, Verb
from stations.transitions.stations import StationFacts, close, enter_station, establish, reopen, update
from tests.factory import SINCE, make_actor, make_station, make_township
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db

KEEPERS = {Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN}


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def station(staff):
    return establish(facts(), actor=staff)


def facts(**changes):
    return StationFacts(
        **{"code": "JZ01", "name": "石桥镇代表之家", "kind": "HOME", "township": make_township(), **changes}
    )


def columns(station, **changes):
    return {
        name: changes.get(name, getattr(station, name)) for name in ("name", "kind", "township", "address", "is_key")
    }


def assert_whole(station):
    fresh = Station.objects.get(pk=station.pk)
    assert chain.faults(fresh, fresh.events.select_related("detail")) == []
    return fresh


def test_a_station_is_established_once_per_code(staff, station):
    assert station.events.get().verb == Verb.ESTABLISH
    assert_whole(station)
    with pytest.raises(Invalid) as refused:
        establish(facts(name="石桥镇第二代表之家"), actor=staff)
    assert (refused.value.field, refused.value.code) == ("code", "code_taken")


def test_a_name_stands_once_in_a_township_but_may_stand_in_another(staff, station):
    with pytest.raises(Invalid) as refused:
        establish(facts(code="JZ02"), actor=staff)
    assert (refused.value.field, refused.value.code) == ("name", "name_taken")
    assert "JZ01" in refused.value.sentence
    establish(facts(code="JZ02", township=make_township("青山镇")), actor=staff)
    assert Station.objects.count() == 2


def test_an_update_tells_what_changed_and_renews_the_search(staff, station):
    changed = update(station, actor=staff, version=1, **columns(station, name="石桥镇人大之家", is_key=True))
    fresh = assert_whole(station)
    assert changed and fresh.is_key
    assert "石桥镇人大之家" in fresh.search_text
    event = fresh.events.last()
    assert (event.verb, event.detail.changes["name"]) == (Verb.UPDATE, ["石桥镇代表之家", "石桥镇人大之家"])


def test_an_update_that_changes_nothing_leaves_no_event(staff, station):
    assert update(station, actor=staff, version=1, **columns(station)) is False
    assert station.events.count() == 1


def test_an_update_cannot_take_another_station_s_name(staff, station):
    other = establish(facts(code="JZ02", name="石桥镇第二代表之家"), actor=staff)
    with pytest.raises(Invalid, match=r"JZ01"):
        update(other, actor=staff, version=1, **columns(other, name=station.name))


def test_a_station_is_closed_and_opened_again_with_reasons(staff, station):
    close(station, actor=staff, version=1, reason="房屋改造")
    assert Station.objects.get().status == Station.Status.CLOSED
    reopen(station, actor=staff, version=2, reason="改造完成")
    fresh = assert_whole(station)
    assert fresh.status == Station.Status.ACTIVE
    told = [(event.verb, event.from_state, event.to_state, event.detail.reason) for event in fresh.events.all()[1:]]
    assert told == [("close", "ACTIVE", "CLOSED", "房屋改造"), ("reopen", "CLOSED", "ACTIVE", "改造完成")]


def test_what_is_open_cannot_be_opened_and_what_is_closed_not_closed(staff, station):
    with pytest.raises(Conflict):
        reopen(station, actor=staff, version=1, reason="x")
    close(station, actor=staff, version=1, reason="x")
    with pytest.raises(Conflict):
        close(station, actor=staff, version=2, reason="x")
    with pytest.raises(Conflict):
        begin_duty(station, actor=staff, version=2, duty="HEAD", name="王明", since=SINCE)
    assert Station.objects.get().version == 2


def test_whoever_saw_an_older_version_is_refused(staff, station):
    close(station, actor=staff, version=1, reason="x")
    for act in (lambda: reopen(station, actor=staff, version=1, reason="x"),
                lambda: update(station, actor=staff, version=1, **columns(station, address="新址")),
                lambda: begin_duty(station, actor=staff, version=1, duty="HEAD", name="王明", since=SINCE)):  # fmt: skip
        with pytest.raises(Stale):
            act()
    assert StationEvent.objects.count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_nobody_else_keeps_stations(role, station):
    actor = make_actor(role)
    row = StationStaff.objects.create(station=station, person=actor.user.person, duty="HEAD", since=SINCE)
    acts = (
        lambda: establish(facts(code="JZ09"), actor=actor),
        lambda: enter_station(facts(), actor=actor),
        lambda: update(station, actor=actor, version=1, **columns(station, address="新址")),
        lambda: close(station, actor=actor, version=1, reason="x"),
        lambda: reopen(station, actor=actor, version=1, reason="x"),
        lambda: begin_duty(station, actor=actor, version=1, duty="LIAISON", name="王明", since=SINCE),
        lambda: end_duty(row, actor=actor, version=1, until=SINCE),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert StationEvent.objects.count() == 1


def test_an_import_is_an_act_of_the_portal_itself():
    station, changed = enter_station(facts(), actor=SYSTEM)
    assert changed and station.events.get().actor is None


def test_a_duty_is_taken_up_and_ended_with_events_and_found_in_the_search(staff, station):
    row = begin_duty(station, actor=staff, version=1, duty="LIAISON", name="王明", since=SINCE, phone="13900000001")
    assert "王明" in Station.objects.get().search_text
    assert "13900000001" not in Station.objects.get().search_text
    end_duty(row, actor=staff, version=2, until=clock.today() - timedelta(days=1))
    fresh = assert_whole(station)
    assert "王明" not in fresh.search_text
    assert [event.verb for event in fresh.events.all()] == ["establish", "begin_duty", "end_duty"]
    assert "13900000001" not in str([event.detail.changes for event in fresh.events.all()])


def test_a_duty_is_held_once_and_the_same_name_is_the_same_person(staff, station):
    begin_duty(station, actor=staff, version=1, duty="LIAISON", name="王明", since=SINCE)
    with pytest.raises(Invalid) as refused:
        begin_duty(station, actor=staff, version=2, duty="LIAISON", name="王明", since=SINCE)
    assert refused.value.code == "on_duty"
    begin_duty(station, actor=staff, version=2, duty="HEAD", name="王明", since=SINCE)
    assert Person.objects.filter(name="王明").count() == 1


def test_who_left_can_come_back(staff, station):
    row = begin_duty(station, actor=staff, version=1, duty="LIAISON", name="王明", since=SINCE)
    end_duty(row, actor=staff, version=2, until=SINCE)
    begin_duty(station, actor=staff, version=3, duty="LIAISON", name="王明", since=clock.today())
    assert StationStaff.objects.on_duty(clock.today()).get().until is None


def test_a_duty_that_ended_cannot_be_ended_and_none_ends_before_it_began(staff, station):
    row = begin_duty(station, actor=staff, version=1, duty="LIAISON", name="王明", since=SINCE)
    with pytest.raises(Invalid) as refused:
        end_duty(row, actor=staff, version=2, until=SINCE - timedelta(days=1))
    assert refused.value.code == "before_start"
    end_duty(row, actor=staff, version=2, until=SINCE)
    with pytest.raises(Conflict) as conflict:
        end_duty(row, actor=staff, version=3, until=SINCE)
    assert conflict.value.code == "not_on_duty"


def test_every_verb_of_the_table_has_a_name_for_the_timeline():
    assert {transition.verb for transition in STATION.transitions} == set(Verb)


def test_a_station_entered_without_events_can_still_be_acted_on(staff):
    station = make_station()
    close(station, actor=staff, version=0, reason="x")
    assert_whole(station)
