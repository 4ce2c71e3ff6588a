"""Where a suggestion stands, in three vocabularies; and how a time limit is told."""

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext as _

from accounts.models import Role
from suggestions import recipients
from suggestions.models import Suggestion, SuggestionClock
from suggestions.stages import plain_steps, stage, steps
from suggestions.templatetags.suggestions import clock_state, clock_trace
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import TODAY, accepted, assigned, at_office, fresh, judged, noon, replied, submitted


@pytest.mark.parametrize(
    ("who", "status", "round_", "part", "word"),
    [
        ("staff", "SUBMITTED", 1, "", "to be registered"),
        ("staff", "AT_FORWARDER", 1, "", "to be allotted"),
        ("staff", "HANDLING", 1, "ASSIGNED", "to be signed for"),
        ("staff", "HANDLING", 1, "ACCEPTED", "in hand"),
        ("staff", "REPLIED", 1, "ANSWERED", "replied"),
        ("host", "HANDLING", 1, "ACCEPTED", "in hand"),
        ("host", "HANDLING", 2, "ACCEPTED", "to be handled again"),
        ("host", "HANDLING", 2, "ANSWERED", "replied"),
        ("host", "WITHDRAWN", 1, "ENDED", "withdrawn"),
        ("deputy", "SUBMITTED", 1, "", "received"),
        ("deputy", "AT_FORWARDER", 1, "", "the county has given it to the government office"),
        ("deputy", "HANDLING", 1, "ASSIGNED", "the county has handed it over"),
        ("deputy", "HANDLING", 1, "ACCEPTED", "in hand"),
        ("deputy", "REPLIED", 1, "ANSWERED", "an answer has come"),
        ("deputy", "CLOSED", 1, "ANSWERED", "all done"),
        ("deputy", "WITHDRAWN", 1, "ENDED", "you withdrew it"),
    ],
)
def test_each_reader_has_words_of_their_own(county, who, status, round_, part, word):
    assert stage(Suggestion(status=status, round=round_), getattr(county, who), part) == _(word)


def test_a_second_time_is_counted_for_committee_and_deputy(county):
    case = Suggestion(status="HANDLING", round=2)
    assert "2" in stage(case, county.staff, "ACCEPTED")
    assert "2" in stage(case, county.deputy, "ACCEPTED")


def bar(case, **options):
    return [step["state"] for step in steps(case, list(case.assignments.filter(round=case.round)), **options)]


def test_the_bar_says_where_it_stands_and_whether_it_is_late(county):
    assert bar(submitted(county)) == ["done", "current", *["todo"] * 6]
    assert bar(accepted(county), is_late=True) == [*["done"] * 4, "late", *["todo"] * 3]
    assert bar(replied(county).assignment.suggestion) == [*["done"] * 6, "current", "todo"]
    assert bar(judged(county)) == ["done"] * 8


def words(case, **options):
    rows = list(case.assignments.filter(round=case.round))
    return [step["state"] for step in plain_steps(case, rows, **options)]


def test_a_deputy_reads_which_of_four_words_holds(county):
    assert words(submitted(county)) == ["current", "todo", "todo", "todo"]
    assert words(at_office(county)) == ["done", "current", "todo", "todo"]
    assert words(assigned(county)) == ["done", "current", "todo", "todo"]
    assert words(accepted(county), is_late=True) == ["done", "done", "late", "todo"]
    assert words(replied(county).assignment.suggestion) == ["done", "done", "done", "current"]
    assert words(judged(county)) == ["done"] * 4
    assert words(Suggestion(status="WITHDRAWN", pk=submitted(county).pk)) == []


def test_a_deputy_reads_to_whom_the_county_gave_it(county):
    case = assigned(county)
    label = plain_steps(case, list(case.assignments.all()))[1]["label"]
    assert case.assignments.get(part__in=("SOLE", "HOST")).organ.name in label


def test_what_an_old_ledger_does_not_tell_is_unknown_and_not_missing(county):
    case = accepted(county)
    Suggestion.objects.filter(pk=case.pk).update(imported_from="ledger.xls")
    case.assignments.update(received_on=None)
    assert bar(fresh(case))[:5] == ["unknown", "done", "done", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("met_on", "voided_on", "act_by", "word"),
    [
        (None, None, TODAY, "running"),
        (None, None, TODAY - timedelta(days=1), "overdue"),
        (None, TODAY, TODAY - timedelta(days=1), "no longer needed"),
        (TODAY, None, TODAY, "met on %(day)s"),
        (TODAY, None, TODAY - timedelta(days=1), "met late on %(day)s"),
    ],
)
def test_a_limit_is_told_in_a_word(met_on, voided_on, act_by, word):
    row = SuggestionClock(due_on=act_by, act_by=act_by, met_on=met_on, voided_on=voided_on)
    with noon(TODAY):
        assert clock_state(row) == _(word) % {"day": TODAY.isoformat()}


def test_a_limit_tells_how_it_was_counted(county):
    reply = accepted(county).clocks.get(kind="REPLY")
    assert "2026-06-16" in clock_trace(reply)
    reply.provisional = True
    assert _("(calendar not announced yet)") in clock_trace(reply)


def holders(mandate):
    return [post.user for post in recipients.by_deputy([mandate])[mandate.pk]]


def test_for_a_deputy_without_an_account_who_runs_the_station_is_told_else_staff(county):
    mandate = make_mandate(make_person("孙大山"), station=county.station)
    assert holders(county.lead) == [county.deputy.user]
    assert holders(mandate) == [county.liaison.user]
    county.station.staff.update(until=TODAY - timedelta(days=1))
    assert holders(mandate) == [county.staff.user]


def test_former_handlers_are_not_told(county):
    former = make_actor(Role.ORGAN_HANDLER, organ=county.bureau)
    former.user.posts.update(until=date(2026, 3, 1))
    assert [post.user for post in recipients.of_organ(county.bureau)] == [county.host.user]
