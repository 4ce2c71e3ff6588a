"""Steps that press a head or a leader: proposed from state, never sent by themselves, released by a person (invariant 13)."""

from datetime import timedelta
from weakref import WeakSet

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Officer, Role
from accounts.transitions.organ_acts import reorganise
from notifications.models import Dispatch, Notification
from supervision import reminders
from supervision.models import Proposal
from supervision.pressing.recipients import addressee
from supervision.transitions import proposals
from tests.deliberations.meeting_factory import House
from tests.deliberations.promising import denied, made, reported
from tests.factory import SINCE, make_actor, make_organ, make_person
from tests.suggestions.checks import name
from tests.suggestions.commitment_factory import followed, report
from tests.suggestions.factory import TODAY, accepted, at_office, fresh, make_county, noon, replied
from tests.supervision.pressing_factory import act_by, current, days_after, late_by, letters, proposed, released
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.models import RuleSet, RuleValue
from workflow.verification import verify

pytestmark = pytest.mark.django_db

K, S = Proposal.Kind, Proposal.Status


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


def swept():
    return proposals.sweep(clock.today())


def steps(**which):
    return sorted(Proposal.objects.filter(**which).values_list("kind", "status"))


# proposed from state


def test_a_late_reply_proposes_to_press_the_head_after_three_days_and_to_tell_the_leader_after_ten(county):
    case = accepted(county)
    found = {}
    for days in (2, 3, 9, 10, 11):
        with late_by(case, days):
            found[days] = swept(), len(steps())
    assert found == {2: ((0, 0), 0), 3: ((1, 0), 1), 9: ((0, 0), 1), 10: ((1, 0), 2), 11: ((0, 0), 2)}
    step = Proposal.objects.get(kind=K.PRESS_HEAD)
    assert (step.suggestion, step.organ, step.act_by, step.status) == (case, county.bureau, act_by(case), S.OPEN)


def test_the_county_says_after_how_many_days(county):
    case = accepted(county)
    rules = RuleSet.objects.create(valid_from=TODAY)
    RuleValue.objects.create(rule_set=rules, key="press_head_after", value=7)
    with late_by(case, 6):
        assert swept() == (0, 0)
    with late_by(case, 7):
        assert swept() == (1, 0)


def test_nobody_is_told_before_somebody_releases(county):
    case = accepted(county)
    with late_by(case, 30):
        reminders.run()
        told = reminders.run()
        assert told == {"created": 0, "voided": 0}
    assert Proposal.objects.count() == 2
    assert letters("pressing.head") == letters("pressing.leader") == []
    assert not Notification.objects.filter(recipient=county.head.user).exists()


def test_what_is_not_allotted_yet_presses_the_government_office(county):
    case = at_office(county)
    with late_by(case, 3):
        swept()
    assert Proposal.objects.get().organ == county.office.post.organ


def test_what_was_answered_meanwhile_lapses(county):
    step = proposed(county)
    with late_by(step.suggestion, 4):
        replied(county, fresh(step.suggestion))
        assert swept() == (0, 1)
        assert swept() == (0, 0)
    assert current(step).status == S.LAPSED
    assert step.events.latest("seq").actor is None


def test_a_promise_that_was_reported_and_denied_is_proposed_anew():
    with noon(TODAY):
        house = House()
        promise = made(house)
        with clock.at(clock.now() + timedelta(20)):
            assert swept() == (1, 0)
            reported(house, promise)
            assert swept() == (0, 1)
            denied(house, promise)
            assert swept() == (1, 0)
        step = Proposal.objects.get()
        assert (step.status, step.organ, step.act_by) == (S.OPEN, house.bureau, promise.due_on)
        assert [event.verb for event in step.events.order_by("seq")] == ["propose", "lapse", "renew"]


def test_a_commitment_is_pressed_for_until_it_is_reported_and_its_head_reads_what_was_committed_to(county):
    commitment = followed(county)
    with days_after(commitment.due_on, 3):
        assert swept() == (1, 0)
        step = Proposal.objects.get()
        assert (step.commitment, step.organ, step.act_by) == (commitment, county.bureau, commitment.due_on)
        released(county, step)
        assert Notification.objects.get(kind="pressing.head").params["title"] == commitment.text
    with days_after(commitment.due_on, 10):
        assert swept() == (1, 0)
        report(county, commitment)
        assert swept() == (0, 1)


def test_what_went_over_into_another_organ_presses_the_head_of_today(county):
    step = proposed(county)
    with late_by(step.suggestion, 4):
        heir = make_organ("县交通局")
        reorganise(county.bureau, actor=county.staff, successor=heir, on=clock.today())
        swept()
    assert steps(organ=county.bureau) == [(K.PRESS_HEAD, S.LAPSED)]
    assert steps(organ=heir) == [(K.PRESS_HEAD, S.OPEN)]


# released by a person


def test_released_the_head_is_told_and_gets_a_letter_where_there_is_an_address(county):
    type(county.head.user).objects.filter(pk=county.head.user.pk).update(email="zheng@example.org")
    step = proposed(county)
    with late_by(step.suggestion, 3):
        released(county, step)
    assert current(step).status == S.RELEASED
    note = Notification.objects.get(kind="pressing.head")
    assert note.recipient == county.head.user
    assert note.params["words"] == "请五个工作日内答复代表。"
    assert note.url.endswith(f"/{step.suggestion_id}/")
    assert Dispatch.objects.filter(notification=note, state="DUE").count() == 1
    event = step.events.select_related("detail", "actor").latest("seq")
    assert (event.verb, event.actor, event.detail.reason) == ("release", county.staff.user, "请五个工作日内答复代表。")
    assert event.detail.changes == {"to": "县交通运输局 郑局长", "told": [name(county.head)]}


@pytest.mark.parametrize("role", [Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON])
def test_chairpersons_release_as_staff_do(county, role):
    step = proposed(county)
    with late_by(step.suggestion, 3):
        released(county, step, actor=make_actor(role))
    assert letters("pressing.head") == [name(county.head)]


def test_without_any_account_the_release_is_recorded_all_the_same(county):
    county.head.post.__class__.objects.filter(pk=county.head.post.pk).update(until=SINCE)
    step = proposed(county)
    with late_by(step.suggestion, 3):
        released(county, step)
    assert (current(step).status, current(step).to, letters("pressing.head")) == (S.RELEASED, "县交通运输局 郑局长", [])
    assert step.events.select_related("detail").latest("seq").detail.changes["told"] == []


def test_of_the_county_leaders_only_the_one_who_is_named_is_told(county):
    leader, _other = (make_actor(Role.COUNTY_LEADER, person=make_person(who)) for who in ("陈县长", "马县长"))
    case = accepted(county)
    with late_by(case, 10):
        swept()
        released(county, Proposal.objects.get(kind=K.TELL_LEADER), to="陈县长")
    assert letters("pressing.leader") == [name(leader)]
    assert letters("pressing.head") == []
    assert steps(kind=K.PRESS_HEAD) == [(K.PRESS_HEAD, S.OPEN)]


@pytest.mark.parametrize("who", ["host", "head", "office", "deputy", "liaison"])
def test_nobody_else_releases_or_dismisses(county, who):
    step = proposed(county)
    with late_by(step.suggestion, 3):
        for act in (released, dismissed):
            with pytest.raises(NotAllowed):
                act(county, step, actor=getattr(county, who))


def test_a_working_body_reads_and_decides_nothing(county):
    step = proposed(county)
    body = make_actor(Role.WORKING_BODY)
    assert list(Proposal.objects.visible_to(body)) == [step]
    with late_by(step.suggestion, 3), pytest.raises(NotAllowed):
        released(county, step, actor=body)


def test_what_was_answered_an_hour_ago_is_not_released_although_no_sweep_came_by(county):
    step = proposed(county)
    with late_by(step.suggestion, 4):
        replied(county, fresh(step.suggestion))
        with pytest.raises(Conflict) as refused:
            released(county, step)
    assert refused.value.code == "no_longer_true"
    assert letters("pressing.head") == []


@pytest.mark.parametrize("lacking", ["to", "text"])
def test_it_goes_to_somebody_in_some_words(county, lacking):
    step = proposed(county)
    with late_by(step.suggestion, 3), pytest.raises(Invalid) as refused:
        released(county, step, **{lacking: " "})
    assert refused.value.field == lacking


def test_a_page_opened_before_a_decision_is_refused(county):
    step = proposed(county)
    with late_by(step.suggestion, 3):
        released(county, step)
        with pytest.raises(Stale):
            proposals.release(step, actor=county.staff, version=1, to="局长", text="请答复。")
        with pytest.raises(Conflict):
            released(county, step)


# not wanted


def dismissed(county, step, **options):
    told = {"actor": county.staff, "reason": "局长已当面答应。"}
    return proposals.dismiss(step, version=current(step).version, **told | options)


def test_what_is_not_wanted_is_not_proposed_again_for_the_same_day(county):
    step = proposed(county)
    with late_by(step.suggestion, 5):
        dismissed(county, step)
        assert swept() == (0, 0)
    assert current(step).status == S.DISMISSED
    with late_by(step.suggestion, 3), pytest.raises(Invalid):
        dismissed(county, proposed(county), reason=" ")


def test_the_head_who_is_an_officer_is_addressed_by_name(county):
    step = proposed(county)
    assert addressee(step) == f"县交通运输局 {name(county.head)}"
    Officer.objects.create(organ=county.bureau, person=make_person("郑局长"), duty="HEAD", since=SINCE)
    assert addressee(step) == "县交通运输局 郑局长"


def test_the_record_holds(county):
    step = proposed(county)
    with late_by(step.suggestion, 3):
        released(county, step)
    faults = [fault for fault in verify().faults if fault["place"].startswith("supervision.")]
    assert (faults, step.events.count()) == ([], 2)


def test_a_sweep_over_many_late_replies_costs_the_same(county, django_assert_num_queries):
    case = accepted(county)
    with late_by(case, 20), CaptureQueriesContext(connection) as few:
        assert swept() == (2, 0)
    with late_by(case, 20), django_assert_num_queries(11):
        assert swept() == (0, 0)
    with noon(TODAY):
        for _number in range(3):
            accepted(county)
    with late_by(case, 20), CaptureQueriesContext(connection) as many:
        assert swept() == (6, 0)
    assert len(many) == len(few)
    with late_by(case, 20), django_assert_num_queries(11):
        assert swept() == (0, 0)


# a chunk at a time


@pytest.fixture
def chunks_of(monkeypatch):
    def cut(size):
        for module in ("supervision.pressing.late", "supervision.transitions.proposals"):
            monkeypatch.setattr(f"{module}.CHUNK", size)

    return cut


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_cut_into_chunks_of_any_size_a_sweep_finds_the_same(county, chunks_of, size):
    chunks_of(size)
    cases = [accepted(county) for _number in range(5)]
    commitment = followed(county)
    with late_by(cases[0], 20):
        assert swept() == (10, 0)
    with days_after(commitment.due_on, 20):
        replied(county, cases[1])
        replied(county, cases[4])
        assert swept() == (2, 4)
        assert swept() == (0, 0)
    both, gone = [S.OPEN, S.OPEN], [S.LAPSED, S.LAPSED]
    found = [[status for _kind, status in steps(suggestion=case)] for case in cases]
    assert found == [both, gone, both, both, gone]
    assert [status for _kind, status in steps(commitment=commitment)] == both


def test_each_chunk_costs_the_same_statements(county, chunks_of):
    costs = {}
    for late in (2, 4, 6):
        cases = [accepted(county), accepted(county)]
        with late_by(cases[0], 20):
            chunks_of(500)
            assert swept() == (4, 0)
            for size in (500, 2):
                chunks_of(size)
                with CaptureQueriesContext(connection) as asked:
                    assert swept() == (0, 0)
                costs[size, late] = len(asked)
    assert costs[500, 2] == costs[500, 6]
    assert costs[2, 4] - costs[2, 2] == costs[2, 6] - costs[2, 4] <= 16


def test_a_sweep_never_holds_more_than_a_few_chunks_of_what_is_late(county, chunks_of, monkeypatch):
    held, most, name_it = WeakSet(), [], proposals.fact_of

    def watched(kind, late):
        held.add(late)
        most.append(len(held))
        return name_it(kind, late)

    monkeypatch.setattr(proposals, "fact_of", watched)
    chunks_of(2)
    cases = [accepted(county) for _number in range(8)]
    with late_by(cases[0], 20):
        assert (swept(), swept()) == ((16, 0), (0, 0))
    assert max(most) <= 4
