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

#: The three vocabularies: state, round and state of the part → what staff, the host's handler and the deputy read.
VOCABULARIES = [
    ("DRAFT", 1, "", "draft", None, "draft"),
    ("SIGNING", 1, "", "co-signers invited", None, "draft"),
    ("SUBMITTED", 1, "", "to be registered", None, "received"),
    ("RETURNED", 1, "", "returned to be completed", None, "please complete it"),
    ("REGISTERED", 1, "", "to be handed over", None, "received"),
    ("AT_FORWARDER", 1, "", "to be allotted", None, "the county has given it to the government office"),
    ("HANDLING", 1, "ASSIGNED", "to be signed for", "to be signed for", "the county has handed it over"),
    ("HANDLING", 1, "ACCEPTED", "being handled", "in hand", "in hand"),
    ("HANDLING", 1, "OBJECTED", "objection to be decided", "objection pending", "in hand"),
    ("HANDLING", 1, "ANSWERED", "replied", "replied", "in hand"),
    ("HANDLING", 2, "ACCEPTED", "handling no. %(round)d", "to be handled again", "in hand (time %(round)d)"),
    ("HANDLING", 2, "ANSWERED", "replied", "replied", "in hand (time %(round)d)"),
    ("REPLIED", 1, "ANSWERED", "replied, the deputy is to judge", "replied", "an answer has come"),
    (
        "FOLLOW_UP",
        1,
        "ANSWERED",
        "followed up until the commitment is kept",
        "in hand",
        "an answer has come, the rest is followed up",
    ),
    ("CLOSED", 1, "ANSWERED", "completed", "completed", "all done"),
    ("REFUSED", 1, "", "not accepted as a suggestion", None, "not taken as a suggestion: %(reason)s"),
    ("REFERRED", 1, "", "referred elsewhere", None, "passed on to: %(where)s"),
    ("WITHDRAWN", 1, "ENDED", "withdrawn", "handling stopped", "you withdrew it"),
    ("DISCARDED", 1, "", "draft discarded", None, "draft discarded"),
    ("ANNULLED", 1, "", "import taken back", None, "import taken back"),
]


@pytest.mark.parametrize(("status", "round_", "part", "staff", "organ", "deputy"), VOCABULARIES)
def test_each_reader_has_words_of_their_own(county, status, round_, part, staff, organ, deputy):
    case = Suggestion(status=status, round=round_, refusal="IN_COURT", referred_to="县信访局")
    told = {"round": round_, "reason": case.get_refusal_display(), "where": "县信访局"}
    for who, word in (("staff", staff), ("host", organ), ("deputy", deputy)):
        if word is not None:
            assert stage(case, getattr(county, who), part) == str(_(word)) % told


def test_no_state_is_without_a_word():
    assert {row[0] for row in VOCABULARIES} == set(Suggestion.Status.values)


def test_a_deputy_reads_in_one_word_to_which_organ_it_went(county):
    case = Suggestion(status="HANDLING", round=1)
    assert "县交通运输局" in stage(case, county.deputy, "ASSIGNED", organ="县交通运输局")


def test_a_verdict_that_is_held_back_is_read_by_the_committee_alone(county):
    case = Suggestion(status="REPLIED", round=1)
    assert stage(case, county.staff, "ANSWERED", verdict="DISSATISFIED") == _("dissatisfied, to be released")
    others = [stage(case, getattr(county, who), "ANSWERED", verdict="DISSATISFIED") for who in ("host", "office")]
    assert others == [_("replied"), _("replied")]
    assert stage(case, county.liaison, "ANSWERED", verdict="DISSATISFIED") == _("replied")


def test_a_co_host_that_gave_its_opinion_is_done(county):
    case = Suggestion(status="HANDLING", round=1)
    assert stage(case, county.co_host, "ANSWERED", "CO_HOST") == _("opinion given")


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


@pytest.mark.parametrize("status", ["DRAFT", "SIGNING", "DISCARDED", "REFUSED", "REFERRED", "WITHDRAWN"])
def test_outside_of_the_four_words_one_word_says_all(status):
    assert plain_steps(Suggestion(status=status), []) == []


def test_what_was_returned_stands_before_the_first_word():
    first, *others = plain_steps(Suggestion(status="RETURNED"), [])
    assert (first["label"], first["state"]) == (_("please complete it"), "current")
    assert {step["state"] for step in others} == {"todo"}


@pytest.mark.parametrize("status", ["DRAFT", "SIGNING", "RETURNED"])
def test_a_draft_has_still_to_be_submitted(status):
    case = Suggestion(status=status, received_on=TODAY)
    assert [step["state"] for step in steps(case, [])] == ["current", *["todo"] * 7]


def test_what_is_no_suggestion_says_why_or_where_it_went():
    refused = steps(Suggestion(status="REFUSED", refusal="IN_COURT", received_on=TODAY), [])
    assert [step["state"] for step in refused] == ["done", "done"]
    assert refused[1]["note"] == _("matter before a court or in arbitration")
    referred = steps(Suggestion(status="REFERRED", referred_to="县信访局", received_on=TODAY), [])
    assert referred[1]["note"] == "县信访局"
    assert steps(Suggestion(status="DISCARDED"), []) == []


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
