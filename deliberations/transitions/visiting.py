"""Visits are recorded for a deputy, completed and confirmed; the deputy's own note is next door (``noting``)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Opinion, Topic, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import board
from deliberations.transitions.visit_facts import (
    OpinionFacts,
    VisitFacts,
    VoterFacts,
    check_kind,
    check_opinion,
    check_visit,
    check_words,
    cycle_of,
    save_voter,
)
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visit_opening import deputies_told, opened, sent_before
from deliberations.transitions.visit_parts import Parts, check_parts, save_parts
from deliberations.transitions.visit_telling import tell, visitors
from stations.models import Mandate, Station
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, birth, lock, permit, record

_NOTHING_MORE = Parts()


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    client_id: UUID,
    how: str,
    deputies: Sequence[Mandate],
    visit: VisitFacts,
    topics: Sequence[Topic],
    words: str,
    opinion: OpinionFacts,
    voter: VoterFacts,
    parts: Parts = _NOTHING_MORE,
) -> Visit:
    """Write down for a deputy what came on paper or by telephone; the first deputy is its author (scenario 34).

    Raises NotAllowed, and Invalid for facts that cannot be, or a deputy of a station that is not the actor's own.
    """
    permit(policies.can_record_at_all(actor))
    station = station_of(actor, deputies)
    check_visit(visit, topics, deputies, station)
    check_opinion(opinion, topics)
    parts = replace(parts, further=deputies[1:])
    row = Visit(client_id=client_id, station=station, status=Visit.Status.RECORDED, **visit.columns())
    row.cycle_id = cycle_of(topics)
    if not opened(row, actor, deputies):
        return sent_before(client_id, actor, check_words(words))
    row.topics.set(topics)
    save_parts(row, parts)
    said = _write(Opinion(visit=row), check_words(words), opinion, voter)
    task = board.place(row, said)
    changes = {**deputies_told(deputies), "route": opinion.route}
    birth(row, VisitVerb.RECORD, actor=actor.recording(deputies[0].person, how), changes=changes)
    tell(row, "visit.to_confirm", visitors(row))
    board.tell_placed(row, task)
    return row


@transaction.atomic
def complete_visit(
    case: Visit,
    *,
    actor: Actor,
    version: int,
    visit: VisitFacts,
    topics: Sequence[Topic],
    opinion: OpinionFacts,
    voter: VoterFacts,
    words: str = "",
    parts: Parts | None = None,
) -> Visit:
    """Add to what a deputy noted all that the record needs; the deputy's words stay as they are.

    ``words`` are typed only where the deputy sent a photo or a recording alone. Raises NotAllowed, Conflict, Stale,
    Invalid.
    """
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.COMPLETE)
    deputies = deputies_of(case)
    check_kind(case, visit)
    check_visit(visit, topics, deputies if parts is None else deputies[:1], case.station)
    check_opinion(opinion, topics)
    row = case.opinions.select_related("voter").get()
    typed = check_words(words) if row.to_be_typed else row.words
    more = _with_parts(case, parts, visit.on, deputies)
    row.to_be_typed = False
    task = board.place(case, _write(row, typed, opinion, voter))
    case.topics.set(topics)
    fields = {**visit.columns(), "cycle_id": cycle_of(topics)}
    changes = {"route": opinion.route, **more}
    record(case, VISIT, VisitVerb.COMPLETE, actor=actor, changes=changes, fields=fields)
    tell(case, "visit.to_confirm", visitors(case))
    board.tell_placed(case, task)
    return case


@transaction.atomic
def add_opinion(
    case: Visit, *, actor: Actor, version: int, words: str, opinion: OpinionFacts, voter: VoterFacts
) -> Opinion:
    """A further matter, or a further voter, of the same visit. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.ADD_OPINION)
    check_opinion(opinion, list(case.topics.all()))
    row = _write(Opinion(visit=case), check_words(words), opinion, voter)
    task = board.place(case, row)
    fields = {"confirmed_at": None}
    changes = {"route": opinion.route}
    record(case, VISIT, VisitVerb.ADD_OPINION, actor=actor, part=part_of(row), changes=changes, fields=fields)
    tell(case, "visit.to_confirm", visitors(case))
    board.tell_placed(case, task)
    return row


@transaction.atomic
def confirm(case: Visit, *, actor: Actor, version: int, how: str = How.IN_SYSTEM) -> Visit:
    """A deputy who took part says that it is what was meant; what came on paper or by telephone says so in ``how``.

    Raises NotAllowed, Stale, and Conflict when it is confirmed already.
    """
    case = lock(case, version=version)
    permit(policies.can_confirm(actor, case))
    VISIT.require(case, VisitVerb.CONFIRM)
    require_unconfirmed(case)
    behalf = actor
    if not policies.took_part(actor, case):
        if how not in (How.PAPER, How.TELEPHONE):
            raise Invalid("how", "how_missing", _("Say how the deputy confirmed it."))
        first = case.visitors.select_related("mandate__person").first()
        behalf = actor.recording(first.mandate.person if first else None, how)
    record(case, VISIT, VisitVerb.CONFIRM, actor=behalf, fields={"confirmed_at": clock.now()})
    return case


def require_unconfirmed(case: Visit) -> None:
    """Raise Conflict for a visit that its deputy has confirmed, or that no deputy wrote or had written."""
    if case.is_message:
        raise Conflict("of_a_voter", _("The voter wrote this; no deputy has to confirm it."))
    if case.confirmed_at is not None:
        raise Conflict("confirmed", _("This is confirmed already."))


def deputies_of(case: Visit) -> list[Mandate]:
    """Who went, the one who noted it first."""
    rows = case.visitors.select_related("mandate__person", "mandate__term")
    return [row.mandate for row in rows]


def part_of(opinion: Opinion) -> Moved:
    """How the event names the opinion it is about."""
    return Moved("opinion", opinion.uuid, "", "")


def station_of(actor: Actor, deputies: Sequence[Mandate]) -> Station:
    """The one station of all of them; raises Invalid."""
    if not deputies:
        raise Invalid("deputies", "deputies_missing", _("Name the deputy who went."))
    for mandate in deputies:
        if mandate.station_id is None or mandate.station_id != deputies[0].station_id:
            sentence = _("%(name)s does not belong to the station of the others.")
            raise Invalid("deputies", "other_station", sentence, name=mandate.person.name)
    if len({mandate.pk for mandate in deputies}) != len(deputies):
        raise Invalid("deputies", "twice", _("Someone is named twice."))
    if not policies.can_record_for(actor, deputies[0]):
        sentence = _("%(name)s belongs to another station.")
        raise Invalid("deputies", "not_own_station", sentence, name=deputies[0].person.name)
    return deputies[0].station  # type: ignore[return-value]


def _with_parts(case: Visit, parts: Parts | None, on: date, deputies: Sequence[Mandate]) -> dict[str, Any]:
    """What the liaison added beside the columns, checked and written; without it everything stays."""
    if parts is None:
        return {}
    check_parts(parts, case, on, deputies[:1])
    return save_parts(case, parts)


def _write(row: Opinion, words: str, facts: OpinionFacts, voter: VoterFacts) -> Opinion:
    row.words = words
    for name, value in facts.columns().items():
        setattr(row, name, value)
    save_voter(row, voter)
    row.save()
    return row
