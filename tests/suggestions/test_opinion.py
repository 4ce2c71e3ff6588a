"""The co-host's opinion: sent, recorded from paper by the host, or waived by staff."""

import pytest

from accounts.models import How
from suggestions import transitions
from tests.suggestions.checks import assert_chain_holds, last, name, running, step, told
from tests.suggestions.factory import TODAY, accepted, assigned, opinion, part_of, version_of
from workflow.engine import Conflict, Invalid, NotAllowed


def waive(county, case, actor=None):
    part = part_of(case, county.co_host)
    return transitions.waive_opinion(
        part, actor=actor or county.staff, version=version_of(case), waive_reason="催办三次未回"
    )


def test_the_co_host_sends_it_and_the_host_is_told(county):
    case = accepted(county)
    assert opinion(county, case).text == "资金已安排。"
    assert step(last(case)) == ("give_opinion", "HANDLING", "HANDLING", "assignment", "ASSIGNED", "ANSWERED")
    assert told("suggestion.give_opinion") == [name(county.host)]
    assert_chain_holds(case)


def test_it_meets_the_co_hosts_clocks_and_no_other(county):
    case = assigned(county)
    opinion(county, case)
    assert running(case) == ["RECEIPT", "REPLY"]


def test_the_host_records_the_one_it_received_on_paper(county):
    case = accepted(county)
    transitions.give_opinion(
        part_of(case, county.co_host), actor=county.host, version=version_of(case), text="同意。", on=TODAY,
        signed_by="吴局长",
    )  # fmt: skip
    assert (last(case).actor, last(case).how) == (county.host.user, How.PAPER)


def test_the_host_gives_none_itself(county):
    case = accepted(county)
    with pytest.raises(NotAllowed):
        transitions.give_opinion(
            part_of(case, county.host), actor=county.host, version=version_of(case), text="好", on=TODAY, signed_by=""
        )


def test_it_is_given_once(county):
    case = accepted(county)
    opinion(county, case)
    with pytest.raises(Conflict):
        opinion(county, case)


def test_it_is_not_of_tomorrow(county):
    with pytest.raises(Invalid):
        opinion(county, accepted(county), on=TODAY.replace(day=17))


def test_staff_waive_one_that_does_not_come(county):
    case = accepted(county)
    waived = waive(county, case)
    assert (waived.text, waived.waive_reason, waived.on) == ("", "催办三次未回", TODAY)
    assert step(last(case))[:4] == ("waive_opinion", "HANDLING", "HANDLING", "assignment")
    assert last(case).detail.reason == "催办三次未回"
    assert told("suggestion.waive_opinion") == [name(county.host)]
    assert running(case) == ["REPLY"]


@pytest.mark.parametrize("who", ["host", "co_host", "office"])
def test_organs_waive_nothing(county, who):
    case = accepted(county)
    with pytest.raises(NotAllowed):
        waive(county, case, getattr(county, who))
