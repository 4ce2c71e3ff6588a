"""What comes of an opinion in deliberation: the three outcomes, the three lawful ways, and what is not changed again."""

from datetime import timedelta

import pytest
from django.utils import translation

from accounts.models import How, Role
from deliberations.models import MeetingOpinion, Promise, TownshipTask
from deliberations.transitions import board, meetings
from deliberations.transitions import cycles as cycles_verbs
from notifications.models import Notification
from stations.models import Mandate, Township
from suggestions import gates
from tests.deliberations.meeting_factory import (
    LAW,
    House,
    closed,
    convened,
    explained,
    forwarded,
    last,
    opened,
    promised,
    reopened,
    said,
    stepped,
    version_of,
)
from tests.factory import make_actor, make_mandate, make_station
from tests.suggestions.factory import TODAY, noon
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    with noon(TODAY), translation.override("en"):
        yield House()


def refusal(kind, perform):
    with pytest.raises(kind) as refused:
        perform()
    return refused.value.code


def row_of(opinion):
    return MeetingOpinion.objects.get(pk=opinion.pk)


class TestExplaining:
    def test_by_policy_or_law_and_the_deputy_understands(self, house):
        opinion = said(house, opened(house))
        explained(house, opinion, conditions_limited=True, answered_by="钱局长", organ=house.bureau)
        row = row_of(opinion)
        assert (row.outcome, row.basis_text, row.conditions_limited) == ("EXPLAINED", LAW, True)
        assert (row.acknowledgement, row.answering_organ) == ("UNDERSTANDS", house.bureau)

    def test_not_without_words_and_not_against_the_deputy(self, house):
        opinion = said(house, opened(house))
        assert refusal(Invalid, lambda: explained(house, opinion, text=" ")) == "words_missing"
        assert refusal(Invalid, lambda: explained(house, opinion, acknowledgement="NOT")) == "not_accepted"
        assert row_of(opinion).outcome == ""


class TestPromising:
    def test_what_who_and_by_when(self, house):
        opinion = said(house, opened(house))
        promise = promised(house, opinion)
        assert (promise.status, promise.made_on, promise.due_on) == ("MADE", TODAY, TODAY + timedelta(15))
        assert (row_of(opinion).outcome, row_of(opinion).answering_organ) == ("PROMISED", house.bureau)
        assert last(promise).verb == "make"

    @pytest.mark.parametrize(
        ("options", "code"),
        [({"text": " "}, "words_missing"), ({"person": " "}, "person_missing"), ({"days": -1}, "before_meeting")],
    )
    def test_nothing_of_it_may_lack(self, house, options, code):
        opinion = said(house, opened(house))
        assert refusal(Invalid, lambda: promised(house, opinion, **options)) == code
        assert not Promise.objects.exists()

    def test_an_organ_that_is_gone_promises_nothing(self, house):
        opinion = said(house, opened(house))
        house.bureau.closed_on = TODAY
        assert refusal(Invalid, lambda: promised(house, opinion)) == "organ_closed"

    def test_said_again_it_is_put_right_and_stays_one(self, house):
        opinion = said(house, opened(house))
        first = promised(house, opinion)
        again = promised(house, opinion, days=20, text="换管90米")
        assert (again.pk, again.text, again.due_on) == (first.pk, "换管90米", TODAY + timedelta(20))
        assert [event.verb for event in again.events.order_by("seq")] == ["make", "correct"]

    def test_it_is_not_taken_back(self, house):
        opinion = said(house, opened(house))
        promised(house, opinion)
        assert refusal(Conflict, lambda: explained(house, opinion)) == "promised"
        assert refusal(Conflict, lambda: forwarded(house, opinion)) == "promised"

    def test_what_was_reported_done_is_not_put_right_any_more(self, house):
        opinion = said(house, opened(house))
        promise = promised(house, opinion)
        Promise.objects.filter(pk=promise.pk).update(status="REPORTED_DONE", report="已换", reported_on=TODAY)
        assert refusal(Conflict, lambda: promised(house, opinion)) == "wrong_state"


class TestForwarding:
    def test_the_county_deputy_who_spoke_leads_it(self, house):
        opinion = said(house, opened(house))
        forwarded(house, opinion)
        assert (row_of(opinion).way, row_of(opinion).county_lead) == ("COUNTY_LEAD", house.lead)

    def test_scenario_33_a_township_deputy_does_not_lead_and_the_ways_are_named(self, house):
        opinion = said(house, opened(house), speaker=house.local)
        with pytest.raises(Invalid) as refused:
            forwarded(house, opinion)
        assert (refused.value.field, refused.value.code) == ("county_lead", "wrong_level")
        for way in "①②③":
            assert way in refused.value.sentence
        assert refusal(Invalid, lambda: forwarded(house, opinion, county_lead=house.local)) == "wrong_level"

    def test_first_way_a_county_deputy_leads_what_the_township_deputy_said(self, house):
        opinion = said(house, opened(house), speaker=house.local)
        forwarded(house, opinion, county_lead=house.second)
        row = row_of(opinion)
        assert (row.speaker, row.county_lead, row.way) == (house.local, house.second, "COUNTY_LEAD")

    def test_a_county_deputy_who_is_suspended_does_not_lead(self, house):
        Mandate.objects.filter(pk=house.lead.pk).update(suspended_from=TODAY - timedelta(1))
        opinion = said(house, opened(house), speaker=house.local)
        house.lead.refresh_from_db()
        assert refusal(Invalid, lambda: forwarded(house, opinion, county_lead=house.lead)) == "not_active"

    def test_second_way_the_presidium_takes_it_to_the_township(self, house):
        opinion = said(house, opened(house), speaker=house.local)
        forwarded(house, opinion, "TOWNSHIP")
        task = TownshipTask.objects.get()
        assert (task.meeting_opinion, task.township, task.due_on) == (opinion, house.township, TODAY + timedelta(30))
        assert not MeetingOpinion.objects.to_become_suggestions().exists()

    def test_second_way_needs_a_day_and_a_congress(self, house):
        opinion = said(house, opened(house))
        assert refusal(Invalid, lambda: forwarded(house, opinion, "TOWNSHIP", due_on=None)) == "day_missing"
        early = {"due_on": TODAY - timedelta(1)}
        assert refusal(Invalid, lambda: forwarded(house, opinion, "TOWNSHIP", **early)) == "before_meeting"
        Township.objects.filter(pk=house.township.pk).update(kind=Township.Kind.SUB_DISTRICT)
        assert refusal(Invalid, lambda: forwarded(house, opinion, "TOWNSHIP")) == "no_congress"

    def test_third_way_the_standing_committee_submits_it(self, house):
        opinion = said(house, opened(house), speaker=house.local)
        forwarded(house, opinion, "COMMITTEE")
        assert (row_of(opinion).way, row_of(opinion).county_lead) == ("COMMITTEE", None)

    def test_no_fourth_way(self, house):
        opinion = said(house, opened(house))
        assert refusal(Invalid, lambda: forwarded(house, opinion, "")) == "way_missing"


class TestChanging:
    def test_another_outcome_leaves_nothing_of_the_first_and_stands_in_the_record(self, house):
        opinion = said(house, opened(house))
        explained(house, opinion, conditions_limited=True)
        forwarded(house, opinion, "TOWNSHIP")
        row = row_of(opinion)
        assert (row.outcome, row.basis_text, row.conditions_limited, row.acknowledgement) == (
            "FORWARDED",
            "",
            False,
            "",
        )
        assert last(row.meeting).detail.changes["before"] == "EXPLAINED"
        explained(house, opinion)
        assert (row_of(opinion).way, TownshipTask.objects.count()) == ("", 0)

    def test_what_the_township_has_settled_stays(self, house):
        meeting = opened(house)
        opinion = said(house, meeting)
        forwarded(house, opinion, "TOWNSHIP")
        closed(house, meeting)
        finished(house)
        reopened(house, meeting)
        assert refusal(Conflict, lambda: explained(house, opinion)) == "settled"

    def test_what_became_a_suggestion_stays(self, house, monkeypatch):
        meeting = opened(house)
        opinion = said(house, meeting)
        forwarded(house, opinion)
        closed(house, meeting)
        monkeypatch.setattr(gates, "collected", set)
        reopened(house, meeting)
        assert refusal(Conflict, lambda: explained(house, opinion)) == "taken_up"
        given = {"actor": house.liaison, "version": version_of(opinion), "speaker": house.lead, "text": "改"}
        assert refusal(Conflict, lambda: meetings.correct_opinion(opinion, **given)) == "taken_up"

    def test_only_whoever_keeps_the_meeting_decides(self, house):
        opinion = said(house, opened(house))
        for actor in (house.deputy, house.other_liaison, house.handler, house.presidium):
            for act in (explained, promised, forwarded):
                with pytest.raises(NotAllowed):
                    act(house, opinion, actor=actor)


def finished(house, task=None, **options):
    task = task or TownshipTask.objects.get()
    given = {"actor": house.presidium, "version": version_of(task.meeting_opinion), "on": TODAY, "handler": "镇长"}
    return board.finish_task(task, **given | {"result": "路灯已修"} | options)


class TestTownshipTasks:
    @pytest.fixture
    def task(self, house):
        meeting = opened(house)
        forwarded(house, said(house, meeting), "TOWNSHIP")
        closed(house, meeting)
        return TownshipTask.objects.get()

    def test_the_presidium_says_what_came_of_it_and_the_deputy_is_told(self, house, task):
        finished(house, task)
        task.refresh_from_db()
        assert (task.result, task.done_on, task.handler) == ("路灯已修", TODAY, "镇长")
        event = last(task.meeting_opinion.meeting)
        assert (event.verb, event.how) == ("finish_task", How.IN_SYSTEM)
        assert Notification.objects.filter(recipient=house.deputy.user, kind="meeting.task_done").count() == 1
        assert refusal(Conflict, lambda: finished(house, task)) == "done"

    def test_station_and_staff_write_down_what_the_presidium_said(self, house, task):
        finished(house, task, actor=house.liaison)
        assert last(task.meeting_opinion.meeting).how == How.TELEPHONE

    def test_nobody_else_does_and_not_of_another_township(self, house, task):
        elsewhere = make_actor(Role.TOWNSHIP)
        make_mandate(elsewhere.user.person, "TOWNSHIP", make_station(township=_another()))
        for actor in (house.deputy, house.handler, house.other_liaison, elsewhere, make_actor(Role.CHAIRPERSON)):
            with pytest.raises(NotAllowed):
                finished(house, task, actor=actor)
            assert actor.role == Role.CHAIRPERSON or task not in TownshipTask.objects.visible_to(actor)

    def test_a_result_of_a_day_that_can_be(self, house, task):
        assert refusal(Invalid, lambda: finished(house, task, result=" ")) == "words_missing"
        for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
            assert refusal(Invalid, lambda day=day: finished(house, task, on=day)) == "not_since"

    def test_late_after_its_day_and_not_once_it_is_done(self, house, task):
        after = task.due_on + timedelta(1)
        assert list(TownshipTask.objects.overdue(task.due_on)) == []
        assert list(TownshipTask.objects.overdue(after)) == [task]
        finished(house, task)
        assert list(TownshipTask.objects.overdue(after)) == []

    def test_while_the_meeting_is_recorded_nothing_is_settled(self, house, task):
        reopened(house, task.meeting_opinion.meeting)
        assert refusal(Conflict, lambda: finished(house, task)) == "wrong_state"
        assert list(TownshipTask.objects.in_force()) == []


def _another():
    return Township.objects.create(name="柳林镇", kind=Township.Kind.TOWN)


class TestTheCycle:
    def missing(self, house):
        with pytest.raises(Conflict) as refused:
            stepped(house)
        return refused.value.sentence

    def test_led_from_the_first_meeting_to_its_conclusion(self, house):
        assert "The first meeting was opened." in self.missing(house)
        meeting = opened(house)
        assert stepped(house).status == "DELIBERATING"
        assert "Every station's meeting is closed" in self.missing(house)
        opinion = said(house, meeting)
        promise = promised(house, opinion)
        forwarded(house, said(house, meeting), "TOWNSHIP")
        closed(house, meeting)
        assert "Every station's meeting is closed" in self.missing(house)
        cancelled_other(house)
        assert stepped(house).status == "HANDLING"
        said_so = self.missing(house)
        for lack in ("No promise made on the spot is open.", "The townships have settled", "The review"):
            assert lack in said_so
        Promise.objects.filter(pk=promise.pk).update(status="KEPT")
        finished(house)
        with pytest.raises(Invalid):
            self.write(house, " ")
        self.write(house, "解决南门村供水")
        assert stepped(house).status == "CONCLUDED"
        assert house.cycle.review == "解决南门村供水"
        assert refusal(Conflict, lambda: stepped(house)) == "wrong_state"

    def test_not_concluded_while_something_forwarded_is_no_suggestion(self, house):
        meeting = opened(house)
        stepped(house)
        forwarded(house, said(house, meeting))
        closed(house, meeting)
        cancelled_other(house)
        stepped(house)
        self.write(house, "综述")
        assert "forwarded to the county" in self.missing(house)

    def test_only_staff_write_the_review(self, house):
        type(house.cycle).objects.update(status="HANDLING")
        for role in (Role.CHAIRPERSON, Role.STATION, Role.WORKING_BODY):
            with pytest.raises(NotAllowed):
                self.write(house, "综述", actor=make_actor(role))

    def write(self, house, text, actor=None):
        return cycles_verbs.write_review(
            house.cycle, actor=actor or house.staff, version=house.cycle.version, text=text
        )


def cancelled_other(house):
    other = convened(house, station=house.round.other, actor=house.staff)
    return meetings.cancel_meeting(other, actor=house.staff, version=other.version, reason="防汛")
