"""Training of deputies and publicity, one row for each (R27–R35, F17, F18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle, PublicityRecord, Topic, Training
from deliberations.policies.cycles import can_run_cycle
from deliberations.policies.training import can_keep_training
from deliberations.transitions import training_telling
from deliberations.transitions.machines import CYCLE, Verb
from files.models import Attachment
from stations.models import Station
from workflow import clock
from workflow.engine import Invalid, lock, permit, record


@dataclass(frozen=True)
class TrainingFacts:
    """What is told of a training; ``due`` and ``present`` count deputies, without a station it was central."""

    title: str
    on: date
    place: str
    lecturer: str
    content: str
    hours: Decimal
    due: int
    present: int
    station: Station | None = None


@transaction.atomic
def record_training(cycle: Cycle, facts: TrainingFacts, *, actor: Actor, version: int) -> Training:
    """Record a training that took place.

    Raises NotAllowed, Conflict, Stale, and Invalid for a day to come, a station that takes no part, or more
    deputies present than expected.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.RECORD_TRAINING)
    _check_training(case, facts)
    training = Training.objects.create(cycle=case, mode=_mode(facts), **vars(facts))
    told = {"training": facts.title, "on": facts.on, "present": facts.present, "due": facts.due}
    told |= {"station": facts.station.name} if facts.station else {}
    record(case, CYCLE, Verb.RECORD_TRAINING, actor=actor, changes=told)
    return training


@transaction.atomic
def correct_training(training: Training, facts: TrainingFacts, *, actor: Actor, version: int) -> Training:
    """Put right what is planned or was recorded of a training; of one with a sign-in sheet the figures follow the sheet.

    Raises as ``record_training``, and Invalid when nothing changes; a planned one may lie ahead until somebody is
    found there. Whoever is invited is told of another day or place.
    """
    case = lock(training.cycle, version=version)
    permit(can_keep_training(actor, training))
    CYCLE.require(case, Verb.CORRECT_TRAINING)
    has_sheet = training.attendance.exists()
    if has_sheet:
        facts = replace(facts, due=training.due, present=training.present, station=training.station)
    _check_training(case, facts, ahead=has_sheet and not training.attendance.filter(state="PRESENT").exists())
    moved = (training.on, training.place) != (facts.on, facts.place) and facts.on >= clock.today()
    changes = _apply(training, {**vars(facts), "mode": _mode(facts)}, "title")
    training.save()
    told = {"training": facts.title, **{name: pair for name, pair in changes.items() if name != "mode"}}
    record(case, CYCLE, Verb.CORRECT_TRAINING, actor=actor, changes=told)
    if has_sheet and moved:
        training_telling.tell(training, "changed", training_telling.invited(training), case=case)
    return training


@transaction.atomic
def record_publicity(
    cycle: Cycle,
    *,
    actor: Actor,
    version: int,
    channel: str,
    title: str,
    on: date,
    topics: Iterable[Topic] = (),
    link: str = "",
    picture: Attachment | None = None,
    reach: int | None = None,
) -> PublicityRecord:
    """Record that topics were made known to the public. Raises NotAllowed, Conflict, Stale, and Invalid for a day to come."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.RECORD_PUBLICITY)
    _refuse_future(on)
    row = PublicityRecord.objects.create(
        cycle=case, channel=channel, title=title, on=on, link=link, picture=picture, reach=reach
    )
    row.topics.set(topics)
    told = {"channel": channel, "title": title, "on": on}
    record(case, CYCLE, Verb.RECORD_PUBLICITY, actor=actor, changes=told)
    return row


@transaction.atomic
def correct_publicity(
    row: PublicityRecord, *, actor: Actor, version: int, topics: Iterable[Topic] = (), **facts: Any
) -> PublicityRecord:
    """Put right what was recorded of a publication; without a ``picture`` the former stays.

    Raises as ``record_publicity``, and Invalid when nothing changes.
    """
    case = lock(row.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.CORRECT_PUBLICITY)
    _refuse_future(facts["on"])
    before, after = list(row.topics.order_by("pk")), sorted(topics, key=lambda topic: topic.pk)
    told = {name: value for name, value in facts.items() if name != "picture" or value is not None}
    changes = {} if before == after else {"topics": [_plain(before), _plain(after)]}
    changes |= _apply(row, told, "title", may_be_nothing=bool(changes))
    row.save()
    row.topics.set(after)
    record(case, CYCLE, Verb.CORRECT_PUBLICITY, actor=actor, changes={"publicity": row.title, **changes})
    return row


def _check_training(cycle: Cycle, facts: TrainingFacts, *, ahead: bool = False) -> None:
    if not ahead:
        _refuse_future(facts.on)
    if facts.present > facts.due:
        raise Invalid("present", "more_than_due", _("More deputies cannot have been present than were expected."))
    if facts.station and not cycle.stations.filter(station=facts.station).exists():
        raise Invalid("station", "not_taking_part", _("This station takes no part in the cycle."))


def _mode(facts: TrainingFacts) -> str:
    return Training.Mode.STATION if facts.station else Training.Mode.CENTRAL


def _apply(row: Any, told: Mapping[str, Any], field: str, *, may_be_nothing: bool = False) -> dict[str, list[str]]:
    """Put the new values to the row; what each was and is. Raises Invalid where nothing changes."""
    new = {name: value for name, value in told.items() if getattr(row, name) != value}
    if not new and not may_be_nothing:
        raise Invalid(field, "nothing_changed", _("Nothing is changed."))
    changes = {name: [_plain(getattr(row, name)), _plain(value)] for name, value in new.items()}
    for name, value in new.items():
        setattr(row, name, value)
    return changes


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "—"
    return "—" if value in (None, "") else str(value)


def _refuse_future(on: date) -> None:
    if on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
