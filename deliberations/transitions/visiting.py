"""Visits are noted, recorded for a deputy, completed, confirmed and corrected."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Opinion, Topic, Visit, VisitDeputy
from deliberations.policies import visits as policies
from deliberations.transitions.visit_facts import (
    OpinionFacts,
    VisitFacts,
    VoterFacts,
    check_opinion,
    check_visit,
    check_words,
    cycle_of,
    save_voter,
)
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visit_telling import keepers, tell, visitors
from stations.models import Mandate, Station
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, NotAllowed, birth, lock, permit, record
from workflow.sealing import Broken


@transaction.atomic
def log_visit(*, actor: Actor, client_id: UUID, mandate: Mandate, words: str, who: str, tell_wish: bool) -> Visit:
    """A deputy notes what was said, by whom (may stay empty), whether an answer is wanted; the liaison completes it.

    The same ``client_id`` twice is one visit. Raises NotAllowed for a mandate that is not one's own or not active,
    Invalid without words, Conflict when the id came with something else before.
    """
    permit(policies.can_log(actor))
    if not policies.own_mandates(actor).filter(pk=mandate.pk).exists():
        raise NotAllowed
    visit = Visit(client_id=client_id, station=mandate.station, on=clock.today())
    if not _opened(visit, actor, [mandate]):
        before = _sent_before(client_id, actor, check_words(words))
        if not _is_the_same_note(before, mandate, who, tell_wish):
            raise _sent_otherwise()
        return before
    opinion = Opinion(visit=visit, words=check_words(words), tell_wish=tell_wish)
    save_voter(opinion, VoterFacts(name=who))
    opinion.save(force_insert=True)
    birth(visit, VisitVerb.LOG, actor=actor, changes=_deputies([mandate]))
    tell(visit, "visit.logged", keepers(visit))
    return visit


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
) -> Visit:
    """Write down for a deputy what came on paper or by telephone; the first deputy is its author (scenario 34).

    Raises NotAllowed, and Invalid for facts that cannot be, or a deputy of a station that is not the actor's own.
    """
    permit(policies.can_record_at_all(actor))
    station = _check_deputies(actor, deputies)
    check_visit(visit, topics, deputies, station)
    check_opinion(opinion, topics)
    row = Visit(client_id=client_id, station=station, status=Visit.Status.RECORDED, **visit.columns())
    row.cycle_id = cycle_of(topics)
    if not _opened(row, actor, deputies):
        return _sent_before(client_id, actor, check_words(words))
    row.topics.set(topics)
    _write(Opinion(visit=row), check_words(words), opinion, voter)
    changes = {**_deputies(deputies), "route": opinion.route}
    birth(row, VisitVerb.RECORD, actor=actor.recording(deputies[0].person, how), changes=changes)
    tell(row, "visit.to_confirm", visitors(row))
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
) -> Visit:
    """Add to what a deputy noted all that the record needs; the deputy's words stay as they are.

    Raises NotAllowed, Conflict, Stale, Invalid.
    """
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.COMPLETE)
    check_visit(visit, topics, list(case.deputies.select_related("person", "term")), case.station)
    check_opinion(opinion, topics)
    row = case.opinions.select_related("voter").get()
    _write(row, row.words, opinion, voter)
    case.topics.set(topics)
    fields = {**visit.columns(), "cycle_id": cycle_of(topics)}
    record(case, VISIT, VisitVerb.COMPLETE, actor=actor, changes={"route": opinion.route}, fields=fields)
    tell(case, "visit.to_confirm", visitors(case))
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
    fields = {"confirmed_at": None}
    changes = {"route": opinion.route}
    record(case, VISIT, VisitVerb.ADD_OPINION, actor=actor, part=part_of(row), changes=changes, fields=fields)
    tell(case, "visit.to_confirm", visitors(case))
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
    """Raise Conflict for a visit that its deputy has confirmed."""
    if case.confirmed_at is not None:
        raise Conflict("confirmed", _("This is confirmed already."))


def part_of(opinion: Opinion) -> Moved:
    """How the event names the opinion it is about."""
    return Moved("opinion", opinion.uuid, "", "")


def _opened(visit: Visit, actor: Actor, deputies: Sequence[Mandate]) -> bool:
    """Whether the visit is new; the same form may arrive twice at once."""
    visit.recorded_by, visit.created_at = actor.user, clock.now()  # type: ignore[assignment]
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        return False
    VisitDeputy.objects.bulk_create(VisitDeputy(visit=visit, mandate=mandate) for mandate in deputies)
    return True


def _sent_before(client_id: UUID, actor: Actor, words: str) -> Visit:
    """The visit that this form made; one's own, and with the same words, or nothing would be kept of the new ones."""
    visit = Visit.objects.filter(client_id=client_id, recorded_by=actor.user).first()
    if visit is None or not visit.opinions.filter(words=words).exists():
        raise _sent_otherwise()
    return visit


def _sent_otherwise() -> Conflict:
    return Conflict("sent_before", _("This page was sent before. Your words are still here: please send them again."))


def _is_the_same_note(visit: Visit, mandate: Mandate, who: str, tell_wish: bool) -> bool:
    """Whether the note says the same beside its words; once the record was written on, the words are what is left."""
    if visit.version > 1:
        return True
    row = visit.opinions.select_related("voter").get()
    try:
        name = row.voter.unseal()[0] if row.voter else ""
    except Broken:
        return False
    return (name, row.tell_wish, visit.station_id) == (who.strip(), tell_wish, mandate.station_id)


def _check_deputies(actor: Actor, deputies: Sequence[Mandate]) -> Station:
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


def _write(row: Opinion, words: str, facts: OpinionFacts, voter: VoterFacts) -> Opinion:
    row.words = words
    for name, value in facts.columns().items():
        setattr(row, name, value)
    save_voter(row, voter)
    row.save()
    return row


def _deputies(deputies: Sequence[Mandate]) -> Mapping[str, Any]:
    return {"deputies": [str(mandate.uuid) for mandate in deputies]}
