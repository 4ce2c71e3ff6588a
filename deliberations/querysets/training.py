"""Who sees which training, and which lines of its sign-in sheet."""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.actor import Actor
from accounts.models import Role
from stations.models import StationStaff
from workflow import clock

#: Whoever prepares a deliberation; the organs that will be asked have no part in it.
PREPARING = frozenset({Role.STATION, Role.DEPUTY, Role.DELEGATION_OFFICER, Role.TOWNSHIP})


class TrainingQuerySet(models.QuerySet):
    """Trainings as adjectives."""

    def visible_to(self, actor: Actor) -> "TrainingQuerySet":
        """For the committee and whoever prepares the cycle; the sign-in sheet has a scope of its own."""
        sees = actor.is_system or actor.is_committee or actor.role in PREPARING
        return self if sees else self.none()


class AttendanceQuerySet(models.QuerySet):
    """Lines of attendance sheets as adjectives."""

    def visible_to(self, actor: Actor) -> "AttendanceQuerySet":
        """Lines of meetings as the meeting; of trainings one's own, those of a station's deputies, all for the committee."""
        of_training = self.filter(training__isnull=False)
        if actor.is_system or actor.is_committee:
            return self
        meeting: Any = self.model._meta.get_field("meeting").related_model
        meetings = meeting.objects.visible_to(actor)
        return self.filter(Q(meeting__in=meetings) | Q(pk__in=of_training.filter(_own(actor)).values("pk")))

    def of_person(self, person_id: int | None) -> "AttendanceQuerySet":
        """Of one deputy, whichever mandate was invited."""
        return self.filter(mandate__person=person_id) if person_id else self.none()


def _own(actor: Actor) -> Any:
    if actor.is_deputy:
        return Q(mandate__person=actor.person_id)
    if actor.role != Role.STATION:
        return Q(pk__in=[])
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id).values("station")
    return Q(mandate__station__in=duties) | Q(training__station__in=duties)
