"""The verdict takes effect: closed, or handled again until the deputy is satisfied."""

from datetime import date, timedelta

import pytest

from suggestions import transitions
from suggestions.models import Evaluation, Rating, Verdict
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, running, step, told
from tests.suggestions.factory import (
    TODAY,
    evaluate,
    fresh,
    in_review,
    judged,
    noon,
    part_of,
    release,
    replied,
    sign,
    version_of,
)
from workflow.engine import Conflict, Invalid, NotAllowed


@pytest.mark.parametrize("rating", [Rating.SATISFIED, Rating.BASICALLY])
def test_satisfied_or_basically_closes_and_says_which(county, rating):
    case = judged(county, rating)
    assert (case.status, case.closed_on, case.closing_basis, case.round) == ("CLOSED", TODAY, rating, 1)
    assert step(last(case))[:3] == ("release_verdict", "REPLIED", "CLOSED")
    assert running(case) == []
    assert set(told("suggestion.closed")) == {name(county.host), name(county.co_host), "赵大海", "钱小河"}
    assert_chain_holds(case)


def test_released_it_may_be_seen(county):
    case = judged(county)
    assert Verdict.objects.get(suggestion=case).released_on == TODAY
    assert Evaluation.objects.get().released_on == TODAY
    assert clock_of(case, "RELEASE").met_on == TODAY


def test_only_staff_release_and_nobody_chooses_the_outcome(county):
    reply = replied(county)
    evaluate(county, reply)
    case = reply.assignment.suggestion
    for actor in (county.host, county.office, county.deputy, county.liaison):
        with pytest.raises(NotAllowed):
            transitions.release_verdict(case, actor=actor, version=version_of(case))


def test_without_a_judgement_there_is_nothing_to_release(county):
    case = replied(county).assignment.suggestion
    with pytest.raises(Conflict) as refused:
        release(county, case)
    assert refused.value.code == "no_verdict"


def test_dissatisfied_opens_a_round_with_its_own_clock(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    with noon(date(2026, 4, 1)):
        case = release(county, reply.assignment.suggestion)
    assert (case.status, case.round, case.closed_on) == ("HANDLING", 2, None)
    assert step(last(case))[:3] == ("release_verdict", "REPLIED", "HANDLING")
    second = clock_of(case, "REPLY", round=2)
    assert (second.start_on, second.due_on, second.rule_key) == (date(2026, 4, 1), date(2026, 5, 6), "rework_months")
    assert clock_of(case, "REPLY", round=1).met_on == TODAY
    assert_chain_holds(case)


def test_the_organs_have_signed_before_and_go_on_at_once(county):
    case = judged(county, Rating.DISSATISFIED)
    rows = {(row.organ, row.part, row.status) for row in case.assignments.filter(round=2)}
    assert rows == {(county.bureau, "HOST", "ACCEPTED"), (county.helper, "CO_HOST", "ACCEPTED")}
    assert running(case) == ["CO_HOST", "REPLY"]
    host = part_of(case, county.host)
    assert (host.leader, host.handler, host.phone) == ("李副局长", "周科员", "0310-5212345")


def test_handlers_and_deputies_are_told_of_the_round(county):
    judged(county, Rating.DISSATISFIED)
    assert set(told("suggestion.next_round")) == {name(county.host), name(county.co_host), "赵大海", "钱小河"}


def test_the_second_round_needs_a_contact_of_its_own(county):
    case = judged(county, Rating.DISSATISFIED)
    assert not part_of(case, county.host).contacts.exists()


def test_a_co_host_of_the_second_round_must_leave_the_host_twenty_days(county):
    case = judged(county, Rating.DISSATISFIED)
    reply, co_host = clock_of(case, "REPLY", round=2), clock_of(case, "CO_HOST", round=2)
    assert co_host.due_on == reply.due_on - timedelta(days=20)


def test_it_goes_round_until_the_deputy_is_satisfied(county):
    case = judged(county, Rating.DISSATISFIED)
    for result in (Rating.DISSATISFIED, Rating.SATISFIED):
        evaluate(county, replied(county, case), result)
        case = release(county, case)
    assert (case.status, case.round) == ("CLOSED", 3)
    assert list(case.verdicts.values_list("round", "value")) == [
        (1, "DISSATISFIED"),
        (2, "DISSATISFIED"),
        (3, "SATISFIED"),
    ]
    assert case.assignments.filter(part="HOST").count() == 3
    assert_chain_holds(case)


def test_an_earlier_rounds_part_takes_no_more_acts(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    case = release(county, reply.assignment.suggestion)
    first = case.assignments.get(round=1, organ=county.bureau)
    with pytest.raises(Conflict) as refused:
        transitions.record_contact(
            first, actor=county.host, version=version_of(case), stage="AFTER", on=TODAY, manner="VISIT", people="周",
            points="回访",
        )  # fmt: skip
    assert refused.value.code == "earlier_round"


def test_an_earlier_reply_is_not_judged_again(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    case = release(county, reply.assignment.suggestion)
    replied(county, case)
    with pytest.raises(Conflict) as refused:
        evaluate(county, reply, actor=county.staff, source="CALL_BACK", number_called="1")
    assert refused.value.code == "earlier_round"


def test_an_unreleased_dissatisfaction_opens_nothing(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    assert fresh(reply.assignment.suggestion).round == 1


def test_the_letter_of_a_round_is_not_older_than_the_round(county):
    case = judged(county, Rating.DISSATISFIED)
    with noon(TODAY + timedelta(days=5)):
        reply = in_review(county, case)
        with pytest.raises(Invalid) as refused:
            sign(county, reply, letter_on=TODAY - timedelta(days=1))
        assert refused.value.field == "letter_on"
        assert sign(county, reply, letter_on=TODAY).letter_on == TODAY
