"""A station that was taken into a cycle by mistake is left out again, as long as nothing of it is in the cycle."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle, CycleStation, Meeting, NoticeReceipt
from deliberations.policies.cycles import can_run_cycle
from deliberations.transitions.machines import CYCLE, Verb
from deliberations.transitions.notices import receipt_fact
from notifications.transitions import notify, void
from stations.recipients import by_station
from workflow.engine import Conflict, lock, permit, record


@transaction.atomic
def leave_out(row: CycleStation, *, actor: Actor, version: int, reason: str) -> Cycle:
    """The station takes no part any more; a notice that it has not confirmed is taken back from it.

    Raises NotAllowed, Stale, and Conflict that names what the station already has in the cycle.
    """
    case = lock(row.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.LEAVE_OUT)
    _refuse_tied(row, ties(case).get(row.station_id, []))
    _take_back(case, row)
    case.leader_contacts.filter(station=row.station).delete()
    row.delete()
    told = {"station": row.station.name}
    record(case, CYCLE, Verb.LEAVE_OUT, actor=actor, reason=reason, changes=told)
    return case


def ties(cycle: Cycle) -> dict[int, list[str]]:
    """By the key of the station, in words, what holds it in the cycle; who is not in it can be left out."""
    confirmed = NoticeReceipt.objects.in_force(cycle).exclude(status=NoticeReceipt.Status.SENT)
    found: dict[int, list[str]] = defaultdict(list)
    for rows, words in (
        (confirmed, _("notice confirmed")),
        (cycle.meetings.exclude(status=Meeting.Status.CANCELLED), _("meeting planned")),
        (cycle.visits.all(), _("visits recorded")),
        (cycle.trainings.exclude(station=None), _("training recorded")),
    ):
        for station in set(rows.values_list("station", flat=True)):
            found[station].append(str(words))
    return dict(found)


def require_untied(row: Any) -> None:
    """Raise Conflict unless the station can be left out; a page of many puts the ``ties`` to each row at once."""
    known = getattr(row, "ties", None)
    _refuse_tied(row, ties(row.cycle).get(row.station_id, []) if known is None else known)


def _refuse_tied(row: CycleStation, words: list[str]) -> None:
    if words:
        sentence = _("%(station)s stays in the cycle: %(facts)s.")
        raise Conflict("has_part", sentence, station=row.station.name, facts="、".join(words))


def _take_back(case: Cycle, row: CycleStation) -> None:
    """Nobody confirms a notice that concerns them no more; whoever runs the station is told."""
    sent = NoticeReceipt.objects.in_force(case).filter(station=row.station)
    facts = [receipt_fact(pk) for pk in sent.values_list("pk", flat=True)]
    if not facts:
        return
    void(facts, "left_out")
    sent.delete()
    notify(
        by_station([row.station_id])[row.station_id],
        fact=f"cycle:{case.pk}:left_out:{row.pk}",
        kind="cycle.left_out",
        params={"number": "", "title": case.title, "station": row.station.name},
        url=reverse("deliberations:cycles"),
    )
