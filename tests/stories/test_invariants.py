"""Whoever tries whatever in whatever order: what the law and the house's invariants promise holds after every act."""

import os
from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import Role
from deliberations.models import Meeting, MeetingOpinion, Promise
from stations.models import Level
from suggestions.models import (
    Assignment,
    Commitment,
    Continuation,
    Extension,
    MergeGroup,
    Objection,
    Source,
    Suggestion,
    SuggestionClock,
    SuggestionEvent,
)
from suggestions.transitions.ending import unkept
from tests.stories.acts_of_all import (
    ACTS,
    World,
    actor_called,
    discard,
    end_by_resolution,
    leave_office,
    refer,
    refuse,
    withdraw,
)
from tests.suggestions import factory, objection_factory
from tests.suggestions.commitment_factory import followed
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import Refused
from workflow.periods import statutory_months
from workflow.verification import verify

#: How many walks, and how long each is; ``make test-deep`` asks for more.
WALKS, STEPS = int(os.environ.get("WALKS", "6")), int(os.environ.get("STEPS", "15"))
#: How many acts are tried at a step, and how often by somebody who is meant to do it.
TRIES, MEANT = 30, 0.85
#: What ends a matter for good is tried seldom, or no walk would come far.
ENDS, OFTEN = {withdraw, refer, refuse, discard, end_by_resolution, leave_office}, 0.1
#: Which acts happened, and how often: a walk that is refused everything proves nothing.
HAPPENED: Counter[str] = Counter()
MONDAY = date(2026, 3, 16)
#: Where a walk may begin, so that a short one sees the late acts too.
BEGINNINGS = (
    lambda county: None,
    lambda county: factory.submitted(county),
    lambda county: factory.registered(county),
    lambda county: objection_factory.merged(county, 2),
    lambda county: factory.assigned(county),
    lambda county: factory.accepted(county),
    lambda county: factory.replied(county),
    lambda county: factory.judged(county, "DISSATISFIED"),
    lambda county: followed(county),
)
SATISFIED = {"SATISFIED", "BASICALLY"}
BY_RESOLUTION = {"UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN"}


class Walk(RuleBasedStateMachine):
    """One county on which everybody acts; rolled back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
        self.numbers: dict[int, tuple[str, str, int]] = {}
        self.first_dates: dict[int, date] = {}
        self.kept = 0

    def teardown(self) -> None:
        try:
            # people and stations are made by the factories, without an act
            faults = [
                fault for fault in verify().faults if fault["place"].split(".")[0] not in ("accounts", "stations")
            ]
            assert faults == []
        finally:
            self.stack.close()

    @initialize(begin=st.sampled_from(BEGINNINGS))
    def begin(self, begin):
        with clock.at(self.moment):
            self.world = World()
            begin(self.world.county)

    @rule(days=st.integers(0, 9), seed=st.integers(0, 2**32))
    def people_act(self, days, seed):
        """Some days later acts are tried in a chance order, mostly by who is meant to do them."""
        self.moment += timedelta(days)
        chance = Random(seed)
        with clock.at(self.moment):
            for act in chance.sample([act for act in ACTS if act not in ENDS or chance.random() < OFTEN], TRIES):
                meant = [actor_called(self.world, name) for name in ACTS[act]]
                self.happened(act, chance.choice(meant if chance.random() < MEANT else self.world.people), chance)

    def happened(self, act, actor, chance):
        try:
            with transaction.atomic():
                act(self.world, actor, lambda rows: self.choose(chance, rows))
        except (Refused, Nothing):
            return
        HAPPENED[act.__name__] += 1

    @staticmethod
    def choose(chance, rows):
        if not rows:
            raise Nothing
        return chance.choice(rows)

    @invariant()
    def no_case_is_lost_and_every_act_is_recorded(self):
        number = Suggestion.objects.count()
        assert number >= self.kept
        self.kept = number
        told = Suggestion.objects.annotate(told=Count("events"))
        assert not told.exclude(version=F("told")).exists()

    @invariant()
    def a_number_once_given_stays_and_is_given_once(self):
        now = {row.pk: (row.series, row.scope, row.serial) for row in Suggestion.objects.exclude(serial=None)}
        assert self.numbers.items() <= now.items()
        assert len(set(now.values())) == len(now)
        self.numbers = now

    @invariant()
    def only_the_deputy_or_a_resolution_closes(self):
        for case in Suggestion.objects.filter(status="CLOSED"):
            verdict = case.verdicts.filter(round=case.round).first()
            if case.closing_basis in SATISFIED:
                assert verdict is not None and verdict.value == case.closing_basis and verdict.released_on
            else:
                assert case.closing_basis in BY_RESOLUTION and case.closing_resolution_id is not None

    @invariant()
    def what_is_handled_has_one_host_and_a_date(self):
        for case in Suggestion.objects.filter(status="HANDLING"):
            live = case.assignments.filter(round=case.round).exclude(status="ENDED")
            assert live.exclude(part="CO_HOST").count() == 1
            assert case.clocks.running().filter(kind="REPLY", round=case.round).exists()

    @invariant()
    def what_is_objected_to_waits_to_be_decided_and_nothing_else_does(self):
        open_ones = Objection.objects.filter(status__in=["REQUESTED", "OFFICE_AGREED"]).exclude(
            assignment__status="ENDED"
        )
        waiting = open_ones.values_list("assignment", flat=True)
        assert sorted(waiting) == sorted(Assignment.objects.filter(status="OBJECTED").values_list("pk", flat=True))

    @invariant()
    def a_group_has_a_leading_one_among_several(self):
        for group in MergeGroup.objects.filter(until=None):
            assert group.lead.merge_group_id == group.pk and group.members.count() > 1
        assert not Suggestion.objects.filter(merge_group__until__isnull=False).exists()

    @invariant()
    def a_released_dissatisfaction_is_handled_again(self):
        for case in Suggestion.objects.filter(verdicts__value="DISSATISFIED", verdicts__released_on__isnull=False):
            last = case.verdicts.filter(value="DISSATISFIED", released_on__isnull=False).latest("round").round
            assert case.round == last + 1 or case.closing_basis in BY_RESOLUTION

    @invariant()
    def no_reply_is_due_later_than_the_law_allows(self):
        calendar = load_calendar()
        for row in SuggestionClock.objects.filter(kind="REPLY", round=1).select_related("suggestion"):
            case = row.suggestion
            six = statutory_months(case.first_handed_over_on, 6, calendar, "deputies_law_51").due_on
            assert row.original_due_on <= row.due_on <= six
            assert (
                row.due_on == row.original_due_on
                or Extension.objects.filter(
                    assignment__suggestion=case, status="GRANTED", new_due_on=row.due_on
                ).exists()
            )

    @invariant()
    def the_first_date_of_a_limit_stays(self):
        now = dict(SuggestionClock.objects.values_list("pk", "original_due_on"))
        assert self.first_dates.items() <= now.items()
        self.first_dates = now

    @invariant()
    def the_county_is_addressed_by_its_own_deputies(self):
        of_deputies = Suggestion.objects.submitted().filter(submitted_by="DEPUTY")
        assert not of_deputies.exclude(lead__level=Level.COUNTY).exists()
        signed = Q(cosignatures__status="ACCEPTED") & ~Q(cosignatures__mandate__level=Level.COUNTY)
        assert not of_deputies.filter(signed).exists()

    @invariant()
    def no_organ_writes_the_judgement_on_itself(self):
        organs = [Role.ORGAN_HANDLER, Role.ORGAN_HEAD, Role.GOVERNMENT_OFFICE]
        judged = SuggestionEvent.objects.filter(verb__in=["evaluate", "confirm_form", "release_verdict"])
        assert not judged.filter(post__role__in=organs).exists()

    @invariant()
    def what_is_followed_up_has_a_commitment_to_keep_and_what_is_satisfied_has_none(self):
        for case in Suggestion.objects.filter(status="FOLLOW_UP"):
            assert unkept(case).exists()
            assert case.closing_basis == ""
        last = Q(reply__assignment__round=F("reply__assignment__suggestion__round"))
        closed = Q(reply__assignment__suggestion__closing_basis__in=SATISFIED)
        assert not Commitment.objects.filter(last, closed).exclude(status="CONFIRMED").exists()

    @invariant()
    def whoever_continues_took_the_place_of_one_who_has_left_office(self):
        for row in Continuation.objects.select_related("before__term", "suggestion"):
            assert row.before.status == "ENDED"
            assert row.resolution_id or row.suggestion.cosignatures.filter(mandate=row.after).exists()

    @invariant()
    def key_is_what_the_council_made_key(self):
        key = Suggestion.objects.filter(is_key=True)
        assert not key.filter(Q(key_resolution=None) | Q(supervising_leader=None)).exists()

    @invariant()
    def every_opinion_of_a_closed_meeting_has_one_outcome(self):
        for meeting in Meeting.objects.filter(status="CLOSED"):
            outcomes = list(meeting.opinions.values_list("outcome", flat=True))
            assert all(outcomes)
            assert len(outcomes) == sum(map(outcomes.count, MeetingOpinion.Outcome.values))

    @invariant()
    def what_was_forwarded_is_collected_once(self):
        for source in Source.objects.exclude(meeting_opinion=None).select_related("meeting_opinion"):
            assert source.meeting_opinion.way in ("COUNTY_LEAD", "COMMITTEE")

    @invariant()
    def a_promise_stays_with_its_opinion(self):
        kept = Promise.objects.filter(meeting_opinion__outcome="PROMISED").count()
        assert kept == Promise.objects.count()
        assert Promise.objects.filter(status="TAKEN_UP").count() == Source.objects.exclude(promise=None).count()


class Nothing(Exception):
    """There is nothing yet on which to act."""


@pytest.mark.django_db
def test_invariants_hold_whoever_acts_in_whatever_order():
    often = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    HAPPENED.clear()
    run_state_machine_as_test(Walk, settings=often)
    assert len(HAPPENED) > len(ACTS) / 2
