"""What every kind of rows of the API tells to whom, said once more and apart from the scopes.

``may`` read the sample; to everybody else it is not there (404). ``listless`` are those to whom the list itself is
refused (403), as its page is; all others get a list, which may be empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from deliberations.models import (
    CycleStep,
    Group,
    LeaderContact,
    MaterialRead,
    MonthlyReturn,
    Resolution,
    SubjectField,
    Telling,
    Training,
)
from stations.models import StandardCheck, StandardItem
from suggestions.models import (
    CoHostOpinion,
    Commitment,
    Continuation,
    Delivery,
    Extension,
    MergeGroup,
    Objection,
    Reply,
    ResultClass,
    SuggestionClock,
    Verdict,
)
from supervision.models import Call, CardFeedback, Proposal
from tests.sweep.addresses import (
    ASKED,
    COMMITTEE,
    DEPUTIES,
    EVERYBODY,
    IN_DELIBERATION,
    LIAISONS,
    NOBODY,
    OF_THE_CASE,
    OF_THE_MEETING,
    OF_THE_PROMISE,
    OF_THE_VISIT,
    ORGANS,
    STAFF,
    WITH_POST,
)
from tests.sweep.cast import World
from workflow import clock
from workflow.models import CalendarYear, RuleSet

TODAY = date(2026, 3, 16)


@dataclass(frozen=True)
class Program:
    """A row of the kind, who reads it, and to whom the list is refused."""

    sample: Callable[[World], Any]
    may: frozenset[str]
    listless: frozenset[str] = NOBODY


def _answered(world: World) -> Any:
    return world.answered.assignments.get(organ=world.county.bureau)


def _reply(world: World) -> Reply:
    return Reply.objects.get(pk=world.evaluation.reply_id)


def _extension(world: World) -> Extension:
    told = {
        "old_due_on": TODAY,
        "new_due_on": date(2026, 6, 1),
        "reason": "汛期",
        "measures": "勘察",
        "signed_by": "钱",
    }
    told |= {"requested_on": TODAY, "explained_on": TODAY, "explained_how": "PHONE"}
    return Extension.objects.create(assignment=_answered(world), **told)


def _objection(world: World) -> Objection:
    told = {"number": 1, "requested_on": TODAY, "reason": "NOT_OURS", "basis": "三定方案"}
    return Objection.objects.create(assignment=_answered(world), **told)


def _co_host_opinion(world: World) -> CoHostOpinion:
    part = world.answered.assignments.exclude(organ=world.county.bureau).first()
    return CoHostOpinion.objects.filter(assignment=part).first() or CoHostOpinion.objects.create(
        assignment=_answered(world), text="同意", on=TODAY, signed_by="钱"
    )


def _commitment(world: World) -> Commitment:
    told = {"text": "六月底前装好", "organ": world.county.bureau, "person": "钱局长", "due_on": TODAY}
    return Commitment.objects.create(reply=_reply(world), **told)


def _delivery(world: World) -> Delivery:
    return Delivery.objects.create(reply=_reply(world), mandate=world.county.second, way="HAND", on=TODAY)


def _merged(world: World) -> MergeGroup:
    return MergeGroup.objects.create(lead=world.answered, reason="同一件事", since=TODAY)


def _continued(world: World) -> Continuation:
    sides = {"before": world.county.lead, "after": world.county.second}
    return Continuation.objects.create(suggestion=world.answered, reason="DIED", on=TODAY, **sides)


def _feedback(world: World) -> CardFeedback:
    return CardFeedback.objects.create(card=world.card, round=1, report="装好了", on=TODAY, signed_by="钱")


def _proposal(world: World) -> Proposal:
    told = {"kind": "PRESS_HEAD", "fact": "x", "organ": world.county.bureau, "act_by": TODAY, "created_at": clock.now()}
    return Proposal.objects.create(suggestion=world.answered, **told)


def _call(world: World) -> Call:
    told = {"on": TODAY, "outcome": "TOLD", "by": world.county.staff.user, "created_at": clock.now()}
    call = Call.objects.create(organ=world.county.bureau, **told)
    call.items.create(suggestion=world.answered)
    return call


def _telling(world: World) -> Telling:
    told = {"on": TODAY, "by": world.county.liaison.user, "how": "PHONE", "text": "下周来修"}
    return Telling.objects.create(opinion=world.visited.opinions.get(), **told)


def _training(world: World) -> Training:
    told = {
        "title": "培训",
        "on": TODAY,
        "place": "县城",
        "lecturer": "周",
        "content": "法",
        "hours": 2,
        "due": 9,
        "present": 8,
    }
    return Training.objects.create(cycle=world.round.cycle, mode="CENTRAL", **told)


def _step(world: World) -> CycleStep:
    return CycleStep.objects.create(cycle=world.round.cycle, step="TOPICS", starts_on=TODAY, ends_on=TODAY)


def _group(world: World) -> Group:
    leader = world.cast["vice"].user.person
    return Group.objects.create(cycle=world.round.cycle, name="第一组", leader=leader)


def _contact(world: World) -> LeaderContact:
    told = {"station": world.county.station, "person": world.cast["vice"].user.person}
    return LeaderContact.objects.create(cycle=world.round.cycle, **told)


def _reading(world: World) -> MaterialRead:
    return MaterialRead.objects.create(material=world.material, user=world.county.deputy.user, at=clock.now())


def _check(world: World) -> StandardCheck:
    told = {"item": StandardItem.objects.first(), "met": True, "on": TODAY, "by": world.county.liaison.user}
    return StandardCheck.objects.create(station=world.county.station, **told)


def _return(world: World) -> MonthlyReturn:
    told = {"month": date(2026, 2, 1), "figures": {}, "handed_in_at": clock.now(), "by": world.county.liaison.user}
    return MonthlyReturn.objects.create(station=world.county.station, **told)


_PREPARING = IN_DELIBERATION - ORGANS
_OF_NOTICES = COMMITTEE | {"liaison"}
_OF_THE_ORGANS = WITH_POST - {"auditor"}
#: The lead's and the co-signer's deputies read the answers of organs, and the organs one another's.
_WITH_COMMITMENTS = EVERYBODY - COMMITTEE - ORGANS - DEPUTIES - LIAISONS
_WITHOUT_VISITS = EVERYBODY - COMMITTEE - DEPUTIES - LIAISONS

PROGRAMS: dict[str, Program] = {
    "organs": Program(lambda w: w.county.bureau, _OF_THE_ORGANS),
    "townships": Program(lambda w: w.county.station.township, WITH_POST),
    "terms": Program(lambda w: w.county.lead.term, WITH_POST),
    "sessions": Program(lambda w: w.county.lead.term.sessions.get_or_create(number=1)[0], WITH_POST),
    "delegations": Program(lambda w: w.county.lead.term.delegations.get_or_create(name="石桥代表团")[0], WITH_POST),
    "stations": Program(lambda w: w.county.station, WITH_POST),
    "mandates": Program(lambda w: w.county.lead, WITH_POST),
    "districts": Program(lambda w: w.district, WITH_POST),
    "reception-rules": Program(lambda w: w.duty.day.rule, WITH_POST),
    "reception-days": Program(lambda w: w.duty.day, WITH_POST),
    "duties": Program(lambda w: w.duty, WITH_POST),
    "standard-items": Program(lambda _w: StandardItem.objects.first(), WITH_POST),
    "standard-checks": Program(_check, COMMITTEE | {"liaison"}),
    "monthly-returns": Program(_return, COMMITTEE | {"liaison"}, EVERYBODY - COMMITTEE - LIAISONS),
    "subject-fields": Program(lambda _w: SubjectField.objects.first(), WITH_POST),
    "cycles": Program(lambda w: w.round.cycle, IN_DELIBERATION),
    "cycle-stations": Program(lambda w: w.round.cycle.stations.first(), IN_DELIBERATION),
    "cycle-steps": Program(_step, _PREPARING, EVERYBODY - _PREPARING),
    "groups": Program(_group, COMMITTEE, EVERYBODY - COMMITTEE),
    "leader-contacts": Program(_contact, COMMITTEE, EVERYBODY - COMMITTEE),
    "materials": Program(lambda w: w.material, WITH_POST),
    "material-copies": Program(lambda w: w.material.copies.get(), COMMITTEE | {"liaison"}),
    "material-reads": Program(_reading, COMMITTEE, EVERYBODY - COMMITTEE),
    "topics": Program(lambda w: w.topic, IN_DELIBERATION),
    "resolutions": Program(
        lambda w: Resolution.objects.get(pk=w.topic.resolution_id), COMMITTEE, EVERYBODY - COMMITTEE
    ),
    "notices": Program(lambda w: w.receipt.notice, _OF_NOTICES),
    "notice-receipts": Program(lambda w: w.receipt, _OF_NOTICES),
    "publicity": Program(lambda w: w.publicity, _PREPARING, EVERYBODY - _PREPARING),
    "trainings": Program(_training, _PREPARING, EVERYBODY - _PREPARING),
    "training-attendance": Program(
        lambda w: w.training.attendance.get(mandate=w.county.lead),
        COMMITTEE | {"liaison", "deputy"},
        EVERYBODY - _PREPARING,
    ),
    "training-files": Program(lambda w: w.training.papers.get(), _PREPARING, EVERYBODY - _PREPARING),
    "visits": Program(lambda w: w.visited, OF_THE_VISIT, _WITHOUT_VISITS),
    "opinions": Program(lambda w: w.visited.opinions.get(), OF_THE_VISIT),
    "tellings": Program(_telling, OF_THE_VISIT),
    "visit-files": Program(lambda w: w.visited.papers.get(), OF_THE_VISIT),
    "guests": Program(lambda w: w.visited.guests.create(category="ELDER", number=3), OF_THE_VISIT),
    "conveyed-matters": Program(lambda w: w.visited.conveyed.create(kind="BENEFIT", text="医保"), OF_THE_VISIT),
    "meetings": Program(lambda w: w.held, OF_THE_MEETING, _WITHOUT_VISITS - ORGANS - {"township"}),
    "attendance": Program(lambda w: w.held.attendance.first(), OF_THE_MEETING),
    "meeting-opinions": Program(lambda w: w.said, OF_THE_MEETING),
    "promises": Program(lambda w: w.promise, OF_THE_PROMISE, _WITH_COMMITMENTS),
    "township-tasks": Program(
        lambda w: w.task, COMMITTEE | {"liaison"}, EVERYBODY - COMMITTEE - LIAISONS - {"township"}
    ),
    "suggestions": Program(lambda w: w.answered, OF_THE_CASE),
    "co-signatures": Program(lambda w: w.invitation, ASKED),
    "clocks": Program(lambda w: SuggestionClock.objects.filter(suggestion=w.answered).first(), OF_THE_CASE),
    "verdicts": Program(lambda w: Verdict.objects.get(suggestion=w.answered), COMMITTEE),
    "merge-groups": Program(_merged, OF_THE_CASE),
    "continuations": Program(_continued, OF_THE_CASE),
    "result-classes": Program(lambda _w: ResultClass.objects.first(), WITH_POST),
    "hand-overs": Program(lambda w: w.answered.hand_overs.first(), OF_THE_CASE),
    "assignments": Program(_answered, OF_THE_CASE),
    "contacts": Program(lambda w: _answered(w).contacts.first(), OF_THE_CASE),
    "co-host-opinions": Program(_co_host_opinion, OF_THE_CASE),
    "objections": Program(_objection, OF_THE_CASE - DEPUTIES),
    "extensions": Program(_extension, OF_THE_CASE),
    "replies": Program(_reply, OF_THE_CASE),
    "deliveries": Program(_delivery, OF_THE_CASE),
    # not released yet: the committee's, the deputy's, and the deputy's station's
    "evaluations": Program(lambda w: w.evaluation, COMMITTEE | {"liaison", "deputy"}),
    "commitments": Program(_commitment, OF_THE_CASE, _WITH_COMMITMENTS),
    "cards": Program(lambda w: w.card, OF_THE_CASE),
    "card-versions": Program(lambda w: w.card.versions.first(), OF_THE_CASE),
    "card-feedback": Program(_feedback, OF_THE_CASE),
    "proposals": Program(_proposal, COMMITTEE),
    "calls": Program(_call, COMMITTEE),
    "performance-entries": Program(lambda w: w.performed, COMMITTEE | {"liaison", "deputy"}),
    "phones": Program(lambda w: w.phone, STAFF | {"liaison", "deputy"}),
    "rules": Program(
        lambda _w: RuleSet.objects.first() or RuleSet.objects.create(valid_from=TODAY), WITH_POST, EVERYBODY - WITH_POST
    ),
    "calendar": Program(lambda _w: CalendarYear.objects.first(), WITH_POST, EVERYBODY - WITH_POST),
    "notifications": Program(lambda w: w.notification, STAFF),
    "jobs": Program(lambda w: w.job, STAFF),
    "import-batches": Program(lambda w: w.batch, STAFF, EVERYBODY - STAFF),
}
