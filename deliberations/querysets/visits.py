"""Who sees which visit, and what still waits in it."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from accounts.actor import Actor
from accounts.models import Role
from workflow import clock, sealing


class VisitQuerySet(models.QuerySet):
    """Visits as adjectives."""

    def visible_to(self, actor: Actor) -> "VisitQuerySet":
        """The station's own staff, the deputies who took part, the committee; nobody else."""
        if actor.is_system:
            return self
        rows = self.exclude(status="ANNULLED")
        if actor.is_committee:
            return rows
        if actor.role == Role.STATION:
            return rows.filter(station__in=_own_stations(self.model, actor))
        return rows.filter(_took_part(self.model, actor)) if actor.is_deputy else self.none()

    def waiting_for(self, what: str) -> "VisitQuerySet":
        """In which the named next act is still to be done: completion, confirmation, telling or closing.

        Whether the deputy confirmed an imported visit is unknown, so nobody is asked for it; nor for what a voter wrote.
        """
        if what == "completion":
            return self.filter(status="INCOMPLETE")
        recorded = self.filter(status="RECORDED")
        if what == "confirmation":
            return recorded.filter(confirmed_at=None, imported_from="", recorded_by__isnull=False)
        untold = Exists(_model(self.model, "opinions").objects.to_tell().filter(visit=OuterRef("pk")))
        return recorded.filter(untold if what == "telling" else ~untold)

    def for_list(self) -> "VisitQuerySet":
        """With what a row of the list shows."""
        rows = self.select_related("station").annotate(opinion_count=Count("opinions", distinct=True))
        return rows.prefetch_related("visitors__mandate__person", "opinions__field", "opinions__voter")


class OpinionQuerySet(models.QuerySet):
    """Opinions as adjectives."""

    def visible_to(self, actor: Actor) -> "OpinionQuerySet":
        """As the visit is."""
        return self.filter(visit__in=_model(self.model, "visit").objects.visible_to(actor))

    def to_meeting(self, meeting: Any) -> "OpinionQuerySet":
        """Said at visits of the station and to be put forward at its meeting; without a topic it belongs to any cycle."""
        rows = self.filter(route="TO_MEETING", visit__station=meeting.station_id).exclude(visit__status="ANNULLED")
        return rows.filter(Q(visit__cycle=meeting.cycle_id) | Q(visit__cycle=None))

    def shown_in_meeting(self, actor: Actor) -> "OpinionQuerySet":
        """What whoever sees the meeting may read; what is confidential only whoever sees the visit."""
        visits = _model(self.model, "visit").objects.visible_to(actor)
        return self.filter(Q(confidential=False) | Q(visit__in=visits))

    def to_tell(self) -> "OpinionQuerySet":
        """Whose voter wants an answer and has not had the last one."""
        tellings = _model(self.model, "tellings")._base_manager
        return self.filter(~Exists(tellings.filter(opinion=OuterRef("pk"), final=True)), tell_wish=True)


class VoterQuerySet(models.QuerySet):
    """Voters as adjectives."""

    def with_number(self, digits: str) -> "VoterQuerySet":
        """Of this telephone number, whichever key marked it."""
        return self.filter(phone_mark__in=sealing.marks(digits, "phone"))


def _model(model: Any, relation: str) -> Any:
    """The model behind a relation (its table is above this module)."""
    return model._meta.get_field(relation).related_model


def _own_stations(visit: Any, actor: Actor) -> Any:
    staff = _model(_model(visit, "station"), "staff")
    return staff.objects.on_duty(clock.today()).filter(person=actor.person_id).values("station")


def _took_part(visit: Any, actor: Actor) -> Exists:
    visitors = _model(visit, "visitors")._base_manager
    return Exists(visitors.filter(visit=OuterRef("pk"), mandate__person=actor.person_id))
