"""The government office chooses host and co-hosts, or sends back what is not the government's."""

from datetime import date, timedelta

import pytest

from accounts.models import Organ, Role
from suggestions import transitions
from tests.factory import make_actor, make_organ
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, running, step, told
from tests.suggestions.factory import TODAY, assigned, at_office, fresh, noon, version_of
from workflow.engine import Conflict, Invalid, NotAllowed


def test_host_and_co_host_receive_it(county):
    case = assigned(county)
    assert step(last(case))[:3] == ("allot", "AT_FORWARDER", "HANDLING")
    assert {(row.organ, row.part, row.status, row.round) for row in case.assignments.all()} == {
        (county.bureau, "HOST", "ASSIGNED", 1),
        (county.helper, "CO_HOST", "ASSIGNED", 1),
    }
    assert told("suggestion.assigned") == sorted([name(county.host), name(county.co_host)])
    assert_chain_holds(case)


def test_alone_it_is_the_sole_host(county):
    case = assigned(county, co_hosts=[])
    assert case.assignments.get().part == "SOLE"
    assert running(case) == ["RECEIPT", "REPLY"]


def test_heads_are_not_pressed(county):
    assigned(county)
    assert name(county.head) not in told("suggestion.assigned")


def test_receipt_and_opinion_get_their_time_and_the_reply_keeps_its_own(county):
    case = at_office(county)
    with noon(TODAY + timedelta(days=14)):
        transitions.allot(case, actor=county.office, version=case.version, host=county.bureau, co_hosts=[county.helper])
    assert clock_of(case, "REPLY").start_on == TODAY
    assert clock_of(case, "RECEIPT", assignment__organ=county.bureau).due_on == date(2026, 4, 2)
    assert clock_of(case, "CO_HOST").due_on == date(2026, 4, 30)


def test_another_office_does_not_allot(county):
    case = at_office(county)
    other = make_actor(Role.GOVERNMENT_OFFICE, organ=make_organ("开发区管委会", Organ.Kind.GOVERNMENT_OFFICE))
    with pytest.raises(NotAllowed):
        transitions.allot(case, actor=other, version=case.version, host=county.bureau)


def test_the_host_is_not_its_own_co_host(county):
    case = at_office(county)
    with pytest.raises(Invalid) as refused:
        transitions.allot(case, actor=county.office, version=case.version, host=county.bureau, co_hosts=[county.bureau])
    assert refused.value.code == "twice"


def test_a_closed_host_is_refused_at_its_field(county):
    case = at_office(county)
    county.bureau.closed_on = TODAY
    with pytest.raises(Invalid) as refused:
        transitions.allot(case, actor=county.office, version=case.version, host=county.bureau)
    assert (refused.value.field, refused.value.code) == ("host", "closed")


def send_back(county, case):
    return transitions.send_back(case, actor=county.office, version=version_of(case), reason="属于法院职权")


def test_what_is_not_the_governments_goes_back_with_a_reason(county):
    case = send_back(county, at_office(county))
    assert step(last(case))[:3] == ("send_back", "AT_FORWARDER", "REGISTERED")
    assert last(case).detail.reason == "属于法院职权"
    assert told("suggestion.send_back") == [name(county.staff)]


def test_the_clock_runs_on_when_it_is_handed_over_anew(county):
    case = send_back(county, at_office(county))
    assert running(case) == ["REPLY"]
    court = make_organ("县人民法院", Organ.Kind.COURT)
    with noon(TODAY + timedelta(days=9)):
        transitions.hand_over(
            case, actor=county.staff, version=version_of(case), to=court, on=TODAY + timedelta(days=9)
        )
    case = fresh(case)
    assert (case.status, case.first_handed_over_on) == ("HANDLING", TODAY)
    assert clock_of(case, "REPLY").due_on == date(2026, 6, 16)
    assert_chain_holds(case)


def test_the_office_may_get_it_a_second_time(county):
    case = send_back(county, at_office(county))
    office = county.office.post.organ
    transitions.hand_over(case, actor=county.staff, version=version_of(case), to=office, on=TODAY)
    case = transitions.allot(fresh(case), actor=county.office, version=version_of(case), host=county.bureau)
    assert case.assignments.get().hand_over == case.hand_overs.last()


def test_the_office_no_longer_allots_what_it_sent_back(county):
    case = send_back(county, at_office(county))
    court = make_organ("县人民法院", Organ.Kind.COURT)
    transitions.hand_over(case, actor=county.staff, version=version_of(case), to=court, on=TODAY)
    with pytest.raises(NotAllowed):
        transitions.allot(case, actor=county.office, version=version_of(case), host=county.bureau)


def test_what_was_allotted_cannot_be_sent_back(county):
    with pytest.raises(Conflict) as refused:
        send_back(county, assigned(county))
    assert refused.value.code == "wrong_state"
