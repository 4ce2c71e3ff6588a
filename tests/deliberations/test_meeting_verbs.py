"""A deliberation meeting: each act, each refusal, whom it tells, what the record says."""

from datetime import timedelta

import pytest
from django.utils import translation

from accounts.models import Role
from deliberations.models import Meeting, MeetingOpinion, Promise
from deliberations.transitions import meetings
from deliberations.transitions.meeting_machines import MACHINES, MEETING
from deliberations.transitions.meetings import Presence
from notifications.models import Notification
from stations.models import Mandate
from tests.deliberations.meeting_factory import (
    House,
    assert_chain_holds,
    attended,
    cancelled,
    closed,
    convened,
    explained,
    forwarded,
    fresh,
    last,
    meeting_of_twelve,
    opened,
    present,
    promised,
    reopened,
    said,
    stepped,
    voter_opinion,
)
from tests.factory import make_actor, make_mandate, make_station
from tests.suggestions.factory import TODAY, noon
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    with noon(TODAY), translation.override("en"):
        yield House()


def told(actor, kind):
    return Notification.objects.filter(recipient=actor.user, kind=kind).count()


def refusal(kind, perform):
    with pytest.raises(kind) as refused:
        perform()
    return refused.value.code


class TestConvening:
    def test_the_station_convenes_its_own_and_its_deputies_are_invited(self, house):
        meeting = convened(house)
        assert (meeting.status, meeting.chair, last(meeting).verb) == ("PLANNED", "李组长", "convene")
        assert told(house.deputy, "meeting.convened") == 1
        assert told(house.local_deputy, "meeting.convened") == 1
        assert told(house.liaison, "meeting.convened") == 0

    def test_staff_convene_for_a_station_which_hears_of_it(self, house):
        convened(house, actor=house.staff)
        assert told(house.liaison, "meeting.convened") == 1
        assert told(house.other_liaison, "meeting.convened") == 0

    def test_nobody_else_convenes(self, house):
        others = [make_actor(role) for role in Role if role != Role.COMMITTEE_STAFF]
        for actor in [house.other_liaison, house.deputy, house.presidium, *others]:
            with pytest.raises(NotAllowed):
                convened(house, actor=actor)

    def test_one_meeting_for_each_station_until_it_is_cancelled(self, house):
        first = convened(house)
        assert refusal(Conflict, lambda: convened(house)) == "has_one"
        cancelled(house, first)
        assert convened(house).pk != first.pk

    def test_only_a_station_that_takes_part_on_a_day_that_can_be(self, house):
        elsewhere = make_station()
        make_liaison = make_actor(Role.STATION, station=elsewhere)
        taking_no_part = lambda: convened(house, station=elsewhere, actor=make_liaison)  # noqa: E731
        assert refusal(Invalid, taking_no_part) == "not_taking_part"
        assert refusal(Invalid, lambda: convened(house, held_on=TODAY - timedelta(1))) == "before_first"
        assert refusal(Invalid, lambda: convened(house, place=" ")) == "place_missing"

    def test_not_before_the_visits_have_begun(self, house):
        type(house.cycle).objects.update(status="MOBILISING")
        assert refusal(Conflict, lambda: convened(house)) == "not_meeting"

    def test_another_day_is_told_and_kept(self, house):
        meeting = convened(house)
        plan = {"actor": house.liaison, "place": meeting.place, "chair": meeting.chair}
        meetings.change_plan(meeting, version=meeting.version, held_on=TODAY + timedelta(2), **plan)
        assert last(meeting).detail.changes == {"held_on": [str(TODAY), str(TODAY + timedelta(2))]}
        assert told(house.deputy, "meeting.changed") == 1
        same = {"version": fresh(meeting).version, "held_on": TODAY + timedelta(2), **plan}
        assert refusal(Invalid, lambda: meetings.change_plan(meeting, **same)) == "nothing_changed"

    def test_it_is_opened_on_its_day(self, house):
        meeting = convened(house, held_on=TODAY + timedelta(1))
        assert refusal(Conflict, lambda: opened(house, meeting)) == "too_early"
        with noon(TODAY + timedelta(1)):
            assert opened(house, meeting).status == "OPEN"

    def test_cancelled_for_a_reason_and_told(self, house):
        meeting = convened(house)
        given = {"actor": house.liaison, "version": meeting.version}
        assert refusal(Invalid, lambda: meetings.cancel_meeting(meeting, reason=" ", **given)) == "reason_missing"
        cancelled(house, meeting)
        assert (fresh(meeting).status, last(meeting).detail.reason) == ("CANCELLED", "防汛")
        assert told(house.deputy, "meeting.cancelled") == 1

    def test_what_is_held_is_not_cancelled(self, house):
        assert refusal(Conflict, lambda: cancelled(house, opened(house))) == "wrong_state"


class TestAttendance:
    def test_the_sheet_replaces_the_one_before(self, house):
        meeting = attended(house, opened(house))
        attended(house, meeting)
        assert meeting.attendance.count() == 5
        assert last(meeting).detail.changes == {"present": 2, "leave": 1, "absent": 0}
        assert fresh(meeting).recorder == "邱小燕"

    def test_a_leave_needs_its_reason_and_nobody_is_named_twice(self, house):
        meeting = opened(house)

        def note(rows):
            return meetings.note_attendance(meeting, actor=house.liaison, version=fresh(meeting).version, rows=rows)

        name = house.lead.person.name
        away = Presence("DEPUTY", name, state="LEAVE", mandate=house.lead)
        assert refusal(Invalid, lambda: note([away])) == "reason_missing"
        assert refusal(Invalid, lambda: note([present(house)[0], present(house)[0]])) == "twice"

    def test_before_the_day_only_leave_is_noted(self, house):
        meeting = convened(house, held_on=TODAY + timedelta(1))

        def note(rows):
            return meetings.note_attendance(meeting, actor=house.liaison, version=fresh(meeting).version, rows=rows)

        assert refusal(Invalid, lambda: note(present(house))) == "too_early"
        note([present(house)[2]])
        assert meeting.attendance.get().state == "LEAVE"


class TestOpinions:
    def test_numbered_in_order_with_what_voters_said(self, house):
        meeting, voice = opened(house), voter_opinion(house)
        first, second = said(house, meeting), said(house, meeting, "校车", speaker=house.local, basis=[voice])
        assert (first.order, second.order, list(second.basis.all())) == (1, 2, [voice])
        assert last(meeting).detail.changes == {"order": 2, "basis": 1}

    def test_no_words_of_a_voter_in_record_or_notification(self, house):
        meeting, voice = opened(house), voter_opinion(house)
        explained(house, said(house, meeting, basis=[voice]))
        closed(house, meeting)
        for event in meeting.events.select_related("detail"):
            assert voice.words not in str(event.detail.changes) + event.detail.reason
        assert not Notification.objects.filter(params__icontains=voice.words).exists()

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"text": " "}, "words_missing"),
            ({"speaker": "stranger"}, "not_there"),
            ({"topic": "other"}, "not_selected"),
        ],
    )
    def test_what_cannot_be(self, house, options, code):
        meeting = opened(house)
        if "speaker" in options:
            options = {"speaker": make_mandate(station=make_station())}
        if "topic" in options:
            topic = house.topic
            type(topic).objects.filter(pk=topic.pk).update(status="POOL", resolution=None)
            topic.refresh_from_db()
            options = {"topic": topic}
        assert refusal(Invalid, lambda: said(house, meeting, **options)) == code

    def test_a_guest_on_the_sheet_may_speak(self, house):
        meeting, guest = opened(house), make_mandate(station=make_station())
        rows = [*present(house), Presence("DEPUTY", guest.person.name, mandate=guest)]
        meetings.note_attendance(meeting, actor=house.liaison, version=fresh(meeting).version, rows=rows)
        assert said(house, meeting, speaker=guest).speaker == guest

    def test_only_what_was_sent_to_this_meeting_stands_behind_it(self, house):
        meeting = opened(house)
        answered = {"opinion": {"route": "ANSWERED", "on_the_spot_answer": "已答"}}
        settled = voter_opinion(house, **answered)
        assert refusal(Invalid, lambda: said(house, meeting, basis=[settled])) == "not_to_meeting"

    def test_a_correction_keeps_digests_of_the_words(self, house):
        meeting = opened(house)
        row = said(house, meeting)
        given = {"actor": house.liaison, "version": fresh(meeting).version, "speaker": house.lead}
        given |= {"topic": house.topic, "field": house.field}
        meetings.correct_opinion(row, text="南门村管网爆裂", **given)
        event = last(meeting)
        assert MeetingOpinion.objects.get(pk=row.pk).text == "南门村管网爆裂"
        assert set(event.detail.changes) == {"text", "order"}
        assert "管网" not in str(event.detail.changes)
        again = given | {"version": fresh(meeting).version}
        unchanged = lambda: meetings.correct_opinion(row, text="南门村管网爆裂", **again)  # noqa: E731
        assert refusal(Invalid, unchanged) == "nothing_changed"

    def test_only_while_it_is_recorded_and_by_whoever_keeps_it(self, house):
        meeting = convened(house)
        assert refusal(Conflict, lambda: said(house, meeting)) == "wrong_state"
        opened(house, meeting)
        for actor in (house.deputy, house.other_liaison, house.handler, house.presidium):
            with pytest.raises(NotAllowed):
                said(house, meeting, actor=actor)
        with pytest.raises(Stale):
            said(house, meeting, version=1)


class TestClosing:
    def test_scenario_3_twelve_are_five_three_and_four(self, house):
        meeting = meeting_of_twelve(house)
        late = said(house, meeting, "第十三条")
        assert refusal(Conflict, lambda: closed(house, meeting)) == "undecided"
        with pytest.raises(Conflict) as refused:
            closed(house, meeting)
        assert refused.value.params == {"count": 1}
        explained(house, late)
        closed(house, meeting)
        assert last(meeting).detail.changes == {"counted": 13, "explained": 6, "promised": 3, "forwarded": 4}
        assert MeetingOpinion.objects.filter(conditions_limited=True).count() == 2
        assert MeetingOpinion.objects.to_become_suggestions().count() == 4
        assert Promise.objects.filter(status="MADE").count() == 3
        assert_chain_holds(meeting)
        assert [fault for fault in verify().faults if fault["place"].startswith(("deliberations", "guards"))] == []

    def test_everybody_hears_what_is_theirs(self, house):
        meeting = meeting_of_twelve(house)
        forwarded(house, said(house, meeting, "门前路"), "TOWNSHIP")
        assert told(house.handler, "promise.made") == 0
        closed(house, meeting)
        assert told(house.handler, "promise.made") == 3
        assert told(house.presidium, "meeting.task") == 1
        assert told(house.deputy, "meeting.closed") == 1
        collect = Notification.objects.get(recipient=house.staff.user, kind="meeting.collect")
        assert collect.params["count"] == "4"

    def test_nothing_to_collect_is_not_told(self, house):
        meeting = opened(house)
        explained(house, said(house, meeting))
        closed(house, meeting)
        assert told(house.staff, "meeting.collect") == 0

    def test_a_presidium_without_an_account_falls_to_staff(self, house):
        Mandate.objects.filter(person=house.presidium.person_id).delete()
        meeting = opened(house)
        forwarded(house, said(house, meeting), "TOWNSHIP")
        closed(house, meeting)
        assert told(house.staff, "meeting.task") == 1

    def test_a_closed_record_is_not_written_in(self, house):
        meeting = opened(house)
        row = said(house, meeting)
        explained(house, row)
        closed(house, meeting)
        assert refusal(Conflict, lambda: said(house, meeting)) == "wrong_state"
        assert refusal(Conflict, lambda: promised(house, row)) == "wrong_state"


class TestReopening:
    def test_staff_open_it_again_with_a_reason(self, house):
        meeting = opened(house)
        explained(house, said(house, meeting))
        closed(house, meeting)
        with pytest.raises(NotAllowed):
            meetings.reopen_meeting(meeting, actor=house.liaison, version=fresh(meeting).version, reason="漏")
        assert reopened(house, meeting).status == "OPEN"
        assert told(house.liaison, "meeting.reopened") == 1
        said(house, meeting, "漏录的一条")

    def test_not_once_the_cycle_follows_up(self, house):
        meeting = opened(house)
        stepped(house)
        explained(house, said(house, meeting))
        closed(house, meeting)
        type(house.cycle).objects.update(status="HANDLING")
        assert refusal(Conflict, lambda: reopened(house, meeting)) == "not_meeting"


class TestCounting:
    def test_the_four_always_add_up(self, house):
        """Whatever is decided, changed and left open, every opinion is counted once (R55)."""
        meeting = opened(house)
        rows = [said(house, meeting, f"意见{n}") for n in range(9)]
        steps = [explained, forwarded, promised, forwarded, explained]
        for turn, step in enumerate(steps):
            for row in rows[turn::3]:
                if not Promise.objects.filter(meeting_opinion=row).exists():
                    step(house, row)
                counts = Meeting.objects.with_counts().get(pk=meeting.pk)
                assert counts.counted == 9
                assert counts.counted == counts.explained + counts.promised + counts.forwarded + counts.undecided


def test_every_act_starts_somewhere_and_every_state_is_reached():
    for machine in MACHINES:
        reached = {state for row in machine.transitions for state in row.targets}
        assert reached == set(machine.states.values)
    assert MEETING.table["close_meeting"].sources == ("OPEN",)


def test_visible_to_whom_it_concerns(house):
    meeting = attended(house, opened(house))
    sees = [house.staff, house.liaison, house.deputy, house.local_deputy, house.handler, house.presidium]
    hidden = [house.other_liaison, make_actor(Role.ORGAN_HANDLER), make_actor(Role.TOWNSHIP), make_actor(Role.DEPUTY)]
    hidden += [make_actor(Role.DELEGATION_OFFICER), make_actor(Role.COUNTY_LEADER), make_actor(Role.AUDIT_ADMIN)]
    for actor in sees:
        assert meeting in Meeting.objects.visible_to(actor), actor.role
    for actor in hidden:
        assert meeting not in Meeting.objects.visible_to(actor), actor.role
