"""The registry afterwards: an entry corrected, a suggestion withdrawn by its lead's letter."""

from datetime import timedelta

import pytest

from accounts.models import How
from deliberations.models import SubjectField
from suggestions import transitions
from suggestions.models import Suggestion
from tests.suggestions.checks import assert_chain_holds, last, name, running, step, told
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    at_office,
    fresh,
    judged,
    make_scan,
    registered,
    replied,
    submitted,
    version_of,
)
from workflow.engine import Conflict, Invalid, NotAllowed

POINTS = {
    "submitted": submitted,
    "registered": registered,
    "at the office": at_office,
    "assigned": assigned,
    "accepted": accepted,
    "replied": lambda county: replied(county).assignment.suggestion,
}


def correct(county, case, **options):
    words = {"actor": county.staff, "title": case.title, "publicity": case.publicity, "reason": "录入有误"}
    return transitions.correct(case, version=version_of(case), **(words | options))


def withdraw(county, case, **options):
    words = {"actor": county.staff, "on": TODAY, "letter": make_scan()} | options
    return transitions.withdraw(case, version=version_of(case), **words)


def test_a_wrong_title_is_put_right_and_both_stay_in_the_record(county):
    case = correct(county, accepted(county), title="关于修北门路的建议")
    assert fresh(case).title == "关于修北门路的建议"
    assert step(last(case))[:3] == ("correct", "HANDLING", "HANDLING")
    assert last(case).detail.changes == {"title": ["关于修南门路的建议", "关于修北门路的建议"]}
    assert last(case).detail.reason == "录入有误"
    assert_chain_holds(case)


def test_it_is_found_under_its_new_title_with_number_and_names(county):
    case = correct(county, registered(county), title="关于修北门路的建议")
    assert all(word in fresh(case).search_text for word in ("北门路", "第001号", "赵大海", "钱小河"))
    assert "南门路的" not in fresh(case).search_text


def test_field_and_publicity_are_put_right(county):
    other = SubjectField.objects.exclude(pk=county.field.pk).first()
    case = correct(county, registered(county), field=other, publicity="NONE")
    assert (fresh(case).field, fresh(case).publicity) == (other, "NONE")
    assert last(case).detail.changes["field"] == [county.field.code, other.code]


def test_nothing_changed_is_no_correction(county):
    case = registered(county)
    with pytest.raises(Invalid) as refused:
        correct(county, case)
    assert refused.value.code == "nothing_changed"
    assert fresh(case).version == case.version


def test_what_was_withdrawn_is_not_corrected(county):
    with pytest.raises(Conflict):
        correct(county, withdraw(county, registered(county)), title="另一题")


@pytest.mark.parametrize("point", POINTS)
def test_whatever_is_open_can_be_withdrawn(county, point):
    case = withdraw(county, POINTS[point](county))
    assert (fresh(case).status, fresh(case).withdrawn_on) == ("WITHDRAWN", TODAY)
    assert running(case) == []
    assert not case.assignments.exclude(status="ENDED").exists()
    assert_chain_holds(case)


def test_it_is_the_leads_act_entered_by_staff_and_the_number_stays(county):
    case = withdraw(county, accepted(county))
    event = last(case)
    assert (event.verb, event.on_behalf_of, event.how) == ("withdraw", county.lead.person, How.PAPER)
    assert event.detail.changes["organs"] == [county.helper.name, county.bureau.name]
    assert fresh(case).number == "闭会第001号"
    assert registered(county).number == "闭会第002号"


def test_whoever_has_it_in_hand_is_told(county):
    withdraw(county, accepted(county))
    assert set(told("suggestion.withdrawn")) == {name(county.host), name(county.co_host), "赵大海", "钱小河"}


def test_the_office_is_told_while_it_has_not_allotted(county):
    withdraw(county, at_office(county))
    assert name(county.office) in told("suggestion.withdrawn")


def test_the_organs_still_see_that_it_was_withdrawn(county):
    withdraw(county, accepted(county))
    for actor in (county.host, county.co_host, county.office, county.deputy, county.liaison):
        row = Suggestion.objects.visible_to(actor).for_list(actor).get()
        assert row.host_name == county.bureau.name
    assert not Suggestion.objects.visible_to(county.stranger).exists()


@pytest.mark.parametrize("who", ["deputy", "liaison", "host", "office"])
def test_without_staff_nothing_is_withdrawn(county, who):
    with pytest.raises(NotAllowed):
        withdraw(county, registered(county), actor=getattr(county, who))


def test_what_is_closed_is_not_withdrawn(county):
    with pytest.raises(Conflict):
        withdraw(county, judged(county))


def test_a_letter_is_not_older_than_the_suggestion(county):
    with pytest.raises(Invalid) as refused:
        withdraw(county, registered(county), on=TODAY - timedelta(days=1))
    assert refused.value.code == "too_early"
