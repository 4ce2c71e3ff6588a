"""Training of deputies and publicity, one row for each (R27–R35, F17, F18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle, PublicityRecord, Topic, Training
from deliberations.policies.cycles import can_run_cycle
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
    _refuse_future(facts.on)
    if facts.present > facts.due:
        raise Invalid("present", "more_than_due", _("More deputies cannot have been present than were expected."))
    if facts.station and not case.stations.filter(station=facts.station).exists():
        raise Invalid("station", "not_taking_part", _("This station takes no part in the cycle."))
    mode = Training.Mode.STATION if facts.station else Training.Mode.CENTRAL
    training = Training.objects.create(cycle=case, mode=mode, **vars(facts))
    told = {"training": facts.title, "on": facts.on, "present": facts.present, "due": facts.due}
    told |= {"station": facts.station.name} if facts.station else {}
    record(case, CYCLE, Verb.RECORD_TRAINING, actor=actor, changes=told)
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


def _refuse_future(on: date) -> None:
    if on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
