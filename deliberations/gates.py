"""What must be so before a cycle's next step begins, and how far the four steps of preparation are (R22).

Both are computed from what is recorded, whenever they are asked for; nothing here is stored.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle, NoticeReceipt, Topic

C = Cycle.Status


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
    """The state that staff may lead the cycle to; from visiting on, meetings will."""
    return {C.PREPARING: C.MOBILISING, C.MOBILISING: C.VISITING}.get(C(cycle.status))


def facts(cycle: Cycle, now: Standing) -> list[Fact]:
    """What the next step needs, met and missing; empty where no next step is led to by hand."""
    if cycle.status == C.PREPARING:
        return [
            Fact(_("At least one topic is selected by resolution."), now.selected > 0),
            Fact(_("No proposed topic is left undecided."), now.proposed == 0),
            Fact(_("The stations taking part are named."), now.stations > 0),
        ]
    if cycle.status == C.MOBILISING:
        return [Fact(_("Every station taking part has the notice."), now.unnotified == 0 and now.stations > 0)]
    return []
