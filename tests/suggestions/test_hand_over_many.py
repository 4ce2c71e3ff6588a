"""Handing over at a meeting: one and many, all or none, the slip, the meeting's day (R56, R60, scenarios 6 and 7)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organ, Role
from deliberations.models import Resolution
from deliberations.transitions import hand_over_meetings as meetings
from suggestions import transitions
from suggestions.models import HandOver, Suggestion
from suggestions.transitions.handing import require_key_decided, waiting_at
from tests.deliberations.handing import attended, closed, fresh, opened, planned
from tests.factory import make_actor, make_organ, make_person
from tests.suggestions.checks import assert_chain_holds, clock_of, events, last, told
from tests.suggestions.factory import TODAY, at_office, noon, registered, version_of
from tests.suggestions.factory import fresh as case_of
from tests.suggestions.web import act_url, hidden, send, signed_in
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale


def many(county, meeting, cases, *, to=None, **options):
    given = {"actor": county.staff, "version": fresh(meeting).version, "to": to or county.office.post.organ}
    return transitions.hand_over_many(meeting, suggestions=cases, **given | options)


def page_of(meeting, name="hand_over_many"):
    return reverse(f"suggestions:{name}", args=[meeting.pk])


def key(case, **options):
    """As a resolution of the council designates it."""
    resolution = Resolution.objects.create(body=Resolution.Body.COUNCIL_OF_CHAIRPERSONS, number="3号", on=clock.today())
    given = {"is_key": True, "key_reason": "VITAL", "key_resolution": resolution, "supervising_leader": make_person()}
    Suggestion.objects.filter(pk=case.pk).update(**given | options)
    return case_of(case)


@pytest.fixture
def meeting(county):
    return opened(county.staff)


def test_all_that_wait_are_handed_over_in_one_act(county, meeting):
    cases = [registered(county, title=f"关于第{number}件事的建议") for number in range(3)]
    given = many(county, meeting, reversed(cases), requirements="当面沟通。")
    assert [row.suggestion for row in given] == cases
    assert [row.slip_no for row in given] == [f"交办〔2026〕00{number}号" for number in (1, 2, 3)]
    for row in given:
        assert (row.meeting, row.on, row.requirements) == (meeting, TODAY, "当面沟通。")
        case = case_of(row.suggestion)
        assert (case.status, case.first_handed_over_on) == ("AT_FORWARDER", TODAY)
        assert clock_of(case, "REPLY").start_on == TODAY
        assert last(case).detail.changes["slip_no"] == row.slip_no
        assert_chain_holds(case)
    noted = fresh(meeting).events.order_by("seq").last()
    assert (noted.verb, noted.detail.changes["slips"]) == ("hand_over", [row.slip_no for row in given])
    assert chain.faults(fresh(meeting), list(fresh(meeting).events.order_by("seq"))) == []
    assert len(told("suggestion.hand_over")) == 3


@pytest.mark.parametrize("to_court", [False, True])
def test_what_limits_are_counted_by_is_read_once_however_many_are_handed_over(county, meeting, to_court):
    to = make_organ("县人民法院", Organ.Kind.COURT) if to_court else None
    cases = [registered(county, title=f"关于第{number}件事的建议") for number in range(4)]
    with CaptureQueriesContext(connection) as asked:
        many(county, meeting, cases, to=to)
    for table in ("workflow_ruleset", "workflow_calendarday", "workflow_calendaryear"):
        assert len([query for query in asked.captured_queries if f'FROM "{table}"' in query["sql"]]) == 1, table


def test_one_request_stands_in_the_events_of_all(county, meeting):
    cases = [registered(county, title=f"关于第{number}件事的建议") for number in range(2)]
    send(county.staff, page_of(meeting), to=county.office.post.organ_id, suggestions=[case.pk for case in cases])
    requests = {last(case).request_id for case in cases} | {fresh(meeting).events.order_by("seq").last().request_id}
    assert len(requests) == 1
    assert requests != {""}


def test_the_reply_term_runs_from_the_meeting_and_not_from_the_offices_allotment(county):
    """Scenario 6."""
    case = registered(county)
    held = opened(county.staff)
    many(county, held, [case])
    with noon(TODAY + timedelta(days=5)):
        transitions.allot(case, actor=county.office, version=version_of(case), host=county.bureau)
    assert clock_of(case, "REPLY").start_on == TODAY
    assert clock_of(case, "REPLY").due_on == date(2026, 6, 16)


def test_a_meeting_written_down_afterwards_gives_its_own_day(county):
    week_ago = TODAY - timedelta(days=7)
    case = registered(county, received_on=week_ago)
    given = many(county, opened(county.staff, held_on=week_ago), [case])
    assert given[0].on == week_ago
    assert clock_of(case, "REPLY").due_on == date(2026, 6, 9)


def test_what_is_the_courts_goes_to_the_court_at_the_same_meeting(county, meeting):
    """Scenario 7."""
    court = make_organ("县人民法院", Organ.Kind.COURT)
    first, second = registered(county), registered(county, title="关于解决执行难的建议")
    many(county, meeting, [second], to=court)
    assert case_of(second).status == "HANDLING"
    assert [row.organ for row in second.assignments.all()] == [court]
    many(county, meeting, [first])
    assert case_of(first).status == "AT_FORWARDER"


def test_none_is_handed_over_when_one_cannot_be(county, meeting):
    first, second = registered(county), at_office(county)
    before = HandOver.objects.count()
    with pytest.raises(Conflict) as refused:
        many(county, meeting, [first, second])
    assert str(second) in refused.value.sentence
    assert str(first) not in refused.value.sentence
    assert case_of(first).status == "REGISTERED"
    assert HandOver.objects.count() == before
    assert not fresh(meeting).events.filter(verb="hand_over").exists()


def test_what_came_in_after_the_meeting_is_named(county):
    case = registered(county)
    held = opened(county.staff, held_on=TODAY - timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        many(county, held, [case])
    assert (refused.value.code, str(case) in refused.value.sentence) == ("one_of_many", True)


def test_a_nominated_one_waits_for_the_council(county, meeting):
    case = registered(county)
    Suggestion.objects.filter(pk=case.pk).update(key_nomination="全县关注")
    assert case not in waiting_at(meeting)
    for hand in (lambda: many(county, meeting, [case]), lambda: _alone(county, case)):
        with pytest.raises(Conflict) as refused:
            hand()
        assert refused.value.code in ("one_of_many", "key_undecided")
    key(case)
    assert _alone(county, case).suggestion.status == "AT_FORWARDER"


def test_a_key_one_without_its_leader_is_not_handed_over(county):
    case = registered(county)
    case.is_key = True
    with pytest.raises(Conflict) as refused:
        require_key_decided(case)
    assert refused.value.code == "key_unled"


def test_a_key_meeting_takes_key_suggestions_only(county):
    plain, chosen = registered(county), key(registered(county, title="关于饮水的建议"))
    held = opened(county.staff, key_only=True)
    assert list(waiting_at(held)) == [chosen]
    with pytest.raises(Conflict) as refused:
        many(county, held, [plain, chosen])
    assert str(plain) in refused.value.sentence
    assert [row.suggestion for row in many(county, held, [chosen])] == [chosen]


def test_nothing_ticked_is_nothing_done(county, meeting):
    with pytest.raises(Invalid) as refused:
        many(county, meeting, [])
    assert (refused.value.field, refused.value.code) == ("suggestions", "none_chosen")


def test_only_at_a_meeting_that_is_being_recorded(county):
    case = registered(county)
    for held in (
        planned(county.staff),
        closed(county.staff, attended(county.staff, opened(county.staff), county.bureau)),
    ):
        with pytest.raises(Conflict):
            many(county, held, [case])
        with pytest.raises(Conflict):
            _alone(county, case, meeting=held)
    assert case_of(case).status == "REGISTERED"


def test_only_staff_and_only_with_the_present_version(county, meeting):
    case = registered(county)
    for actor in (county.office, county.host, county.liaison, make_actor(Role.DEPUTY_CHAIRPERSON)):
        with pytest.raises(NotAllowed):
            many(county, meeting, [case], actor=actor)
    with pytest.raises(Stale):
        many(county, meeting, [case], version=0)


def _alone(county, case, **options):
    given = {"actor": county.staff, "version": version_of(case), "to": county.office.post.organ, "on": TODAY}
    row = transitions.hand_over(case, **given | options)
    row.suggestion.refresh_from_db()
    return row


def test_one_alone_at_the_meeting_stands_in_its_record(county, meeting):
    row = _alone(county, registered(county), meeting=meeting)
    assert (row.meeting, row.slip_no) == (meeting, "交办〔2026〕001号")
    assert fresh(meeting).events.filter(verb="hand_over").count() == 1


def test_the_day_is_the_meetings(county):
    held = opened(county.staff, held_on=TODAY - timedelta(days=1))
    case = registered(county, received_on=TODAY - timedelta(days=9))
    with pytest.raises(Invalid) as refused:
        _alone(county, case, meeting=held)
    assert (refused.value.field, refused.value.code) == ("on", "not_the_meetings_day")


def test_a_slip_bears_the_number_it_was_given_and_none_twice(county):
    assert _alone(county, registered(county), slip_no="交办〔2026〕001号").slip_no == "交办〔2026〕001号"
    other = registered(county, title="另一件")
    with pytest.raises(Invalid) as refused:
        _alone(county, other, slip_no="交办〔2026〕001号")
    assert (refused.value.field, refused.value.code) == ("slip_no", "taken")
    assert _alone(county, other).slip_no == "交办〔2026〕002号"


def test_slips_begin_anew_each_year(county):
    _alone(county, registered(county))
    with noon(date(2027, 1, 4)):
        row = _alone(county, registered(county, title="新年的建议"), on=date(2027, 1, 4))
    assert row.slip_no == "交办〔2027〕001号"


def test_a_meeting_at_which_something_was_handed_over_cannot_be_cancelled(county, meeting):
    many(county, meeting, [registered(county)])
    with pytest.raises(Conflict) as refused:
        meetings.cancel_meeting(meeting, actor=county.staff, version=fresh(meeting).version, reason="改期")
    assert refused.value.code == "handed_over"


# pages


def test_all_that_wait_are_ticked(county, meeting):
    cases = [registered(county, title=f"关于第{number}件事的建议") for number in range(2)]
    nominated = registered(county, title="关于高速出入口的建议")
    Suggestion.objects.filter(pk=nominated.pk).update(key_nomination="全县关注")
    page = signed_in(county.staff).get(page_of(meeting)).content.decode()
    for case in cases:
        assert f"{case.number} {case.title}" in page
    assert nominated.title not in page
    assert page.count("checked") == 2


def test_the_page_hands_over_and_the_meeting_tells_it(county, meeting):
    case, other = registered(county), registered(county, title="关于执行难的建议")
    answer = send(county.staff, page_of(meeting), to=county.office.post.organ_id, suggestions=[case.pk])
    assert (answer.status_code, answer.url) == (302, reverse("deliberations:hand_over_meeting", args=[meeting.pk]))
    page = signed_in(county.staff).get(answer.url).content.decode()
    assert "交办〔2026〕001号" in page
    assert case.title in page
    assert other.title not in page
    assert page_of(meeting) in page
    assert case_of(other).status == "REGISTERED"


def test_the_page_names_the_one_that_cannot_and_keeps_what_was_typed(county, meeting):
    case = registered(county)
    client = signed_in(county.staff)
    form = hidden(client.get(page_of(meeting)))
    Suggestion.objects.filter(pk=case.pk).update(received_on=TODAY - timedelta(days=1))
    transitions.hand_over(case, actor=county.staff, version=version_of(case), to=county.office.post.organ, on=TODAY)
    typed = form | {"to": county.office.post.organ_id, "suggestions": [case.pk], "requirements": "当面沟通。"}
    registered(county, title="还有一件")
    answer = client.post(page_of(meeting), typed)
    assert answer.status_code == 422
    assert "当面沟通。" in answer.content.decode()


def test_there_is_no_page_when_nothing_waits(county, meeting):
    assert signed_in(county.staff).get(page_of(meeting)).status_code == 409
    assert (
        page_of(meeting)
        not in signed_in(county.staff)
        .get(reverse("deliberations:hand_over_meeting", args=[meeting.pk]))
        .content.decode()
    )


def test_the_list_to_be_signed(county, meeting):
    case = registered(county)
    many(county, meeting, [case])
    page = signed_in(county.staff).get(page_of(meeting, "hand_over_sheet")).content.decode()
    for words in ("代表建议交接清单", "交办〔2026〕001号", case.number, case.title, "赵大海", "2026-06-16", "签收"):
        assert words in page
    office = signed_in(county.office).get(page_of(meeting, "hand_over_sheet")).content.decode()
    assert case.title in office


def test_an_organ_that_was_there_reads_only_its_own_rows(county, meeting):
    court = make_organ("县人民法院", Organ.Kind.COURT)
    judge = make_actor(Role.ORGAN_HANDLER, organ=court)
    mine, others = registered(county, title="关于执行难的建议"), registered(county)
    many(county, meeting, [mine], to=court)
    many(county, meeting, [others])
    assert signed_in(judge).get(page_of(meeting, "hand_over_sheet")).status_code == 404
    attended(county.staff, meeting, court)
    page = signed_in(judge).get(page_of(meeting, "hand_over_sheet")).content.decode()
    assert mine.title in page
    assert others.title not in page


def test_the_single_form_offers_the_meeting_of_the_day(county, meeting):
    case = registered(county)
    page = signed_in(county.staff).get(act_url(case, "hand_over"))
    assert page.context["form"]["meeting"].value() == meeting.pk
    assert f"2026-03-16 {meeting.place}" in page.content.decode()
    answer = send(
        county.staff, act_url(case, "hand_over"), to=county.office.post.organ_id, on="2026-03-16", meeting=meeting.pk
    )
    assert answer.status_code == 302
    assert case.hand_overs.get().meeting == meeting
    closed(county.staff, attended(county.staff, meeting, county.bureau))
    other = registered(county, title="另一件")
    assert "meeting" not in signed_in(county.staff).get(act_url(other, "hand_over")).context["form"].fields


def test_pages_cost_as_many_queries_for_many_as_for_few(county, meeting):
    client = signed_in(county.staff)
    pages = [
        page_of(meeting),
        page_of(meeting, "hand_over_sheet"),
        reverse("deliberations:hand_over_meeting", args=[meeting.pk]),
    ]

    def counted():
        with CaptureQueriesContext(connection) as asked:
            for page in pages:
                assert client.get(page).status_code == 200
        return len(asked)

    many(county, meeting, [registered(county, title="第一件")])
    registered(county, title="还在等")
    client.get(pages[0])
    few = counted()
    many(county, meeting, [registered(county, title=f"更多{number}") for number in range(4)])
    for number in range(4):
        registered(county, title=f"还在等{number}")
    assert counted() == few


def test_each_case_keeps_one_event_of_its_own(county, meeting):
    case = registered(county)
    before = len(events(case))
    many(county, meeting, [case])
    assert len(events(case)) == before + 1
