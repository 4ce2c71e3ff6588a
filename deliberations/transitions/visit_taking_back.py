"""Taking an imported register of visits back, as long as nobody has worked with what it brought.

Nothing is deleted but what must not be kept without need: names and numbers of the voters. The record stays.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import DeliberationEvent, Visit, Voter
from deliberations.policies import visits as policies
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from files.models import ImportBatch
from workflow.engine import Conflict, lock_all, permit, record

#: What may have happened and does not hinder: a number that was looked up is no work on the record.
_HARMLESS = (VisitVerb.IMPORT, VisitVerb.REVEAL)


@transaction.atomic
def take_back_register(batch: ImportBatch, *, actor: Actor) -> int:
    """Annul every visit of the batch and erase its voters' names and numbers; returns how many visits.

    Their marks are given up, so that the corrected register can be imported. Raises NotAllowed, and Conflict that
    names a visit on which something has been done since.
    """
    permit(policies.can_import(actor))
    rows = Visit.objects.filter(**batch.brought()).exclude(status=Visit.Status.ANNULLED)
    visits = lock_all(rows.distinct())
    _require_untouched(visits)
    for visit in visits:
        record(visit, VISIT, VisitVerb.ANNUL, actor=actor, changes={"batch": batch.pk}, fields={"client_id": uuid4()})
    _erase(visits)
    return len(visits)


def _require_untouched(visits: list[Visit]) -> None:
    worked = DeliberationEvent.objects.filter(visit__in=visits).exclude(verb__in=_HARMLESS).values("visit")
    touched = Visit.objects.filter(pk__in=worked).select_related("station").first()
    if touched is not None:
        sentence = _("The visit of %(day)s (%(station)s) has been worked on since; this import cannot be taken back.")
        raise Conflict("worked_with", sentence, day=touched.on.isoformat(), station=touched.station.name)


def _erase(visits: list[Visit]) -> None:
    Voter.objects.filter(opinion__visit__in=visits).update(name_sealed="", phone_sealed="", phone_mark="")
