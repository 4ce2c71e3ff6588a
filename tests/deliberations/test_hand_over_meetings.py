"""Hand-over meetings (R56, R60, F16): planned, attended, closed; what their pages say to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import OrganName, Role
from deliberations.models import Attendance, Meeting
from deliberations.transitions import hand_over_meetings as verbs
from deliberations.transitions.hand_over_meetings import Attendee
from tests.deliberations.handing import attended, closed, facts, fresh, opened, planned
from tests.factory import make_actor, make_organ
from tests.suggestions.checks import name, told
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import send, signed_in
from workflow import chain
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.text import key

LIST, PLAN = reverse("deliberations:hand_over_meetings"), reverse("deliberations:plan_hand_over_meeting")
TYPED = {"held_on": "2026-03-16", "place": "县政府三楼会议室", "convenor": "县人民政府"}


class Office:
    """Staff, the government office, a bureau and its handler."""

    def __init__(self):
        self.staff, self.office = make_actor(Role.COMMITTEE_STAFF), make_actor(Role.GOVERNMENT_OFFICE)
        self.bureau, self.other = make_organ("县水利局"), make_organ("县财政局")
        self.handler = make_actor(Role.ORGAN_HANDLER, organ=self.bureau)
        self.outsider = make_actor(Role.ORGAN_HANDLER, organ=self.other)


@pytest.fixture
def office(db):
    with noon(TODAY):
        yield Office()


def page_of(meeting):
    return reverse("deliberations:hand_over_meeting", args=[meeting.pk])


def act_of(meeting, verb):
    return reverse("deliberations:hand_over_meeting_act", args=[meeting.pk, verb])


def verbs_of(meeting):
    return [event.verb for event in fresh(meeting).events.order_by("seq")]


def assert_chain_holds(meeting):
    rows = list(meeting.events.select_related("detail", "actor", "post", "on_behalf_of").order_by("seq"))
    assert chain.faults(fresh(meeting), rows) == []


def test_from_plan_to_close(office):
    meeting = opened(office.staff, held_with="政协提案交办")
    attended(office.staff, meeting, office.bureau, missing=[office.other])
    closed(office.staff, meeting)
    assert verbs_of(meeting) == ["plan", "open", "note_attendance", "close"]
    found = fresh(meeting)
    assert (found.kind, found.status, found.held_with) == ("HAND_OVER", "CLOSED", "政协提案交办")
    assert_chain_holds(found)
    noted = found.events.get(verb="note_attendance").detail.changes
    assert noted == {"present": ["县水利局"], "missing": ["县财政局"]}


def test_the_government_office_is_told(office):
    meeting = planned(office.staff)
    assert told("meeting.hand_over_planned") == [name(office.office)]
    verbs.cancel_meeting(meeting, actor=office.staff, version=fresh(meeting).version, reason="改期")
    assert told("meeting.hand_over_cancelled") == [name(office.office)]
    assert fresh(meeting).status == "CANCELLED"


def test_a_new_day_is_told_again_and_a_new_place_is_not(office):
    meeting = planned(office.staff)
    for changed in ({"place": "县人大会议室"}, {"place": "县人大会议室", "held_on": TODAY + timedelta(days=2)}):
        verbs.update(meeting, facts(**changed), actor=office.staff, version=fresh(meeting).version)
    assert len(told("meeting.hand_over_planned")) == 2
    assert fresh(meeting).held_on == TODAY + timedelta(days=2)


@pytest.mark.parametrize("missing", ["place", "convenor"])
def test_the_plan_says_where_and_who_convenes(office, missing):
    with pytest.raises(Invalid) as refused:
        planned(office.staff, **{missing: " "})
    assert (refused.value.field, refused.value.code) == (missing, "words_missing")


def test_it_is_not_opened_before_its_day(office):
    with pytest.raises(Conflict) as refused:
        opened(office.staff, held_on=TODAY + timedelta(days=1))
    assert refused.value.code == "not_yet"


def test_it_is_not_closed_while_nobody_is_noted(office):
    meeting = opened(office.staff)
    attended(office.staff, meeting, missing=[office.bureau])
    with pytest.raises(Conflict) as refused:
        closed(office.staff, meeting)
    assert refused.value.code == "nobody_noted"


def test_the_list_takes_the_place_of_the_one_before(office):
    meeting = opened(office.staff)
    attended(office.staff, meeting, office.bureau)
    attended(office.staff, meeting, office.other, leaders=())
    assert [(row.organ, row.state) for row in meeting.attendance.all()] == [(office.other, "PRESENT")]


def test_an_organ_is_present_or_missing(office):
    with pytest.raises(Invalid) as refused:
        attended(office.staff, opened(office.staff), office.bureau, missing=[office.bureau])
    assert (refused.value.field, refused.value.code) == ("missing", "both")


def test_a_closed_record_is_opened_again_with_a_reason(office):
    meeting = closed(office.staff, attended(office.staff, opened(office.staff), office.bureau))
    with pytest.raises(Invalid):
        verbs.reopen_meeting(meeting, actor=office.staff, version=meeting.version, reason="")
    verbs.reopen_meeting(meeting, actor=office.staff, version=fresh(meeting).version, reason="漏记一家")
    assert fresh(meeting).status == "OPEN"
    assert fresh(meeting).events.order_by("seq").last().detail.reason == "漏记一家"


def test_staff_alone_run_it(office):
    meeting = planned(office.staff)
    others = [office.office, office.handler, make_actor(Role.CHAIRPERSON), make_actor(Role.STATION)]
    for actor in others:
        with pytest.raises(NotAllowed):
            planned(actor)
        with pytest.raises(NotAllowed):
            opened(actor, meeting)
    assert fresh(meeting).status == "PLANNED"


def test_several_of_one_organ_come(office):
    meeting = opened(office.staff)
    rows = [Attendee(organ=office.bureau, name=who) for who in ("李明", "张强")]
    verbs.note_attendance(meeting, actor=office.staff, version=fresh(meeting).version, attendees=rows)
    assert meeting.attendance.count() == 2


# pages


def test_planned_on_its_page(office):
    answer = send(office.staff, PLAN, **TYPED, key_only="on")
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer.url, meeting.key_only) == (302, page_of(meeting), True)
    assert meeting.place in signed_in(office.staff).get(LIST).content.decode()


def test_a_plan_without_a_convenor_is_shown_again(office):
    answer = send(office.staff, PLAN, **TYPED | {"convenor": ""})
    assert answer.status_code == 422
    assert "县政府三楼会议室" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_attendance_is_typed_line_by_line(office):
    OrganName.objects.create(organ=office.other, name="财政局", folded=key("财政局"), kind=OrganName.Kind.SHORT)
    meeting = opened(office.staff)
    typed = {"present": "县水利局 李明 副局长\n\n", "missing": "财政局，下乡防汛", "leaders": "王强 副县长"}
    answer = send(office.staff, act_of(meeting, "note_attendance"), **typed)
    assert answer.status_code == 302
    rows = {
        (row.organ and row.organ.name, row.name, row.post, row.state, row.leave_reason)
        for row in meeting.attendance.all()
    }
    assert rows == {
        ("县水利局", "李明", "副局长", "PRESENT", ""),
        ("县财政局", "", "", "LEAVE", "下乡防汛"),
        (None, "王强", "副县长", "PRESENT", ""),
    }
    again = signed_in(office.staff).get(act_of(meeting, "note_attendance")).content.decode()
    assert "县水利局 李明 副局长" in again
    assert "县财政局 下乡防汛" in again


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"present": "县水力局 李明"}, "present"),
        ({"present": "县水利局"}, "present"),
        ({"present": "县水利局 李明", "missing": "县不存在局"}, "missing"),
        ({"present": "县水利局 " + "长" * 41}, "present"),
        ({"present": "县水利局 李明", "missing": "县水利局"}, "missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(office, typed, field):
    meeting = opened(office.staff)
    answer = send(office.staff, act_of(meeting, "note_attendance"), **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Attendance.objects.exists()


def test_who_sees_which_meeting(office):
    meeting = attended(office.staff, opened(office.staff), office.bureau)
    for actor in (office.staff, office.office, office.handler, make_actor(Role.CHAIRPERSON)):
        assert signed_in(actor).get(page_of(meeting)).status_code == 200, actor.role
    for actor in (office.outsider, make_actor(Role.STATION), make_actor(Role.DEPUTY), make_actor(Role.COUNTY_LEADER)):
        assert signed_in(actor).get(page_of(meeting)).status_code == 404, actor.role
    for actor, status in ((office.outsider, 200), (make_actor(Role.STATION), 403), (make_actor(Role.DEPUTY), 403)):
        assert signed_in(actor).get(LIST).status_code == status, actor.role


def test_an_organ_reads_the_names_of_its_own_people_only(office):
    meeting = opened(office.staff)
    rows = [Attendee(organ=office.bureau, name="李明"), Attendee(organ=office.other, name="张强")]
    verbs.note_attendance(meeting, actor=office.staff, version=fresh(meeting).version, attendees=rows)
    page = signed_in(office.handler).get(page_of(meeting)).content.decode()
    assert "李明" in page
    assert "张强" not in page


def test_buttons_follow_the_state(office):
    meeting = planned(office.staff)
    client = signed_in(office.staff)
    for verb, status in (("open", 200), ("update", 200), ("cancel", 200), ("close", 409), ("reopen", 409)):
        shown = act_of(meeting, verb) in client.get(page_of(meeting)).content.decode()
        assert shown == (status == 200), verb
        assert client.get(act_of(meeting, verb)).status_code == status, verb
    assert act_of(meeting, "open") not in signed_in(office.office).get(page_of(meeting)).content.decode()
    assert signed_in(office.office).get(act_of(meeting, "open")).status_code == 403


def test_an_empty_list_says_so(office):
    assert gettext("No hand-over meeting has been planned yet.") in signed_in(office.staff).get(LIST).content.decode()
    planned(office.staff)
    page = signed_in(office.staff).get(LIST, {"year": 1999}).content.decode()
    assert gettext("No meeting fits these filters.") in page
