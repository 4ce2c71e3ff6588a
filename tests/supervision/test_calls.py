"""Whom staff ring up about what is late, what was answered, and in which order the list stands."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from accounts.models import Officer, Organ, Person, Role
from deliberations.transitions import notices
from stations.models import Mandate, StationStaff
from suggestions import transitions
from supervision.models import Call, CallItem
from supervision.pressing.calls import call_list, party_of
from supervision.pressing.late import What
from supervision.transitions import calls
from tests.deliberations.cycle_factory import issue, make_round, move_on, propose, receipt_of, select
from tests.deliberations.meeting_factory import House
from tests.deliberations.promising import made, reported
from tests.factory import SINCE, make_actor, make_person
from tests.suggestions.checks import clock_of
from tests.suggestions.commitment_factory import followed, of
from tests.suggestions.factory import RECEIPT, TODAY, accepted, assigned, make_county, noon, replied, version_of
from tests.supervision.card_factory import DUE, issued, make_leader
from tests.supervision.pressing_factory import act_by, called, days_after, late_by
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.text import MOST_IN_WECHAT
from workflow.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


def listed(kind=""):
    return call_list(clock.today(), kind)


def names(kind="organ"):
    return [party.name for party in listed(kind)]


def whats(row):
    """What a party owes, as the list says it."""
    party = next((party for party in listed() if party.row == row), None)
    return [item.late.what for item in party.items] if party else []


def feedback_due(county):
    """The day by which the lead deputy, to whom the reply was brought, should have judged it."""
    reply = replied(county)
    transitions.deliver(
        reply, actor=county.host, version=version_of(reply), mandate=county.lead, way="HAND", on=clock.today()
    )
    return clock_of(reply.assignment.suggestion, "FEEDBACK").act_by


# whom to ring up


@pytest.mark.parametrize(("days", "stands"), [(-4, False), (-3, True), (0, True), (9, True)])
def test_an_organ_stands_on_the_list_from_three_days_before_its_reply_is_due(county, days, stands):
    case = accepted(county, co_hosts=[])
    with late_by(case, days):
        assert (county.bureau.name in names()) is stands


def test_an_organ_is_rung_up_for_receipts_and_opinions_too(county):
    case = assigned(county)
    with late_by(case, 1):
        assert whats(county.bureau) == [What.RECEIPT, What.REPLY]
        assert whats(county.helper)[0] == What.RECEIPT


def test_a_card_is_called_about_once_its_day_is_near(county):
    card = issued(county, make_leader())
    with days_after(DUE, -3):
        assert whats(county.bureau) == [What.CARD]
        assert party_of("organ", county.bureau.pk).items[0].late.matter == card.suggestion


def test_a_promise_is_called_about_until_it_is_reported_as_done():
    with noon(TODAY):
        house = House()
        promise = made(house)
        with clock.at(clock.now() + timedelta(13)):
            assert whats(house.bureau) == [What.PROMISE]
            reported(house, promise)
            assert whats(house.bureau) == []


def test_a_commitment_is_called_about_by_name_and_its_call_stands_on_the_suggestion(county):
    commitment = followed(county)
    with days_after(commitment.due_on, -3):
        assert whats(county.bureau) == [What.COMMITMENT]
        call = called(county, None, commitment)
        assert party_of("organ", county.bureau.pk).rests
    assert call.items.get().commitment == commitment
    said = Template("{% load calls %}{% calls_about suggestion %}").render(
        Context({"actor": county.staff, "suggestion": of(commitment)})
    )
    assert county.bureau.name in said


def test_a_deputy_who_has_not_judged_is_rung_up_while_in_office(county):
    with days_after(feedback_due(county), 2):
        assert whats(county.lead) == [What.FEEDBACK]
        Mandate.objects.filter(pk=county.lead.pk).update(ended_on=clock.today(), end_reason="DIED")
        assert whats(county.lead) == []


def test_a_station_is_rung_up_until_it_has_confirmed_its_notice(county):
    round_ = make_round()
    select(round_, propose(round_))
    move_on(round_)
    receipt = receipt_of(round_.station, issue(round_))
    assert whats(round_.station) == [What.NOTICE]
    notices.receive_notice(receipt, actor=round_.liaison)
    assert whats(round_.station) == []
    assert whats(round_.other) == [What.NOTICE]


# under which number


def contacts(row):
    party = next(party for party in listed() if party.row == row)
    return [(contact.name, contact.number) for contact in party.contacts]


def test_an_organ_is_reached_by_its_handler_then_its_liaison_officer_then_its_desk(county):
    Officer.objects.create(
        organ=county.bureau, person=make_person("吴联络"), duty="LIAISON", phone="0310-1", since=SINCE
    )
    Organ.objects.filter(pk=county.bureau.pk).update(phone="0310-2")
    with late_by(assigned(county), 0):
        assert contacts(county.bureau) == [("吴联络", "0310-1"), ("", "0310-2")]
    with late_by(accepted(county), 0):
        assert contacts(county.bureau) == [
            (RECEIPT["handler"], RECEIPT["phone"]),
            ("吴联络", "0310-1"),
            ("", "0310-2"),
        ]


def test_a_deputy_without_a_telephone_is_reached_through_the_station(county):
    StationStaff.objects.filter(station=county.station).update(phone="0310-7")
    with days_after(feedback_due(county), 0):
        assert [number for _name, number in contacts(county.lead)] == ["0310-7"]
        Person.objects.filter(pk=county.lead.person_id).update(phone="13900000001")
        assert contacts(county.lead)[0] == ("赵大海", "13900000001")


# three ticks


def test_a_call_is_recorded_with_what_it_was_about_and_who_rang_up(county):
    case = accepted(county)
    with late_by(case, 2):
        call = called(
            county, None, case, outcome="PROMISED", promised_on=clock.today(), words="李局答应", number="0310"
        )
        assert (call.organ, call.on, call.by, call.number) == (county.bureau, clock.today(), county.staff.user, "0310")
    assert [item.suggestion for item in call.items.all()] == [case]
    event = call.events.select_related("detail").get()
    assert (event.verb, event.to_state, event.detail.reason) == ("record_call", "MADE", "李局答应")
    assert event.detail.changes["items"][0].startswith(case.number)
    assert "0310" not in str(event.detail.changes)
    assert [fault for fault in verify().faults if fault["place"].startswith("supervision.")] == []


def refusal(kind, county, *about, **options):
    with pytest.raises(kind) as refused:
        called(county, *about, **options)
    return refused.value


@pytest.mark.parametrize("who", ["host", "head", "office", "deputy", "liaison"])
def test_only_staff_ring_up(county, who):
    case = accepted(county)
    with late_by(case, 2):
        refusal(NotAllowed, county, None, case, actor=getattr(county, who))
        refusal(NotAllowed, county, None, case, actor=make_actor(Role.DEPUTY_CHAIRPERSON))
    assert not Call.objects.exists()


def test_where_nothing_is_owed_nobody_is_called(county):
    case = accepted(county)
    assert refusal(Conflict, county, None, case).code == "nothing_owed"


def test_only_what_this_party_owes_is_called_about(county):
    case, other = accepted(county, co_hosts=[]), accepted(county, co_hosts=[])
    with late_by(case, 2):
        replied(county, other)
        assert refusal(Invalid, county, None, case, other).code == "not_owed"
        assert refusal(Invalid, county).field == "items"


@pytest.mark.parametrize(
    ("outcome", "days", "field"),
    [
        ("PROMISED", None, "promised_on"),
        ("PROMISED", -1, "promised_on"),
        ("TOLD", 1, "promised_on"),
        ("", None, "outcome"),
    ],
)
def test_a_promise_and_only_a_promise_names_a_day_still_to_come(county, outcome, days, field):
    case = accepted(county)
    with late_by(case, 2):
        day = None if days is None else clock.today() + timedelta(days)
        assert refusal(Invalid, county, None, case, outcome=outcome, promised_on=day).field == field


def test_a_call_is_not_made_tomorrow(county):
    case = accepted(county)
    with late_by(case, 2):
        assert refusal(Invalid, county, None, case, on=clock.today() + timedelta(1)).field == "on"


def test_what_was_ticked_by_mistake_is_taken_back_and_counts_no_more(county):
    case = accepted(county, co_hosts=[])
    with late_by(case, 2):
        call = called(county, None, case)
        assert party_of("organ", county.bureau.pk).rests
        with pytest.raises(NotAllowed):
            calls.take_back_call(call, actor=county.host, version=1, reason="点错了")
        with pytest.raises(Invalid):
            calls.take_back_call(call, actor=county.staff, version=1, reason=" ")
        calls.take_back_call(call, actor=county.staff, version=1, reason="点错了")
        party = party_of("organ", county.bureau.pk)
        assert (party.rests, party.last) == (False, None)
        with pytest.raises(Stale):
            calls.take_back_call(call, actor=county.staff, version=1, reason="点错了")
        with pytest.raises(Conflict):
            calls.take_back_call(call, actor=county.staff, version=2, reason="点错了")
    assert [event.verb for event in call.events.order_by("seq")] == ["record_call", "take_back_call"]


# in which order


@pytest.fixture
def both(county):
    """Host and co-host, both late."""
    return county, assigned(county)


def test_the_oldest_matter_comes_first_and_whoever_was_told_last_for_three_days(both):
    county, case = both
    order = [county.bureau.name, county.helper.name]
    with late_by(case, 2):
        assert names() == order
        called(county, None, case)
        assert names() == order[::-1]
    with late_by(case, 4):
        assert names() == order[::-1]
    with late_by(case, 5):
        assert names() == order


def test_whoever_promised_a_day_is_left_in_peace_until_it_has_passed_and_then_stands_on_top(both):
    county, case = both
    with late_by(case, 2):
        called(county, county.helper, case, outcome="PROMISED", promised_on=clock.today() + timedelta(6))
    with late_by(case, 8):
        assert names() == [county.bureau.name, county.helper.name]
        assert not party_of("organ", county.helper.pk).is_broken
    with late_by(case, 9):
        assert names() == [county.helper.name, county.bureau.name]
        assert party_of("organ", county.helper.pk).is_broken


def test_nobody_answered_changes_nothing_but_the_last_call(both):
    county, case = both
    with late_by(case, 2):
        called(county, None, case, outcome="NO_ANSWER")
        assert names() == [county.bureau.name, county.helper.name]
        assert party_of("organ", county.bureau.pk).last.outcome == "NO_ANSWER"


def test_a_promise_stands_although_nobody_answered_later(both):
    county, case = both
    with late_by(case, 2):
        called(county, None, case, outcome="PROMISED", promised_on=clock.today())
    with late_by(case, 3):
        called(county, None, case, outcome="NO_ANSWER")
        assert party_of("organ", county.bureau.pk).is_broken


def test_what_fell_due_after_the_call_brings_the_party_back(county):
    first = accepted(county, co_hosts=[])
    with noon(TODAY + timedelta(7)):
        second = accepted(county, co_hosts=[])
    with late_by(first, 1):
        called(county, None, first, outcome="PROMISED", promised_on=clock.today() + timedelta(9))
        assert party_of("organ", county.bureau.pk).rests
    with late_by(first, 6):
        assert act_by(second) >= clock.today()
        assert not party_of("organ", county.bureau.pk).rests


# what is said


def test_the_script_says_who_calls_what_is_late_and_asks_for_a_day(county):
    case = accepted(county, co_hosts=[])
    with late_by(case, 4):
        said = party_of("organ", county.bureau.pk).script
        message = party_of("organ", county.bureau.pk).message
    assert case.number in said[1]
    assert len(said) == 3
    assert case.number in message
    assert county.bureau.name in message


def test_of_many_matters_four_are_said_and_the_rest_is_counted(county):
    cases = [accepted(county, co_hosts=[]) for _number in range(6)]
    with late_by(cases[0], 4):
        said = party_of("organ", county.bureau.pk).script
    assert len(said) == 1 + 4 + 1 + 1
    assert "2" in said[5]


def test_a_message_names_fewer_matters_rather_than_losing_its_request(county):
    cases = [accepted(county, co_hosts=[], title=f"关于{'整修' * 5}第{number}条路的建议") for number in range(6)]
    with translation.override("zh-hans"), late_by(cases[0], 4):
        message = party_of("organ", county.bureau.pk).message
    assert len(message) <= MOST_IN_WECHAT
    assert "6" in message
    assert not message.endswith("…")


def test_the_list_costs_the_same_for_ten_and_for_twenty_parties(county, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(30) as asked:
            found = len(listed())
        return found, len(asked)

    def late_organs(number):
        with noon(TODAY):
            for _number in range(number):
                host = make_actor(Role.ORGAN_HANDLER)
                case = assigned(county, co_hosts=[host.post.organ])
        return case

    case = late_organs(9)
    with late_by(case, 2):
        called(county, None, case)
        few = cost()
    late_organs(10)
    with late_by(case, 2):
        many = cost()
    assert (few[0], many[0]) == (10, 20)
    assert few[1] == many[1] <= 16
    assert CallItem.objects.count() == 1
