"""Reminders of commitments, of objections to decide, of what waits for its number, of voters behind what has ended."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from notifications.models import Notification
from notifications.reminders import tell, void_untrue
from notifications.texts import sentence
from suggestions import transitions
from suggestions.models import Commitment, Objection, Suggestion, SuggestionClock
from suggestions.reminders import SOURCES, Clocks, CommitmentsToConfirm, CommitmentsToKeep, Registration, VoicesToTell
from suggestions.transitions import clocks
from tests.deliberations.visiting import NAME, WORDS
from tests.deliberations.visiting import told as tell_voter
from tests.factory import make_actor
from tests.suggestions.behind import comes_from, met, said, visited
from tests.suggestions.checks import clock_of, name, told
from tests.suggestions.factory import (
    TODAY,
    accepted,
    judged,
    noon,
    part_of,
    registered,
    replied,
    submitted,
    version_of,
)
from workflow import clock
from workflow.models import RuleSet, RuleValue
from workflow.periods import fixed


def run(source, days=0):
    """One source, so many days after the first, and what is no longer true taken back; how many are new."""
    with noon(TODAY + timedelta(days)):
        void_untrue(SOURCES, clock.today())
        return tell(source, clock.today())


def unread(kind):
    rows = Notification.objects.filter(kind=kind).unread().select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def committed(county, days=60):
    """One line in a released reply of the host."""
    reply = replied(county)
    return Commitment.objects.create(
        reply=reply, text="年底前修完。", organ=county.bureau, person="李副局长", due_on=TODAY + timedelta(days)
    )


def more(commitment, number):
    """As many lines again, three on each day."""
    Commitment.objects.bulk_create(
        Commitment(
            reply=commitment.reply, text="修路灯。", organ=commitment.organ, person="李", due_on=TODAY + timedelta(60 + n // 3)
        )
        for n in range(number)
    )  # fmt: skip


def statements(source, days):
    with CaptureQueriesContext(connection) as seen:
        found = run(source, days)
    return found, len(seen)


def test_twenty_commitments_cost_as_many_statements_as_ten(county):
    commitment = committed(county)
    more(commitment, 9)
    assert Notification.objects.filter(kind__startswith="reminder.").count() == 0
    ten = statements(CommitmentsToKeep(), 50)
    Notification.objects.filter(kind__startswith="reminder.").delete()
    more(commitment, 10)
    twenty = statements(CommitmentsToKeep(), 50)
    assert (ten[0], twenty[0]) == (10, 20)
    assert twenty[1] == ten[1] <= 16
    assert run(CommitmentsToKeep(), 50) == 0


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_however_the_scan_is_cut_each_is_told_once_and_taken_back_once(county, monkeypatch, size):
    monkeypatch.setattr("notifications.reminders.CHUNK", size)
    more(committed(county), 9)
    assert [run(CommitmentsToKeep(), day) for day in (50, 50, 61, 61)] == [10, 0, 4 * 2 + 6, 0]
    Commitment.objects.update(status="CONFIRMED", confirmed_on=TODAY)
    run(CommitmentsToKeep(), 61)
    assert unread("reminder.commitment_due") == unread("reminder.commitment_overdue") == []


def report(commitment, days):
    day = TODAY + timedelta(days)
    Commitment.objects.filter(pk=commitment.pk).update(status="REPORTED_DONE", report="修完了。", reported_on=day)


def test_the_organ_is_reminded_of_its_commitment_and_staff_once_it_is_late(county):
    committed(county)
    assert [run(CommitmentsToKeep(), day) for day in (29, 30, 45, 60, 61, 64)] == [0, 1, 1, 1, 2, 2]
    assert set(told("reminder.commitment_due")) == {name(county.host)}
    assert set(told("reminder.commitment_overdue")) == {name(county.host), name(county.staff)}
    assert name(county.head) not in told("reminder.commitment_overdue")


def test_what_is_reported_is_asked_of_the_deputy(county):
    commitment = committed(county)
    run(CommitmentsToKeep(), 61)
    report(commitment, 62)
    assert run(CommitmentsToConfirm(), 62) == 0
    assert unread("reminder.commitment_overdue") == []
    assert [run(CommitmentsToConfirm(), day) for day in (63, 64, 66)] == [1, 0, 1]
    assert unread("reminder.commitment_report_overdue") == ["赵大海"]


def test_who_continues_for_the_lead_is_asked_about_the_commitment(county):
    commitment = committed(county)
    Suggestion.objects.update(continued_by=county.second)
    report(commitment, 0)
    run(CommitmentsToConfirm(), 1)
    assert unread("reminder.commitment_report_overdue") == ["钱小河"]


def test_a_confirmed_commitment_reminds_nobody(county):
    commitment = committed(county)
    report(commitment, 0)
    run(CommitmentsToConfirm(), 1)
    Commitment.objects.update(status="CONFIRMED", confirmed_on=TODAY)
    assert run(CommitmentsToConfirm(), 2) == 0
    assert unread("reminder.commitment_report_overdue") == []


def objected(county, status="REQUESTED"):
    """The host has objected; the decision is due in five working days."""
    case = accepted(county, co_hosts=[])
    part = part_of(case, county.host)
    Objection.objects.create(
        assignment=part, number=1, requested_on=TODAY, reason="NOT_OURS", basis="三定", status=status
    )
    due = TODAY + timedelta(7)
    clocks.start(case, "OBJECTION", TODAY, lambda _rules, calendar: fixed(due, calendar, "test"), assignment=part)
    return case


def test_the_office_is_reminded_of_an_objection_to_what_it_allotted(county):
    objected(county)
    run(Clocks(), 7)
    assert told("reminder.objection_due") == [name(county.office)]
    run(Clocks(), 8)
    assert set(told("reminder.objection_overdue")) == {name(county.office), name(county.staff)}


def test_once_the_office_has_agreed_staff_are_reminded(county):
    objected(county, "OFFICE_AGREED")
    run(Clocks(), 7)
    assert told("reminder.objection_due") == [name(county.staff)]


def test_another_host_takes_the_reminders_of_the_former_one_along(county):
    case = accepted(county, co_hosts=[])
    last = clock_of(case, "REPLY").act_by
    run(Clocks(), (last - TODAY).days)
    assert unread("reminder.reply_due") == [name(county.host)]
    heir = make_actor(Role.ORGAN_HANDLER)
    case.assignments.update(organ=heir.post.organ)
    run(Clocks(), (last - TODAY).days)
    assert unread("reminder.reply_due") == [name(heir)]


def test_the_next_rung_takes_the_place_of_the_one_before_in_the_inbox(county):
    case = accepted(county, co_hosts=[])
    last = (clock_of(case, "REPLY").act_by - TODAY).days
    for left in (30, 15, 7, 3):
        run(Clocks(), last - left)
    assert unread("reminder.reply_due") == [name(county.host)]
    assert set(Notification.objects.exclude(void_reason="").values_list("void_reason", flat=True)) == {"superseded"}


def test_a_look_from_another_day_costs_nobody_a_reminder(county):
    case = accepted(county, co_hosts=[])
    last = (clock_of(case, "REPLY").act_by - TODAY).days
    assert run(Clocks(), last - 3) == 1
    assert run(Clocks(), last - 15) == 1
    assert unread("reminder.reply_due") == [name(county.host)]
    assert run(Clocks(), last - 3) == 1
    assert Notification.objects.filter(kind="reminder.reply_due").unread().get().fact.endswith(":3")


def test_a_limit_keeps_the_ladder_under_which_it_began(county):
    first = accepted(county, co_hosts=[])
    rules = RuleSet.objects.create(valid_from=TODAY + timedelta(1))
    RuleValue.objects.create(rule_set=rules, key="reminder_days", value=[60])
    RuleValue.objects.create(rule_set=rules, key="reminder_repeat_days", value=10)
    with noon(TODAY + timedelta(1)):
        second = accepted(county, co_hosts=[])
    due = [clock_of(case, "REPLY").act_by for case in (first, second)]
    assert due == [date(2026, 6, 16), date(2026, 6, 17)]
    days = [(day - TODAY).days for day in due]
    assert run(Clocks(), days[1] - 60) == 1, "only what began under the longer ladder"
    assert run(Clocks(), days[0] - 30) == 1
    for case, late in ((first, 3), (second, 10)):
        end = (clock_of(case, "REPLY").act_by - TODAY).days
        SuggestionClock.objects.exclude(suggestion=case).update(voided_on=TODAY)
        SuggestionClock.objects.filter(suggestion=case, kind="REPLY").update(voided_on=None)
        assert [run(Clocks(), end + day) for day in (1, late, late + 1)] == [2, 0, 2]


def test_staff_are_reminded_of_what_waits_for_its_number_once_however_many_there_are(county):
    first = submitted(county)
    for _ in range(4):
        submitted(county)
    assert [run(Registration(), day) for day in (0, 3, 4, 6, 7)] == [0, 0, 1, 0, 1]
    note = Notification.objects.filter(kind="reminder.registration_overdue").latest("pk")
    assert note.recipient == county.staff.user
    assert (note.params["title"], note.params["count"]) == (first.title, "5")
    assert note.due_on is None
    assert "5" in sentence(note)


def test_what_has_its_number_waits_no_longer(county):
    case = submitted(county)
    run(Registration(), 4)
    transitions.register(case, actor=county.staff, version=version_of(case), field=county.field, reply_term="NORMAL")
    assert run(Registration(), 5) == 0
    assert unread("reminder.registration_overdue") == []


def ended(county):
    """A suggestion that a voter's words led to is closed."""
    visit = visited(county)
    case = judged(county)
    comes_from(case, meeting_opinion=said(county, met(county), visit))
    return visit


def test_whoever_went_is_reminded_to_tell_the_voter_what_came_of_the_suggestion(county):
    visit = ended(county)
    assert run(VoicesToTell(), 0) == 0
    assert run(VoicesToTell(), 1) == 2
    assert set(unread("reminder.voter_to_tell_overdue")) == {"赵大海", name(county.liaison)}
    note = Notification.objects.filter(kind="reminder.voter_to_tell_overdue").first()
    assert note.url == f"/deliberations/visits/{visit.pk}/"
    assert NAME not in str(note.params) and WORDS not in str(note.params)
    with noon(TODAY + timedelta(1)):
        tell_voter(county, visit)
    assert run(VoicesToTell(), 2) == 0
    assert unread("reminder.voter_to_tell_overdue") == []


def test_while_the_suggestion_is_in_hand_nobody_is_reminded_to_tell(county):
    comes_from(registered(county), meeting_opinion=said(county, met(county), visited(county)))
    assert run(VoicesToTell(), 30) == 0
