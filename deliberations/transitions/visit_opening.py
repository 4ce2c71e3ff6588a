"""A new visit comes with an id that its form or phone made: the same id twice is one visit."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Visit, VisitDeputy
from stations.models import Mandate
from workflow import clock
from workflow.engine import Conflict


def opened(visit: Visit, actor: Actor, deputies: Sequence[Mandate]) -> bool:
    """Whether the visit is new; the same form may arrive twice at once."""
    visit.recorded_by, visit.created_at = actor.user, clock.now()  # type: ignore[assignment]
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        return False
    VisitDeputy.objects.bulk_create(VisitDeputy(visit=visit, mandate=mandate) for mandate in deputies)
    return True


def sent_before(client_id: UUID, actor: Actor, words: str) -> Visit:
    """The visit that this form made; one's own, and with the same words, or nothing would be kept of the new ones."""
    visit = Visit.objects.filter(client_id=client_id, recorded_by=actor.user).first()
    if visit is None or not visit.opinions.filter(words=words).exists():
        raise sent_otherwise()
    return visit


def sent_otherwise() -> Conflict:
    """The id came with something else before."""
    return Conflict("sent_before", _("This page was sent before. Your words are still here: please send them again."))


def deputies_told(deputies: Sequence[Mandate]) -> Mapping[str, Any]:
    """How the first event names who went."""
    return {"deputies": [str(mandate.uuid) for mandate in deputies]}
