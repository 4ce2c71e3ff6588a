"""Number and class."""

import pytest

from stations.models import CongressSession
from suggestions import transitions
from suggestions.transitions.intake import next_serial
from tests.factory import county_term
from tests.suggestions.checks import assert_chain_holds, last, step
from tests.suggestions.factory import TODAY, registered, submitted
from workflow.engine import Invalid


def test_it_gets_the_next_number_of_its_series(county):
    first, second = registered(county), registered(county)
    assert (first.number, second.number) == ("闭会第001号", "闭会第002号")
    assert (first.series, first.scope, first.registered_on) == ("BETWEEN", "2026", TODAY)
    assert "第001号" in first.search_text


def test_the_event_tells_number_and_class(county):
    case = registered(county, serial=37)
    event = last(case)
    assert step(event)[:3] == ("register", "SUBMITTED", "REGISTERED")
    assert event.detail.changes["serial"] == 37
    assert event.detail.changes["field"] == county.field.code
    assert_chain_holds(case)


def test_a_session_counts_by_itself(county):
    session = CongressSession.objects.create(term=county_term(), number=5)
    registered(county)
    case = registered(county, origin="SESSION", session=session)
    assert (case.series, case.serial) == ("SESSION", 1)


def test_a_number_may_be_given_and_the_series_goes_on_behind_it(county):
    registered(county, serial=40)
    case = submitted(county)
    assert next_serial(case) == 41
    assert registered(county).serial == 41


def test_a_number_is_given_once(county):
    registered(county, serial=7)
    case = submitted(county)
    with pytest.raises(Invalid) as refused:
        transitions.register(
            case, actor=county.staff, version=case.version, field=county.field, reply_term="NORMAL", serial=7
        )
    assert (refused.value.field, refused.value.code) == ("serial", "number_taken")
    assert case.events.count() == 1


def test_a_number_outside_of_a_session_names_its_series(county):
    between, deliberation = (registered(county, origin=origin) for origin in ("BETWEEN", "DELIBERATION"))
    assert (between.number, deliberation.number) == ("闭会第001号", "议政第001号")
