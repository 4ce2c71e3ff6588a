"""The organ signs for what it received and talks with the deputy."""

from datetime import timedelta

import pytest

from suggestions import transitions
from suggestions.models import ContactRecord
from tests.suggestions.checks import assert_chain_holds, clock_of, last, running, step
from tests.suggestions.factory import RECEIPT, TODAY, accepted, assigned, contact, noon, part_of, version_of
from workflow.engine import Conflict, Invalid, NotAllowed


def sign_receipt(county, case, actor=None, part=None):
    actor = actor or county.host
    part = part or part_of(case, actor)
    return transitions.sign_receipt(part, actor=actor, version=version_of(case), **RECEIPT)


def test_the_organ_names_who_is_responsible(county):
    case = assigned(county)
    part = sign_receipt(county, case)
    part.refresh_from_db()
    assert (part.status, part.received_on) == ("ACCEPTED", TODAY)
    assert {name: getattr(part, name) for name in RECEIPT} == RECEIPT
    assert step(last(case)) == ("sign_receipt", "HANDLING", "HANDLING", "assignment", "ASSIGNED", "ACCEPTED")
    assert last(case).part_key == part.uuid
    assert_chain_holds(case)


def test_only_its_own_receipt_clock_is_met(county):
    case = assigned(county)
    with noon(TODAY + timedelta(days=1)):
        sign_receipt(county, case)
    assert clock_of(case, "RECEIPT", assignment__organ=county.bureau).met_on == TODAY + timedelta(days=1)
    assert running(case) == ["CO_HOST", "RECEIPT", "REPLY"]


def test_nobody_signs_for_another_organ(county):
    case = assigned(county)
    with pytest.raises(NotAllowed):
        sign_receipt(county, case, actor=county.co_host, part=part_of(case, county.host))


def test_receipt_is_signed_once(county):
    case = accepted(county)
    with pytest.raises(Conflict) as refused:
        sign_receipt(county, case)
    assert refused.value.code == "wrong_state"


def test_a_contact_is_noted(county):
    case = accepted(county)
    contact(county, case, deputy_opinion="先修弯道。")
    noted = ContactRecord.objects.get()
    assert (noted.assignment, noted.manner, noted.on) == (part_of(case, county.host), "VISIT", TODAY)
    assert step(last(case))[:3] == ("record_contact", "HANDLING", "HANDLING")
    assert "先修弯道" not in str(last(case).detail.changes)
    assert_chain_holds(case)


def test_a_telephone_call_needs_a_reason(county):
    case = accepted(county)
    with pytest.raises(Invalid) as refused:
        contact(county, case, manner="PHONE")
    assert (refused.value.field, refused.value.code) == ("no_personal_reason", "reason_missing")
    assert contact(county, case, manner="PHONE", no_personal_reason="外出务工").pk


@pytest.mark.parametrize(("days", "code"), [(1, "in_future"), (-1, "too_early")])
def test_a_contact_lies_between_hand_over_and_today(county, days, code):
    with pytest.raises(Invalid) as refused:
        contact(county, accepted(county), on=TODAY + timedelta(days=days))
    assert refused.value.code == code


def test_no_contact_is_noted_before_receipt(county):
    with pytest.raises(Conflict):
        contact(county, assigned(county))
