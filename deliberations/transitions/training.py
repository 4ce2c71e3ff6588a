"""A training of deputies: planned, invited to, answered, signed in to, noted (R27–R31, F12, F17)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Attendance, Cycle, Training
from deliberations.policies import training as policies
from deliberations.transitions import training_telling
from deliberations.transitions.training_machine import TRAINING, TrainingVerb
from stations.models import Level, Mandate, Station, qr_token
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

S, W = Attendance.State, Attendance.Way
#: A deputy of several congresses is invited once, as what is named first.
_FIRST = (Level.COUNTY, Level.TOWNSHIP, Level.CITY, Level.PROVINCE, Level.NATION)


@dataclass(frozen=True)
class TrainingPlan:
    """What is planned, or was held without being planned here; without a station it is central."""

    title: str
    on: date
    place: str
    lecturer: str
    content: str
    hours: Decimal
    station: Station | None = None


@dataclass(frozen=True)
class Tick:
    """A line of the sheet as it was found: there, or else on leave with the reason, or else absent."""

    there: bool
    reason: str = ""


@transaction.atomic
def plan_training(
    cycle: Cycle, facts: TrainingPlan, *, actor: Actor, version: int, invited: Collection[Mandate] | None = None
) -> Training:
    """Plan a training and invite its deputies: those named, else everybody active of its stations.

    Raises NotAllowed, Conflict, Stale, and Invalid for a station that takes no part, a deputy of no station of it, or
    nobody to invite.
    """
    case = lock(cycle, version=version)
    permit(policies.can_hold_training(actor, facts.station.pk if facts.station else None))
    TRAINING.require(case, TrainingVerb.PLAN)
    if facts.station and not case.stations.filter(station=facts.station).exists():
        raise Invalid("station", "not_taking_part", _("This station takes no part in the cycle."))
    mode = Training.Mode.STATION if facts.station else Training.Mode.CENTRAL
    training = Training(cycle=case, mode=mode, due=0, present=0, sign_in_token=qr_token(), **vars(facts))
    deputies = _invitable(training, invited)
    training.due = len(deputies)
    training.save()
    Attendance.objects.bulk_create(_line(training, mandate) for mandate in deputies)
    told = {"training": facts.title, "on": facts.on, "due": len(deputies)}
    told |= {"station": facts.station.name} if facts.station else {}
    record(case, TRAINING, TrainingVerb.PLAN, actor=actor, changes=told)
    if training.on >= clock.today():
        training_telling.tell(training, "invited", deputies, case=case)
    return training


@transaction.atomic
def invite(training: Training, deputies: Collection[Mandate], *, actor: Actor, version: int) -> Training:
    """Who is invited from now on; who was found there stays, and only the new ones are told.

    Raises NotAllowed, Conflict, Stale, and Invalid for nobody, a deputy of another station, or no difference.
    """
    case = _locked(training, TrainingVerb.INVITE, actor, version)
    _require_sheet(training)
    wanted = {mandate.pk: mandate for mandate in _invitable(training, deputies)}
    rows = {row.mandate_id: row for row in training.attendance.all()}
    found_there = {key for key, row in rows.items() if row.state in Attendance.FOUND}
    gone = [row.pk for key, row in rows.items() if key not in wanted and key not in found_there]
    new = [mandate for key, mandate in wanted.items() if key not in rows]
    if not gone and not new:
        raise Invalid("deputies", "nothing_changed", _("Nothing was changed."))
    training.attendance.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(_line(training, mandate) for mandate in new)
    before = training.due
    _recount(training)
    record(case, TRAINING, TrainingVerb.INVITE, actor=actor, changes=_told(training, due=[before, training.due]))
    if new and training.on >= clock.today():
        training_telling.tell(training, "invited", new, case=case)
    return training


@transaction.atomic
def answer(row: Attendance, *, actor: Actor, going: bool, reason: str = "") -> Attendance:
    """The deputy says whether they come, or somebody for them; it may be said otherwise until they are found there.

    Raises NotAllowed, Conflict when the day is over or they signed in, and Invalid for leave without a reason.
    """
    training, case, row = _locked_line(row)
    permit(policies.can_answer(actor, row))
    TRAINING.require(case, TrainingVerb.ANSWER)
    require_answerable(row)
    if not going and not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why you cannot come."))
    _put(row, S.GOING if going else S.LEAVE, reason="" if going else reason.strip())
    told = _told(training, deputy=row.name, attendance=str(row.state))
    record(case, TRAINING, TrainingVerb.ANSWER, actor=_speaking(actor, row), changes=told)
    return row


def require_answerable(row: Attendance) -> None:
    """Raise Conflict once the day is over, or the deputy was found there."""
    assert row.training is not None
    if clock.today() > row.training.on:
        raise Conflict("over", _("The training was on %(day)s; it is over."), day=row.training.on)
    if row.state == S.PRESENT:
        raise Conflict("signed_in", _("%(name)s has signed in already."), name=row.name)


@transaction.atomic
def sign_in(row: Attendance, *, actor: Actor, token: str) -> Attendance:
    """The deputy, who scanned the code on the wall, is there; twice is once.

    Raises NotAllowed for anybody else, and Conflict before the day, after it, or with a code that was renewed.
    """
    training, case, row = _locked_line(row)
    permit(policies.is_own(actor, row))
    TRAINING.require(case, TrainingVerb.SIGN_IN)
    if not token or token != training.sign_in_token:
        raise Conflict("renewed", _("This code is no longer good. Please scan the one that hangs there now."))
    require_today(training)
    if row.state == S.PRESENT:
        return row
    _put(row, S.PRESENT, way=W.QR)
    _recount(training)
    record(case, TRAINING, TrainingVerb.SIGN_IN, actor=actor, changes=_told(training, deputy=row.name))
    return row


def require_today(training: Training) -> None:
    """Raise Conflict on any day but that of the training."""
    if clock.today() < training.on:
        raise Conflict("too_early", _("The training is on %(day)s; you can sign in on that day."), day=training.on)
    if clock.today() > training.on:
        raise Conflict("over", _("The training was on %(day)s; it is over."), day=training.on)


@transaction.atomic
def note_sheet(
    training: Training, ticks: Mapping[int, Tick], *, actor: Actor, version: int, way: str = W.LIST
) -> Training:
    """The sheet as it was found, by the key of each line; who signed in by code and is ticked stays so.

    Raises NotAllowed, Conflict before the day, Stale, and Invalid for somebody ticked and on leave at once.
    """
    case = _locked(training, TrainingVerb.NOTE, actor, version)
    _require_sheet(training)
    require_begun(training)
    for row in training.attendance.select_related("mandate"):
        tick = ticks.get(row.pk, Tick(False))
        if tick.there and tick.reason.strip():
            sentence = _("%(name)s is ticked as present and has a reason for leave; only one can be.")
            raise Invalid(f"reason_{row.pk}", "both", sentence, name=row.name)
        _note(row, tick, way)
    _recount(training)
    rows = list(training.attendance.values_list("state", flat=True))
    told = {state.lower(): rows.count(state) for state in Attendance.FOUND}
    record(case, TRAINING, TrainingVerb.NOTE, actor=actor, changes=_told(training, way=way, **told))
    return training


def require_begun(training: Training) -> None:
    """Raise Conflict before the day."""
    if clock.today() < training.on:
        sentence = _("The training is on %(day)s; who came is noted from that day on.")
        raise Conflict("too_early", sentence, day=training.on)


@transaction.atomic
def renew_code(training: Training, *, actor: Actor, version: int) -> Training:
    """Another code for the wall; the former one signs nobody in. Raises NotAllowed, Conflict, Stale."""
    case = _locked(training, TrainingVerb.RENEW_CODE, actor, version)
    _require_sheet(training)
    training.sign_in_token = qr_token()
    training.save(update_fields=["sign_in_token"])
    record(case, TRAINING, TrainingVerb.RENEW_CODE, actor=actor, changes=_told(training))
    return training


@transaction.atomic
def cancel_training(training: Training, *, actor: Actor, version: int, reason: str) -> Cycle:
    """It will not be held: it leaves the list, the record keeps it, and whoever was invited is told.

    Raises NotAllowed, Stale, Invalid without a reason, and Conflict once somebody was found there or a paper is kept.
    """
    case = _locked(training, TrainingVerb.CANCEL, actor, version)
    require_untouched(training)
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why."))
    told, deputies = _told(training, on=training.on), training_telling.invited(training)
    record(case, TRAINING, TrainingVerb.CANCEL, actor=actor, reason=reason.strip(), changes=told)
    if training.on >= clock.today():
        training_telling.tell(training, "cancelled", deputies, case=case, url=reverse("deliberations:trainings"))
    training.attendance.all().delete()
    training.delete()
    return case


def require_untouched(training: Training) -> None:
    """Raise Conflict unless nothing but the invitation is there."""
    held = training.attendance.filter(state__in=[S.PRESENT, S.ABSENT]).exists() or training.papers.exists()
    if held or training.news or not training.attendance.exists():
        raise Conflict("held", _("This training was held; it stays in the record and can be corrected."))


def _locked(training: Training, verb: TrainingVerb, actor: Actor, version: int) -> Cycle:
    """The cycle, locked; the training as it is now."""
    case = lock(training.cycle, version=version)
    training.refresh_from_db()
    permit(policies.can_keep_training(actor, training))
    TRAINING.require(case, verb)
    return case


def _locked_line(row: Attendance) -> tuple[Training, Cycle, Attendance]:
    """Training, its locked cycle, and the line as it is now; who answers at once comes one after the other."""
    assert row.training is not None
    case = lock(row.training.cycle)
    fresh = Attendance.objects.select_related("training", "mandate").get(pk=row.pk)
    assert fresh.training is not None
    return fresh.training, case, fresh


def _require_sheet(training: Training) -> None:
    if not training.attendance.exists():
        raise Conflict("no_sheet", _("Only its figures were recorded for this training; there is no sign-in sheet."))


def candidates(training: Training) -> Any:
    """The deputies who can be invited: active on the day, of its station or of the stations of the cycle."""
    stations = [training.station_id] if training.station_id else training.cycle.stations.values("station")
    active = Mandate.objects.active(training.on).filter(station__in=stations)
    return active.select_related("person", "station", "term").order_by("station__code", "certificate_no")


def _invitable(training: Training, deputies: Collection[Mandate] | None) -> list[Mandate]:
    """The deputies named, or all; each person once."""
    offered = list(candidates(training))
    chosen = offered if deputies is None else list(deputies)
    known = {mandate.pk for mandate in offered}
    for mandate in chosen:
        already = training.pk and training.attendance.filter(mandate=mandate).exists()
        if mandate.pk not in known and not already:
            sentence = _("%(name)s cannot be invited: not active on that day, or of another station.")
            raise Invalid("deputies", "not_of_it", sentence, name=mandate.person.name)
    if not chosen:
        raise Invalid("deputies", "nobody", _("Nobody is invited."))
    once: dict[int, Mandate] = {}
    for mandate in sorted(chosen, key=lambda mandate: _FIRST.index(Level(mandate.level))):
        once.setdefault(mandate.person_id, mandate)
    kept = set(once.values())
    return [mandate for mandate in chosen if mandate in kept]


def _line(training: Training, mandate: Mandate) -> Attendance:
    return Attendance(
        training=training, part=Attendance.Part.DEPUTY, mandate=mandate, name=mandate.person.name,
        post=mandate.employer_post, state=S.EXPECTED,
    )  # fmt: skip


def _note(row: Attendance, tick: Tick, way: str) -> None:
    if tick.there:
        if row.state != S.PRESENT:
            _put(row, S.PRESENT, way=way)
    elif tick.reason.strip():
        _put(row, S.LEAVE, reason=tick.reason.strip())
    else:
        _put(row, S.ABSENT)


def _put(row: Attendance, state: str, *, reason: str = "", way: str = "") -> None:
    row.state, row.leave_reason, row.way = state, reason, way
    row.signed_at = clock.now() if state == S.PRESENT else None
    row.save(update_fields=["state", "leave_reason", "way", "signed_at"])


def _recount(training: Training) -> None:
    """Due and present of the row follow its sheet."""
    states = list(training.attendance.values_list("state", flat=True))
    training.due, training.present = len(states), states.count(S.PRESENT)
    training.save(update_fields=["due", "present"])


def _speaking(actor: Actor, row: Attendance) -> Actor:
    """The deputy themselves, or somebody who writes down what the deputy said."""
    if policies.is_own(actor, row):
        return actor
    return actor.recording(row.mandate.person if row.mandate else None, How.TELEPHONE)


def _told(training: Training, **more: Any) -> dict[str, Any]:
    return {"training": training.title, **more}
