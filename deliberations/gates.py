"""What must be so before a cycle's next step begins, and how far the four steps of preparation are (R22).

Both are computed from what is recorded, whenever they are asked for; nothing here is stored.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle, Meeting, NoticeReceipt, Promise, Topic, TownshipTask

C, M = Cycle.Status, Meeting.Status

#: To which state staff lead a cycle from which.
STEPS = {
    C.PREPARING: C.MOBILISING,
    C.MOBILISING: C.VISITING,
    C.VISITING: C.DELIBERATING,
    C.DELIBERATING: C.HANDLING,
    C.HANDLING: C.CONCLUDED,
}
_HELD = (M.OPEN, M.CLOSED)
_RUNNING = (M.PLANNED, M.OPEN)


@dataclass(frozen=True)
class Fact:
    """A sentence about a cycle that is so or is not yet so."""

    sentence: Any
    is_met: bool


@dataclass(frozen=True)
class Standing:
    """How far a cycle's preparation is, in numbers."""

    proposed: int
    selected: int
    stations: int
    #: Stations without a notice in force.
    unnotified: int
    #: Stations that have one and did not confirm it.
    unconfirmed: int
    trainings: int
    publicity: int


def standing(cycle: Cycle) -> Standing:
    """The numbers of today, in five queries."""
    topics = list(cycle.topics.values_list("status", flat=True))
    stations = set(cycle.stations.values_list("station", flat=True))
    receipts = dict(NoticeReceipt.objects.in_force(cycle).values_list("station", "status"))
    return Standing(
        proposed=topics.count(Topic.Status.POOL),
        selected=topics.count(Topic.Status.SELECTED),
        stations=len(stations),
        unnotified=len(stations - receipts.keys()),
        unconfirmed=list(receipts.values()).count(NoticeReceipt.Status.SENT),
        trainings=cycle.trainings.count(),
        publicity=cycle.publicity.count(),
    )


def next_step(cycle: Cycle) -> str | None:
    """The state that staff may lead the cycle to; none after the last."""
    return STEPS.get(C(cycle.status))


def facts(cycle: Cycle, now: Standing) -> list[Fact]:
    """What the next step needs, met and missing; empty for a cycle that is concluded."""
    if cycle.status == C.PREPARING:
        return [
            Fact(_("At least one topic is selected by resolution."), now.selected > 0),
            Fact(_("No proposed topic is left undecided."), now.proposed == 0),
            Fact(_("The stations taking part are named."), now.stations > 0),
        ]
    if cycle.status == C.MOBILISING:
        return [Fact(_("Every station taking part has the notice."), now.unnotified == 0 and now.stations > 0)]
    if cycle.status == C.VISITING:
        return [Fact(_("The first meeting was opened."), cycle.meetings.filter(status__in=_HELD).exists())]
    if cycle.status == C.DELIBERATING:
        return [Fact(_("Every station's meeting is closed, or cancelled with its reason."), not unfinished(cycle))]
    return _concluding(cycle) if cycle.status == C.HANDLING else []


def unfinished(cycle: Cycle) -> set[int]:
    """Stations of the cycle without a meeting, or whose meeting is still planned or being recorded."""
    stations = set(cycle.stations.values_list("station", flat=True))
    meetings = list(cycle.meetings.values_list("station", "status"))
    running = {station for station, status in meetings if status in _RUNNING and station is not None}
    return stations - {station for station, _status in meetings} | running


def _concluding(cycle: Cycle) -> list[Fact]:
    """Promises and tasks are settled, the review is written, and what the apps above ask is so."""
    promises = Promise.objects.open().filter(meeting_opinion__meeting__cycle=cycle)
    tasks = TownshipTask.objects.undone().filter(meeting_opinion__meeting__cycle=cycle)
    higher = [fact for name in settings.CYCLE_FACTS for fact in import_string(name)(cycle)]
    return [
        Fact(_("No promise made on the spot is open."), not promises.exists()),
        Fact(_("The townships have settled what was given to them."), not tasks.exists()),
        *higher,
        Fact(_("The review of the cycle is written."), bool(cycle.review)),
    ]
