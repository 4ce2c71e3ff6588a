"""Entering a suggestion that came on paper."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import How
from stations.models import Level
from suggestions import transitions
from suggestions.models import Suggestion
from tests.factory import make_mandate
from tests.suggestions.checks import assert_chain_holds, last, step
from tests.suggestions.factory import TODAY, submitted
from workflow.engine import Invalid, NotAllowed


def test_staff_enter_a_paper_for_its_lead(county):
    case = submitted(county)
    event = last(case)
    assert step(event)[:3] == ("submit", "", "SUBMITTED")
    assert (event.actor, event.on_behalf_of, event.how) == (county.staff.user, county.lead.person, How.PAPER)
    assert (case.received_on, case.number, case.delegation) == (TODAY, "", county.lead.delegation)
    assert_chain_holds(case)


def test_who_signs_along_is_noted_and_found_by_name(county):
    case = submitted(county)
    assert [row.mandate for row in case.cosignatures.all()] == [county.second]
    assert "钱小河" in case.search_text
    assert "南门路" in case.search_text


def test_the_record_holds_no_name_of_a_signatory(county):
    assert last(submitted(county)).detail.changes == {"co_signers": [str(county.second.uuid)]}


def test_the_same_form_twice_is_one_suggestion(county):
    key = uuid4()
    first, second = submitted(county, key=key), submitted(county, key=key)
    assert first.pk == second.pk
    assert Suggestion.objects.count() == 1
    assert first.events.count() == 1


@pytest.mark.parametrize("who", ["deputy", "host", "office", "liaison", "head"])
def test_nobody_but_staff_enters(county, who):
    with pytest.raises(NotAllowed):
        transitions.submit(actor=getattr(county, who), lead=county.lead, title="关于桥的建议", facts="桥坏了。")
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("field", ["lead", "co_signers"])
def test_a_township_deputy_cannot_sign_a_county_suggestion(county, field):
    township = make_mandate(level=Level.TOWNSHIP)
    options = {"lead": township} if field == "lead" else {"lead": county.lead, "co_signers": [township]}
    with pytest.raises(Invalid) as refused:
        transitions.submit(actor=county.staff, title="关于桥的建议", facts="桥坏了。", **options)
    assert (refused.value.code, refused.value.field) == ("wrong_level", field)
    assert township.person.name in refused.value.sentence


def test_whose_mandate_has_ended_cannot_sign(county):
    county.second.ended_on = date(2026, 1, 1)
    county.second.save()
    with pytest.raises(Invalid) as refused:
        submitted(county)
    assert refused.value.code == "not_active"


def test_nobody_signs_twice(county):
    with pytest.raises(Invalid) as refused:
        submitted(county, co_signers=[county.lead])
    assert refused.value.code == "twice"
