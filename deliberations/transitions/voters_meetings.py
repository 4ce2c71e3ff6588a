"""A voters' meeting (R42–R46, F13): a visit to which voters were invited; its opinions are added one by one."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Topic, Visit
from deliberations.policies import visits as policies
from deliberations.transitions.visit_facts import VisitFacts, check_visit, cycle_of
from deliberations.transitions.visit_machine import VisitVerb
from deliberations.transitions.visit_opening import deputies_told, opened
from deliberations.transitions.visit_parts import Parts, check_parts, missing, save_parts
from deliberations.transitions.visit_telling import tell, visitors
from deliberations.transitions.visiting import station_of
from stations.models import Mandate
from workflow.engine import Conflict, Invalid, birth, permit


@transaction.atomic
def record_voters_meeting(
    *,
    actor: Actor,
    client_id: UUID,
    deputies: Sequence[Mandate],
    visit: VisitFacts,
    topics: Sequence[Topic],
    parts: Parts,
) -> Visit:
    """Write down that deputies and voters met; which of the five kinds of invitees did not come stands in the record.

    The same ``client_id`` twice is one meeting. Raises NotAllowed, Conflict when the id came with another meeting,
    and Invalid for facts that cannot be, or without who chaired and who wrote it down.
    """
    permit(policies.can_record_at_all(actor))
    station = station_of(actor, deputies)
    visit = replace(visit, kind=Visit.Kind.VOTER_MEETING)
    check_visit(visit, topics, deputies, station)
    for name, sentence in (("chair", _("Say who chaired it.")), ("recorder", _("Say who wrote it down."))):
        if not getattr(visit, name).strip():
            raise Invalid(name, f"{name}_missing", sentence)
    row = Visit(client_id=client_id, station=station, status=Visit.Status.RECORDED, **visit.columns())
    row.cycle_id = cycle_of(topics)
    parts = replace(parts, further=deputies[1:])
    if not opened(row, actor, deputies):
        return _sent_before(row, actor)
    check_parts(parts, row, visit.on, deputies[:1])
    row.topics.set(topics)
    save_parts(row, parts)
    told = {"kind": row.kind, "guests": dict(parts.guests), "missing": len(missing(row))}
    birth(row, VisitVerb.RECORD, actor=actor, changes={**deputies_told(deputies), **told})
    tell(row, "visit.to_confirm", visitors(row))
    return row


def _sent_before(row: Visit, actor: Actor) -> Visit:
    """The meeting that this form made before: the same day and place."""
    before = Visit.objects.filter(client_id=row.client_id, recorded_by=actor.user).first()
    if before is None or (before.kind, before.on, before.place) != (row.kind, row.on, row.place):
        sentence = _("This page was sent before. Your words are still here: please send them again.")
        raise Conflict("sent_before", sentence)
    return before
