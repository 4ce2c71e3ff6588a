"""A round of deliberation up to its visits: each act, each refusal, what the record tells."""

from datetime import date, timedelta

import pytest

from accounts.models import How, Role
from deliberations.models import Cycle, NoticeReceipt, Resolution, Topic
from deliberations.transitions import cycles, notices, preparation, topics
from notifications.models import Notification
from tests.deliberations.cycle_factory import (
    issue,
    make_round,
    mobilised,
    move_on,
    paper,
    propose,
    receipt_of,
    select,
    training,
)
from tests.factory import make_actor, make_station
from tests.suggestions.factory import TODAY, noon
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.models import RuleSet, RuleValue
from workflow.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def last(round_):
    return round_.cycle.events.select_related("detail", "post").order_by("-seq").first()


def inbox(actor):
    return Notification.objects.filter(recipient=actor.user, kind="cycle.notice", void_reason="").count()


class TestPlan:
    def test_a_cycle_belongs_to_the_year_of_its_first_meeting(self):
        round_ = make_round()
        assert (round_.cycle.year, round_.cycle.status) == (TODAY.year, "PREPARING")
        assert round_.cycle.stations.count() == 2
        assert last(round_).detail.changes["stations"] == [round_.station.code, round_.other.code]

    @pytest.mark.parametrize("role", [Role.STATION, Role.CHAIRPERSON, Role.DEPUTY, Role.SYSTEM_ADMIN])
    def test_nobody_but_staff_plans(self, role):
        with pytest.raises(NotAllowed):
            cycles.plan_cycle(actor=make_actor(role), title="议政", first_meeting_on=TODAY, stations=[])

    def test_a_day_that_is_over_and_a_title_that_is_taken_are_refused(self):
        round_ = make_round()
        for refused, title, day in (
            ("past", "别的", TODAY - timedelta(1)),
            ("title_taken", round_.cycle.title, TODAY),
        ):
            with pytest.raises(Invalid) as told:
                cycles.plan_cycle(actor=round_.staff, title=title, first_meeting_on=day, stations=[])
            assert told.value.code == refused

    def test_a_station_meets_on_a_day_of_its_own_but_never_before_the_first(self):
        round_ = make_round()
        row = round_.cycle.stations.get(station=round_.other)
        first = round_.cycle.first_meeting_on
        with pytest.raises(Invalid):
            cycles.plan_meeting(row, actor=round_.staff, version=round_.version, planned_on=first - timedelta(1))
        cycles.plan_meeting(row, actor=round_.staff, version=round_.version, planned_on=first + timedelta(3))
        with pytest.raises(Invalid) as told:
            cycles.update(
                round_.cycle,
                actor=round_.staff,
                version=round_.version,
                title="改",
                first_meeting_on=first + timedelta(9),
            )
        assert told.value.code == "not_first"

    def test_further_stations_take_part_once(self):
        round_, third = make_round(), make_station()
        cycles.take_in(round_.cycle, actor=round_.staff, version=round_.version, stations=[third, round_.station])
        assert last(round_).detail.changes == {"stations": [third.code]}
        with pytest.raises(Invalid):
            cycles.take_in(round_.cycle, actor=round_.staff, version=round_.version, stations=[third])

    def test_whoever_looked_before_the_last_change_is_told(self):
        round_ = make_round()
        old = round_.version
        propose(round_)
        with pytest.raises(Stale):
            cycles.update(round_.cycle, actor=round_.staff, version=old, title="改", first_meeting_on=TODAY)


class TestTopics:
    def test_each_selected_topic_has_the_paper_and_an_event_of_its_own(self):
        round_ = make_round()
        chosen = [propose(round_, title) for title in ("供水", "道路")]
        select(round_, *chosen)
        resolution = Resolution.objects.get()
        assert {(topic.status, topic.resolution) for topic in Topic.objects.all()} == {("SELECTED", resolution)}
        events = round_.cycle.events.filter(verb="select_topics")
        assert {(event.part_to, event.how, event.part_key) for event in events} == {
            ("SELECTED", How.PAPER, topic.uuid) for topic in chosen
        }

    def test_one_paper_decides_of_several_topics_but_has_one_date(self):
        round_ = make_round()
        first, second = propose(round_, "供水"), propose(round_, "道路")
        select(round_, first)
        with pytest.raises(Invalid) as told:
            topics.drop_topic(
                second, paper(on=TODAY - timedelta(1)), actor=round_.staff, version=round_.version, reason="条件不成熟"
            )
        assert told.value.code == "other_date"
        topics.drop_topic(second, paper(), actor=round_.staff, version=round_.version, reason="条件不成熟")
        assert (second.status, last(round_).detail.reason) == ("DROPPED", "条件不成熟")
        assert Resolution.objects.count() == 1

    def test_minutes_of_a_day_to_come_are_refused(self):
        round_ = make_round()
        with pytest.raises(Invalid) as told:
            select(round_, propose(round_), minutes=paper(on=TODAY + timedelta(1)))
        assert told.value.code == "in_future"

    def test_a_decided_topic_is_not_decided_or_corrected_again_but_may_be_proposed_again(self):
        round_ = make_round()
        topic = propose(round_)
        select(round_, topic)
        with pytest.raises(Conflict):
            select(round_, topic)
        facts = topics.TopicFacts("新题", Topic.Source.OTHER, "因", "谁")
        with pytest.raises(Conflict):
            topics.correct_topic(topic, facts, actor=round_.staff, version=round_.version)
        topics.return_topic(topic, actor=round_.staff, version=round_.version, reason="录错")
        topics.correct_topic(topic, facts, actor=round_.staff, version=round_.version)
        assert (topic.status, topic.resolution, topic.title) == ("POOL", None, "新题")

    def test_two_topics_of_one_title_are_refused(self):
        round_ = make_round()
        propose(round_)
        with pytest.raises(Invalid):
            propose(round_)

    def test_after_mobilising_no_topic_is_added(self):
        with pytest.raises(Conflict):
            propose(mobilised(), "后来的")


class TestGates:
    def test_no_step_before_a_topic_is_selected_and_none_left_undecided(self):
        round_ = make_round()
        with pytest.raises(Conflict) as told:
            move_on(round_)
        assert told.value.code == "gate_closed"
        first, second = propose(round_, "供水"), propose(round_, "道路")
        select(round_, first)
        with pytest.raises(Conflict):
            move_on(round_)
        select(round_, second)
        assert move_on(round_).status == Cycle.Status.MOBILISING

    def test_no_visits_before_every_station_has_the_notice(self):
        round_ = mobilised()
        with pytest.raises(Conflict):
            move_on(round_)
        issue(round_)
        assert move_on(round_).status == Cycle.Status.VISITING

    def test_from_the_visits_on_no_step_is_led_to_by_hand(self):
        round_ = mobilised()
        issue(round_)
        move_on(round_)
        with pytest.raises(Conflict):
            move_on(round_)


class TestNotice:
    def test_scenario_1_a_notice_too_late_is_issued_only_with_a_reason_and_who_agreed(self):
        with clock.at(clock.now().replace(month=4, day=25)):
            round_ = mobilised(days_ahead=(date(TODAY.year, 5, 20) - date(TODAY.year, 4, 25)).days)
            for field, words in (
                ("override_reason", {}),
                ("override_reason", {"agreed_by": "周主任"}),
                ("agreed_by", {"override_reason": "换届"}),
            ):
                with pytest.raises(Invalid) as told:
                    issue(round_, **words)
                assert (told.value.code, told.value.field) == ("too_late", field)
                assert told.value.params == {"days": 25, "lead": 30}
            notice = issue(round_, override_reason="换届", agreed_by="周主任")
        event = last(round_)
        assert (event.actor, event.detail.reason) == (round_.staff.user, "换届")
        assert event.detail.changes["agreed_by"] == "周主任"
        assert (event.detail.changes["days_ahead"], event.detail.changes["lead_days"]) == (25, 30)
        receipt = receipt_of(round_.station, notice)
        assert (receipt.days_ahead, receipt.is_in_time) == (25, False)

    def test_thirty_days_are_enough_and_need_no_reason(self):
        notice = issue(mobilised(30), override_reason="多余", agreed_by="多余")
        assert (notice.override_reason, notice.agreed_by, notice.lead_days) == ("", "", 30)

    def test_the_county_may_ask_for_fewer_days(self):
        rule_set = RuleSet.objects.create(valid_from=TODAY)
        RuleValue.objects.create(rule_set=rule_set, key="notice_lead_days", value=20)
        assert issue(mobilised(25)).lead_days == 20

    def test_every_station_is_told_once_and_a_later_one_gets_a_notice_of_its_own(self):
        round_, third = mobilised(), make_station()
        issue(round_)
        assert (inbox(round_.liaison), inbox(round_.other_liaison)) == (1, 1)
        with pytest.raises(Conflict) as told:
            issue(round_)
        assert told.value.code == "all_notified"
        cycles.take_in(round_.cycle, actor=round_.staff, version=round_.version, stations=[third])
        assert list(issue(round_, title="补发").receipts.values_list("station", flat=True)) == [third.pk]
        assert inbox(round_.liaison) == 1

    def test_a_later_meeting_gives_a_station_more_days_and_an_earlier_one_fewer(self):
        round_ = mobilised(40)
        notice, first = issue(round_), round_.cycle.first_meeting_on
        row = round_.cycle.stations.get(station=round_.other)
        cycles.plan_meeting(row, actor=round_.staff, version=round_.version, planned_on=first + timedelta(5))
        cycles.update(
            round_.cycle, actor=round_.staff, version=round_.version, title="改", first_meeting_on=first - timedelta(20)
        )
        assert receipt_of(round_.other, notice).days_ahead == 45
        assert (receipt_of(round_.station, notice).days_ahead, receipt_of(round_.station, notice).is_in_time) == (
            20,
            False,
        )

    def test_a_station_confirms_by_itself_then_conveys(self):
        round_ = mobilised()
        receipt = receipt_of(round_.station, issue(round_))
        notices.receive_notice(receipt, actor=round_.liaison)
        assert (receipt.status, receipt.way, receipt.received_by) == (
            "RECEIVED", NoticeReceipt.Way.CLICK, round_.liaison.user.person,
        )  # fmt: skip
        assert (inbox(round_.liaison), inbox(round_.other_liaison)) == (0, 1)
        notices.convey_notice(receipt, actor=round_.liaison, on=TODAY)
        assert (last(round_).verb, last(round_).part_to, receipt.conveyed_on) == ("convey_notice", "CONVEYED", TODAY)

    def test_nobody_confirms_for_another_station(self):
        round_ = mobilised()
        receipt = receipt_of(round_.station, issue(round_))
        for actor in (round_.other_liaison, round_.staff, make_actor(Role.DEPUTY)):
            with pytest.raises(NotAllowed):
                notices.receive_notice(receipt, actor=actor)
        with pytest.raises(NotAllowed):
            notices.record_receipt(receipt, actor=round_.liaison, by=round_.liaison.user.person)
        with pytest.raises(NotAllowed):
            notices.convey_notice(receipt, actor=round_.other_liaison, on=TODAY)

    def test_after_a_call_staff_record_it_for_whoever_answered(self):
        round_ = mobilised()
        receipt = receipt_of(round_.station, issue(round_))
        with pytest.raises(Invalid):
            notices.record_receipt(receipt, actor=round_.staff, by=round_.other_liaison.user.person)
        notices.record_receipt(receipt, actor=round_.staff, by=round_.liaison.user.person)
        event = last(round_)
        assert (event.how, event.on_behalf_of, event.actor) == (
            How.TELEPHONE, round_.liaison.user.person, round_.staff.user,
        )  # fmt: skip
        assert receipt_of(round_.station, receipt.notice).way == NoticeReceipt.Way.TELEPHONE
        with pytest.raises(Conflict):
            notices.receive_notice(receipt, actor=round_.liaison)

    def test_nothing_is_conveyed_before_it_was_received_or_before_it_was_issued(self):
        round_ = mobilised()
        receipt = receipt_of(round_.station, issue(round_))
        with pytest.raises(Conflict):
            notices.convey_notice(receipt, actor=round_.liaison, on=TODAY)
        notices.receive_notice(receipt, actor=round_.liaison)
        for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
            with pytest.raises(Invalid):
                notices.convey_notice(receipt, actor=round_.liaison, on=day)

    def test_a_withdrawn_notice_waits_for_another(self):
        round_ = mobilised()
        notice = issue(round_)
        receipt = receipt_of(round_.station, notice)
        notices.withdraw_notice(notice, actor=round_.staff, version=round_.version, reason="日期有误")
        assert inbox(round_.liaison) == 0
        with pytest.raises(Conflict):
            notices.receive_notice(receipt, actor=round_.liaison)
        assert issue(round_).receipts.count() == 2


class TestPreparation:
    def test_a_training_is_central_or_at_a_station_of_the_cycle(self):
        round_ = make_round()
        central = preparation.record_training(round_.cycle, training(), actor=round_.staff, version=round_.version)
        there = preparation.record_training(
            round_.cycle, training(station=round_.station), actor=round_.staff, version=round_.version
        )
        assert (central.mode, there.mode) == ("CENTRAL", "STATION")

    @pytest.mark.parametrize(
        ("code", "facts"),
        [
            ("more_than_due", {"present": 31}),
            ("in_future", {"on": TODAY + timedelta(1)}),
            ("not_taking_part", {"station": True}),
        ],
    )
    def test_what_cannot_be_of_a_training_is_refused(self, code, facts):
        round_ = make_round()
        if "station" in facts:
            facts = {"station": make_station()}
        with pytest.raises(Invalid) as told:
            preparation.record_training(round_.cycle, training(**facts), actor=round_.staff, version=round_.version)
        assert told.value.code == code

    def test_publicity_names_its_topics(self):
        round_ = mobilised()
        words = {"channel": "WECHAT", "title": "议题公布", "topics": Topic.objects.all(), "version": round_.version}
        with pytest.raises(Invalid):
            preparation.record_publicity(round_.cycle, actor=round_.staff, on=TODAY + timedelta(1), **words)
        row = preparation.record_publicity(round_.cycle, actor=round_.staff, on=TODAY, **words)
        assert row.topics.count() == 1
        with pytest.raises(NotAllowed):
            preparation.record_publicity(
                round_.cycle, actor=round_.liaison, on=TODAY, **(words | {"version": round_.version})
            )


def test_the_record_of_a_whole_preparation_holds():
    round_ = mobilised()
    receipt = receipt_of(round_.station, issue(round_))
    notices.receive_notice(receipt, actor=round_.liaison)
    move_on(round_)
    fresh = Cycle.objects.get(pk=round_.cycle.pk)
    assert chain.faults(fresh, fresh.events.select_related("detail", "actor", "post").order_by("seq")) == []
    assert [fault for fault in verify().faults if fault["place"].startswith(("deliberations", "guards"))] == []
