"""The committee's hand-over, and the statutory clock that it starts."""

from datetime import date, timedelta

import pytest

from accounts.models import Organ
from suggestions import transitions
from tests.factory import make_organ
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, running, step, told
from tests.suggestions.factory import TODAY, at_office, fresh, registered, version_of
from workflow.engine import Invalid


def hand(county, case, to, **options):
    options = {"on": TODAY} | options
    transitions.hand_over(case, actor=county.staff, version=version_of(case), to=to, **options)
    return fresh(case)


def test_the_government_office_has_to_allot(county):
    case = at_office(county)
    assert step(last(case))[:3] == ("hand_over", "REGISTERED", "AT_FORWARDER")
    assert case.first_handed_over_on == TODAY
    assert not case.assignments.exists()
    assert told("suggestion.hand_over") == [name(county.office)]
    assert_chain_holds(case)


def test_deputies_are_told(county):
    at_office(county)
    assert told("suggestion.handed_over_deputies") == ["赵大海", "钱小河"]


def test_the_statutory_clock_runs_from_the_day_of_the_hand_over(county):
    case = at_office(county, on=date(2026, 3, 16))
    reply = clock_of(case, "REPLY")
    assert (reply.start_on, reply.due_on, reply.rule_key) == (TODAY, date(2026, 6, 16), "deputies_law_51")
    assert reply.original_due_on == reply.due_on
    assert reply.trace[0]["clause"] == "deputies_law_51"


def test_a_hand_over_of_last_week_counts_from_last_week(county):
    week_ago = TODAY - timedelta(days=7)
    case = at_office(county, received_on=week_ago, on=week_ago)
    assert clock_of(case, "REPLY").due_on == date(2026, 6, 9)


def test_a_difficult_one_has_six_months(county):
    case = at_office(county, reply_term="COMPLEX")
    assert clock_of(case, "REPLY").due_on == date(2026, 9, 16)


def test_a_date_on_a_holiday_stays_and_is_to_be_met_before(county):
    case = registered(county, received_on=date(2026, 1, 4))
    case = hand(county, case, county.office.post.organ, on=date(2026, 1, 5))
    reply = clock_of(case, "REPLY")
    assert (reply.due_on, reply.act_by) == (date(2026, 4, 5), date(2026, 4, 3))


def test_the_court_receives_directly(county):
    court = make_organ("县人民法院", Organ.Kind.COURT)
    case = hand(county, registered(county), court, co_hosts=[county.helper], requirements="请依法办理。")
    assert case.status == "HANDLING"
    assert [(row.organ, row.part) for row in case.assignments.all()] == [(county.helper, "CO_HOST"), (court, "HOST")]
    assert running(case) == ["CO_HOST", "RECEIPT", "RECEIPT", "REPLY"]


def test_staff_are_told_for_an_organ_that_has_nobody(county):
    hand(county, registered(county), make_organ("县人民法院", Organ.Kind.COURT))
    assert told("suggestion.assigned") == [name(county.staff)]


@pytest.mark.parametrize(
    ("on", "code"), [(TODAY + timedelta(days=1), "in_future"), (TODAY - timedelta(days=1), "too_early")]
)
def test_the_day_lies_between_receipt_and_today(county, on, code):
    with pytest.raises(Invalid) as refused:
        hand(county, registered(county), county.bureau, on=on)
    assert (refused.value.field, refused.value.code) == ("on", code)


def test_the_office_chooses_co_hosts_itself(county):
    with pytest.raises(Invalid) as refused:
        hand(county, registered(county), county.office.post.organ, co_hosts=[county.helper])
    assert refused.value.code == "office_allots"


@pytest.mark.parametrize("twice", [True, False])
def test_an_organ_is_named_once(county, twice):
    co_hosts = [county.helper, county.helper] if twice else [county.bureau]
    with pytest.raises(Invalid) as refused:
        hand(county, registered(county), county.bureau, co_hosts=co_hosts)
    assert refused.value.code == "twice"


def test_an_organ_that_was_closed_receives_nothing(county):
    closed = make_organ("县乡村振兴局")
    closed.closed_on = TODAY
    closed.save()
    case = registered(county)
    with pytest.raises(Invalid) as refused:
        hand(county, case, closed)
    assert (refused.value.field, refused.value.code) == ("to", "closed")
    assert fresh(case).status == "REGISTERED"
    assert not case.hand_overs.exists()
