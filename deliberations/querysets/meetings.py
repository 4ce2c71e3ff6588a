"""Who sees which meeting, opinion in deliberation, promise and township task."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.actor import Actor
from accounts.models import Role
from workflow import clock


class MeetingQuerySet(models.QuerySet):
    """Meetings as adjectives."""

    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """The committee; a station's own; whoever was there: deputies, organs (and those who promised something)."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.role == Role.STATION:
            return self.filter(station__in=_own_stations(self.model, actor))
        if actor.is_deputy:
            mandates = _model(self.model, "station")._meta.get_field("mandates").related_model.objects
            own = mandates.filter(person=actor.person_id)
            return self.filter(
                Q(station__in=own.values("station")) | _there(self.model, mandate__person=actor.person_id)
            )
        if actor.is_organ or actor.is_government_office:
            promised = _rows(self.model, "opinions").filter(meeting=OuterRef("pk"), promise__organ=actor.organ_id)
            return self.filter(_there(self.model, organ=actor.organ_id) | Exists(promised))
        return self.none()


class MeetingOpinionQuerySet(models.QuerySet):
    """Opinions in deliberation as adjectives."""

    def visible_to(self, actor: Actor) -> "MeetingOpinionQuerySet":
        """As the meeting is."""
        return self.filter(meeting__in=_model(self.model, "meeting").objects.visible_to(actor))

    def to_become_suggestions(self) -> "MeetingOpinionQuerySet":
        """Of closed meetings, forwarded to the county: a county deputy leads them, or the committee submits them."""
        return self.filter(meeting__status="CLOSED", way__in=["COUNTY_LEAD", "COMMITTEE"])


class TownshipTaskQuerySet(models.QuerySet):
    """Township tasks as adjectives."""

    def undone(self) -> "TownshipTaskQuerySet":
        """Without a result."""
        return self.filter(done_on=None)


class PromiseQuerySet(models.QuerySet):
    """Promises as adjectives."""

    def visible_to(self, actor: Actor) -> "PromiseQuerySet":
        """The committee; the organ that made it; the station; the deputy to whom it was made."""
        if actor.is_system or actor.is_committee or actor.is_government_office:
            return self
        if actor.is_organ:
            return self.filter(Q(organ=actor.organ_id) | Q(organ__successor=actor.organ_id))
        if actor.role == Role.STATION:
            meeting = _model(_model(self.model, "meeting_opinion"), "meeting")
            return self.filter(meeting_opinion__meeting__station__in=_own_stations(meeting, actor))
        if actor.is_deputy:
            return self.filter(meeting_opinion__speaker__person=actor.person_id)
        return self.none()

    def open(self) -> "PromiseQuerySet":
        """Still to be kept, or reported and still to be confirmed."""
        return self.filter(status__in=["MADE", "REPORTED_DONE"])

    def overdue(self, today: date) -> "PromiseQuerySet":
        """Open after the day it was promised for (scenario 4)."""
        return self.open().filter(due_on__lt=today)


def _model(model: Any, relation: str) -> Any:
    """The model behind a relation (its table is above this module)."""
    return model._meta.get_field(relation).related_model


def _rows(model: Any, relation: str) -> Any:
    return _model(model, relation)._base_manager


def _there(meeting: Any, **who: Any) -> Exists:
    return Exists(_rows(meeting, "attendance").filter(meeting=OuterRef("pk"), **who))


def _own_stations(meeting: Any, actor: Actor) -> Any:
    staff = _model(_model(meeting, "station"), "staff")
    return staff.objects.on_duty(clock.today()).filter(person=actor.person_id).values("station")
