"""A cycle from its plan to its review: its days, its stations, its steps."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.gates import facts, next_step, standing
from deliberations.models import Cycle, CycleStation, NoticeReceipt
from deliberations.policies.cycles import can_run_cycle
from deliberations.transitions.machines import CYCLE, Verb
from stations.models import Station
from workflow import clock
from workflow.engine import Conflict, Invalid, birth, lock, permit, record
from workflow.taken import unless_taken


@transaction.atomic
def plan_cycle(
    *,
    actor: Actor,
    title: str,
    first_meeting_on: date,
    stations: Iterable[Station],
    policy_basis: str = "",
    purpose: str = "",
    requirements: str = "",
    copied_from: Cycle | None = None,
    left_out: Sequence[str] = (),
) -> Cycle:
    """A new cycle of the year of its first meeting, with the stations that take part.

    What a copy left out of the cycle ``copied_from`` stands in the record. Raises NotAllowed, and Invalid when the year has a cycle of that title or the day is over.
    """
    permit(can_run_cycle(actor))
    _refuse_past(first_meeting_on)
    _refuse_same_title(title, first_meeting_on.year)
    with unless_taken(_title_taken()):
        cycle = Cycle.objects.create(
            title=title, year=first_meeting_on.year, first_meeting_on=first_meeting_on, policy_basis=policy_basis,
            purpose=purpose, requirements=requirements, copied_from=copied_from, created_at=clock.now(),
        )  # fmt: skip
    codes = _take_in(cycle, stations)
    told: dict[str, Any] = {"first_meeting_on": first_meeting_on, "stations": codes}
    told |= {"copied_from": copied_from.title} if copied_from else {}
    told |= {"left_out": list(left_out)} if left_out else {}
    birth(cycle, Verb.PLAN, actor=actor, changes=told)
    return cycle


@transaction.atomic
def update(
    cycle: Cycle, *, actor: Actor, version: int, title: str, first_meeting_on: date, policy_basis: str = ""
) -> Cycle:
    """Change the plan; notices in force count their days to the new day.

    Raises NotAllowed, Conflict, Stale, and Invalid as ``plan_cycle``; or when a station meets earlier.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.UPDATE)
    if first_meeting_on != case.first_meeting_on:
        _refuse_past(first_meeting_on)
    if case.stations.filter(planned_on__lt=first_meeting_on).exists():
        raise Invalid("first_meeting_on", "not_first", _("A station's meeting is planned for an earlier day."))
    _refuse_same_title(title, first_meeting_on.year, case)
    new = {"title": title, "first_meeting_on": first_meeting_on, "policy_basis": policy_basis}
    told = {name: [str(getattr(case, name)), str(value)] for name, value in new.items() if getattr(case, name) != value}
    with unless_taken(_title_taken()):
        record(case, CYCLE, Verb.UPDATE, actor=actor, changes=told, fields={**new, "year": first_meeting_on.year})
    with_the_first = case.stations.filter(planned_on=None)
    NoticeReceipt.objects.in_force(case).filter(station__in=with_the_first.values("station")).update(
        meeting_on=first_meeting_on
    )
    return case


@transaction.atomic
def take_in(cycle: Cycle, *, actor: Actor, version: int, stations: Collection[Station]) -> Cycle:
    """Let further stations take part. Raises NotAllowed, Conflict, Stale, and Invalid when all of them do already."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.TAKE_IN)
    codes = _take_in(case, stations)
    if not codes:
        raise Invalid("stations", "none_new", _("These stations take part already."))
    record(case, CYCLE, Verb.TAKE_IN, actor=actor, changes={"stations": codes})
    return case


@transaction.atomic
def plan_meeting(row: CycleStation, *, actor: Actor, version: int, planned_on: date) -> CycleStation:
    """Set the day of a station's deliberation meeting, not before the cycle's first.

    Raises NotAllowed, Conflict, Stale, and Invalid for an earlier day.
    """
    case = lock(row.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.PLAN_MEETING)
    if planned_on < case.first_meeting_on:
        raise Invalid("planned_on", "before_first", _("The cycle's first meeting is planned for a later day."))
    row.planned_on = planned_on
    row.save(update_fields=["planned_on"])
    NoticeReceipt.objects.in_force(case).filter(station=row.station).update(meeting_on=planned_on)
    told = {"station": row.station.name, "planned_on": planned_on}
    record(case, CYCLE, Verb.PLAN_MEETING, actor=actor, changes=told)
    return row


@transaction.atomic
def move_on(cycle: Cycle, *, actor: Actor, version: int) -> Cycle:
    """Begin the cycle's next step. Raises NotAllowed, Stale, and Conflict that names every fact still missing."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.MOVE_ON)
    require_gate(case)
    record(case, CYCLE, Verb.MOVE_ON, actor=actor, to=next_step(case))
    return case


@transaction.atomic
def write_review(cycle: Cycle, *, actor: Actor, version: int, text: str) -> Cycle:
    """What the cycle came to (R19, R62); written again, it takes the place of the former, which the record keeps.

    Raises NotAllowed, Conflict, Stale, and Invalid without words.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.WRITE_REVIEW)
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what the cycle came to."))
    fields = {"review": text.strip()}
    record(case, CYCLE, Verb.WRITE_REVIEW, actor=actor, reason=text.strip(), fields=fields)
    return case


def require_gate(cycle: Cycle) -> None:
    """Raise Conflict that names every fact still missing for the next step."""
    missing = [str(fact.sentence) for fact in facts(cycle, standing(cycle)) if not fact.is_met]
    if missing:
        raise Conflict("gate_closed", _("Still missing: %(facts)s"), facts=" ".join(missing))


def _take_in(cycle: Cycle, stations: Iterable[Station]) -> list[str]:
    """Codes of the stations that are new."""
    there = set(cycle.stations.values_list("station", flat=True))
    new = [station for station in stations if station.pk not in there]
    CycleStation.objects.bulk_create(CycleStation(cycle=cycle, station=station) for station in new)
    return [station.code for station in new]


def _refuse_past(first_meeting_on: date) -> None:
    if first_meeting_on < clock.today():
        raise Invalid("first_meeting_on", "past", _("This day is over."))


def _refuse_same_title(title: str, year: int, cycle: Cycle | None = None) -> None:
    other = Cycle.objects.filter(title=title, year=year).first()
    if other and other != cycle:
        raise _title_taken()


def _title_taken() -> Invalid:
    return Invalid("title", "title_taken", _("This year already has a cycle of that title."))
