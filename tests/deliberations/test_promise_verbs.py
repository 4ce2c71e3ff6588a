"""What becomes of a promise (R52): each act, each refusal, who is told (scenario 4)."""

from datetime import timedelta

import pytest

from accounts.models import Role
from deliberations.models import Promise
from deliberations.transitions import promises
from tests.deliberations.meeting_factory import House, assert_chain_holds, last
from tests.deliberations.promising import REPORT, denied, fresh, kept, later, made, not_kept, reported
from tests.factory import make_actor, make_mandate, make_organ, make_person, make_station
from tests.suggestions.checks import name, told
from tests.suggestions.factory import TODAY, make_scan, noon
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

ACTS = (reported, kept, denied, not_kept)


@pytest.fixture
def house(db):
    with noon(TODAY):
        yield House()


def code_of(refusal, act, *args, **options):
    with pytest.raises(refusal) as refused:
        act(*args, **options)
    return getattr(refused.value, "field", ""), refused.value.code


def test_the_organ_reports_and_the_deputy_is_asked(house):
    promise = reported(house, picture=make_scan("路灯.jpg"))
    assert (promise.status, promise.report, promise.reported_on) == ("REPORTED_DONE", REPORT, TODAY)
    assert promise.picture.name == "路灯.jpg"
    assert told("promise.reported") == ["周大爷"]
    assert (last(promise).verb, last(promise).detail.reason) == ("report_done", REPORT)
    assert_chain_holds(promise)


def test_the_station_is_told_for_a_deputy_without_an_account(house):
    house.deputy.user.posts.update(until=TODAY - timedelta(1))
    reported(house)
    assert told("promise.reported") == [name(house.liaison)]


def test_staff_record_what_the_organ_said_on_the_telephone(house):
    promise = reported(house, actor=house.staff, how="TELEPHONE")
    assert (last(promise).how, last(promise).actor_id) == ("TELEPHONE", house.staff.user.pk)


def test_staff_say_how_they_heard_of_it(house):
    assert code_of(Invalid, reported, house, actor=house.staff) == ("how", "how_missing")


@pytest.mark.parametrize(
    ("options", "field", "code"),
    [
        ({"text": "  "}, "text", "words_missing"),
        ({"on": TODAY + timedelta(1)}, "on", "not_since"),
        ({"on": TODAY - timedelta(1)}, "on", "not_since"),
    ],
)
def test_a_report_says_what_and_when(house, options, field, code):
    assert code_of(Invalid, reported, house, **options) == (field, code)


def test_the_organ_it_went_over_into_reports(house):
    promise, heir = made(house), make_organ("县水利局")
    house.bureau.successor = heir
    house.bureau.closed_on = TODAY
    house.bureau.save()
    successor = make_actor(Role.ORGAN_HEAD, organ=heir)
    assert reported(house, promise, actor=successor).status == "REPORTED_DONE"
    handler = make_actor(Role.ORGAN_HANDLER, organ=heir)
    kept(house, promise)
    assert told("promise.kept") == [name(handler)]


def test_the_deputy_finds_it_kept_and_the_organ_is_told(house):
    promise = kept(house)
    assert (promise.status, promise.settled_on) == ("KEPT", TODAY)
    assert told("promise.kept") == [name(house.handler)]
    assert_chain_holds(promise)


@pytest.mark.parametrize("who", ["liaison", "staff"])
def test_station_and_staff_write_down_what_the_deputy_said(house, who):
    promise = reported(house)
    assert code_of(Invalid, kept, house, promise, actor=getattr(house, who)) == ("how", "how_missing")
    kept(house, promise, actor=getattr(house, who), how="PAPER")
    assert (last(promise).how, last(promise).on_behalf_of) == ("PAPER", house.lead.person)


def test_denied_it_is_open_again_with_the_deputys_words(house):
    promise = denied(house)
    assert (promise.status, promise.settled_on) == ("MADE", None)
    assert last(promise).detail.reason == "只装了五盏。"
    assert told("promise.denied") == sorted([name(house.handler), name(house.staff)])
    assert reported(house, promise, text="又装了三盏。").report == "又装了三盏。"
    assert_chain_holds(promise)


def test_a_denial_says_what_is_lacking(house):
    assert code_of(Invalid, denied, house, words=" ") == ("words", "words_missing")


def test_day_sixteen_of_fifteen_is_overdue(house):
    promise = made(house)
    for days, overdue in ((15, 0), (16, 1)):
        with later(days):
            assert Promise.objects.overdue(clock.today()).count() == overdue
    with later(15):
        assert code_of(Conflict, not_kept, house, promise) == ("", "not_due")
    with later(16):
        assert not_kept(house, promise).status == "NOT_KEPT"
        assert fresh(promise).settled_on == TODAY + timedelta(16)
    assert Promise.objects.open().count() == 0
    assert told("promise.not_kept") == sorted([name(house.handler), "周大爷"])
    assert_chain_holds(promise)


def test_reported_but_never_true_it_is_recorded_as_not_kept(house):
    promise = reported(house)
    with later(16):
        assert not_kept(house, promise).status == "NOT_KEPT"


def test_what_counts_as_not_kept_has_a_reason(house):
    promise = made(house)
    with later(16):
        assert code_of(Invalid, not_kept, house, promise, reason="") == ("reason", "words_missing")


def test_a_promise_not_kept_is_taken_up(house):
    promise = made(house)
    with later(16):
        not_kept(house, promise)
        assert promises.can_be_taken_up(fresh(promise))
        assert promises.take_up(promise, actor=house.staff).status == "TAKEN_UP"
    assert_chain_holds(promise)


def test_one_click_takes_up_what_is_overdue(house):
    promise = made(house)
    with later(16):
        promises.take_up(promise, actor=house.staff)
    assert [event.verb for event in promise.events.order_by("seq")][-2:] == ["declare_not_kept", "take_up"]
    assert told("promise.not_kept") == sorted([name(house.handler), "周大爷"])


@pytest.mark.parametrize("brought", [made, reported, kept])
def test_nothing_else_is_taken_up(house, brought):
    promise = fresh(brought(house))
    assert not promises.can_be_taken_up(promise)
    with pytest.raises(Conflict):
        promises.take_up(promise, actor=house.staff)
    assert fresh(promise).status == promise.status


def test_only_staff_take_up(house):
    promise = made(house)
    with later(16):
        for actor in (house.liaison, house.deputy, house.handler):
            with pytest.raises(NotAllowed):
                promises.take_up(promise, actor=actor)


@pytest.mark.parametrize("status", Promise.Status.values)
def test_each_act_starts_from_its_states_only(house, status):
    starts = {"reported": {"MADE"}, "kept": {"REPORTED_DONE"}, "denied": {"REPORTED_DONE"}}
    starts["not_kept"] = {"MADE", "REPORTED_DONE"}
    promise = made(house, days=0)
    Promise.objects.filter(pk=promise.pk).update(status=status, report=REPORT, reported_on=TODAY)
    with later(1):
        for act in ACTS:
            if status not in starts[act.__name__]:
                assert code_of(Conflict, act, house, promise) == ("", "wrong_state")


def test_strangers_do_nothing(house):
    stranger = make_mandate(make_person("孙远山"), station=make_station())
    others = [
        make_actor(Role.DEPUTY, person=stranger.person), house.other_liaison, make_actor(Role.ORGAN_HANDLER),
        make_actor(Role.GOVERNMENT_OFFICE), make_actor(Role.DEPUTY_CHAIRPERSON), make_actor(Role.COUNTY_LEADER),
    ]  # fmt: skip
    promise, done = made(house, days=0), None
    with later(1):
        for actor in [*others, house.deputy, house.liaison]:
            assert code_of(NotAllowed, reported, house, promise, actor=actor)[1] == "not_allowed"
        for actor in [*others, house.deputy, house.liaison, house.handler]:
            assert code_of(NotAllowed, not_kept, house, promise, actor=actor)[1] == "not_allowed"
        done = reported(house, promise)
        for actor in [*others, house.handler]:
            for act in (kept, denied):
                assert code_of(NotAllowed, act, house, done, actor=actor)[1] == "not_allowed"


def test_the_second_of_two_is_told_that_it_changed(house):
    promise = made(house)
    old = promise.version
    reported(house, promise)
    with pytest.raises(Stale):
        promises.report_done(promise, actor=house.handler, version=old, text="又一次", on=TODAY)


def test_who_sees_it(house):
    promise = made(house)
    stranger = make_mandate(make_person("孙远山"), station=house.station)
    see = [house.staff, house.liaison, house.deputy, house.handler, make_actor(Role.CHAIRPERSON)]
    see.append(make_actor(Role.GOVERNMENT_OFFICE))
    blind = [
        house.other_liaison, make_actor(Role.DEPUTY, person=stranger.person), make_actor(Role.ORGAN_HANDLER),
        make_actor(Role.COUNTY_LEADER), make_actor(Role.SYSTEM_ADMIN),
    ]  # fmt: skip
    for actor in see:
        assert list(Promise.objects.visible_to(actor)) == [promise], actor.role
    for actor in blind:
        assert not Promise.objects.visible_to(actor), actor.role
