"""Who sees which meeting, opinion in deliberation, promise and township task."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, When

from accounts.actor import Actor
from accounts.models import Role
from accounts.querysets import acting_for
from stations.models import Level, Mandate, StationStaff, Township
from workflow import clock


class MeetingQuerySet(models.QuerySet):
    """Meetings as adjectives."""

    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """The committee; a station's own; a township's; whoever was there: deputies, organs (and those that promised)."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.role == Role.STATION:
            return self.filter(station__in=_own_stations(self.model, actor))
        if actor.role == Role.TOWNSHIP:
            return self.filter(station__township__in=presided_townships(actor))
        if actor.is_deputy:
            mandates = _model(self.model, "station")._meta.get_field("mandates").related_model.objects
            own = mandates.filter(person=actor.person_id)
            return self.filter(
                Q(station__in=own.values("station")) | _there(self.model, mandate__person=actor.person_id)
            )
        if actor.is_organ or actor.is_government_office:
            own = acting_for(actor.organ_id, "promise__organ")
            promised = _rows(self.model, "opinions").filter(own, meeting=OuterRef("pk"))
            found = Q(_there(self.model, acting_for(actor.organ_id)) | Exists(promised))
            # hand-over meetings are held together with the government office
            return self.filter(found | Q(kind="HAND_OVER") if actor.is_government_office else found)
        return self.none()

    def deliberations(self) -> "MeetingQuerySet":
        """Those of a station in a cycle."""
        return self.filter(kind="DELIBERATION")

    def with_counts(self) -> "MeetingQuerySet":
        """With how many opinions there are, and how many of each outcome; the four always add up (scenario 3)."""
        return self.annotate(
            counted=Count("opinions"),
            explained=Count("opinions", filter=Q(opinions__outcome="EXPLAINED")),
            promised=Count("opinions", filter=Q(opinions__outcome="PROMISED")),
            forwarded=Count("opinions", filter=Q(opinions__outcome="FORWARDED")),
            undecided=Count("opinions", filter=Q(opinions__outcome="")),
        )

    def taking_hand_overs(self) -> "MeetingQuerySet":
        """Hand-over meetings that are being recorded."""
        return self.filter(kind="HAND_OVER", status="OPEN")


class MeetingOpinionQuerySet(models.QuerySet):
    """Opinions in deliberation as adjectives."""

    def undecided(self) -> "MeetingOpinionQuerySet":
        """Without an outcome."""
        return self.filter(outcome="")

    def visible_to(self, actor: Actor) -> "MeetingOpinionQuerySet":
        """As the meeting is."""
        return self.filter(meeting__in=_model(self.model, "meeting").objects.visible_to(actor))

    def to_become_suggestions(self) -> "MeetingOpinionQuerySet":
        """Of closed meetings, forwarded to the county: a county deputy leads them, or the committee submits them."""
        return self.filter(meeting__status="CLOSED", way__in=["COUNTY_LEAD", "COMMITTEE"])


class TownshipTaskQuerySet(models.QuerySet):
    """Township tasks as adjectives."""

    def visible_to(self, actor: Actor) -> "TownshipTaskQuerySet":
        """The committee; the station at which it was said, to a deputy or in deliberation; the township's presidium."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.role == Role.STATION:
            duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
            own = duties.values("station")
            return self.filter(Q(meeting_opinion__meeting__station__in=own) | Q(opinion__visit__station__in=own))
        if actor.role == Role.TOWNSHIP:
            return self.filter(township__in=presided_townships(actor))
        return self.none()

    def in_force(self) -> "TownshipTaskQuerySet":
        """Decided for good: while a meeting is being recorded, its outcomes may still change; of visits, all."""
        visited = Q(opinion__isnull=False) & ~Q(opinion__visit__status="ANNULLED")
        return self.filter(Q(meeting_opinion__meeting__status="CLOSED") | visited)

    def for_list(self) -> "TownshipTaskQuerySet":
        """With what was said, where and by whom."""
        return self.select_related(
            "township", "meeting_opinion__speaker__person", "meeting_opinion__meeting__station",
            "opinion__visit__station", "opinion__voter",
        )  # fmt: skip

    def unsettled_first(self) -> "TownshipTaskQuerySet":
        """With ``settled``, 0 or 1, for a list that begins with what is still to do."""
        return self.annotate(settled=Case(When(done_on=None, then=0), default=1, output_field=models.IntegerField()))

    def overdue(self, today: date) -> "TownshipTaskQuerySet":
        """Without a result after the day."""
        return self.undone().filter(due_on__lt=today)

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
            return self.filter(acting_for(actor.organ_id))
        if actor.role == Role.STATION:
            meeting = _model(_model(self.model, "meeting_opinion"), "meeting")
            return self.filter(meeting_opinion__meeting__station__in=_own_stations(meeting, actor))
        if actor.is_deputy:
            return self.filter(meeting_opinion__speaker__person=actor.person_id)
        return self.none()

    def for_list(self) -> "PromiseQuerySet":
        """With the organ, the deputy and the meeting."""
        return self.select_related(
            "organ", "meeting_opinion__speaker__person", "meeting_opinion__meeting__station",
            "meeting_opinion__meeting__cycle",
        )  # fmt: skip

    def open(self) -> "PromiseQuerySet":
        """Still to be kept, or reported and still to be confirmed."""
        return self.filter(status__in=["MADE", "REPORTED_DONE"])

    def overdue(self, today: date) -> "PromiseQuerySet":
        """Open after the day it was promised for (scenario 4)."""
        return self.open().filter(due_on__lt=today)


def presided_townships(actor: Actor) -> "models.QuerySet[Township]":
    """The townships for whose congress somebody acts: the one they are a deputy of, or whose station they serve at.

    The chair of a township's congress is elected from its deputies; a sub-district has only its stations.
    """
    today = clock.today()
    mandates = Mandate.objects.in_office(today).filter(person=actor.person_id, level=Level.TOWNSHIP)
    duties = StationStaff.objects.on_duty(today).filter(person=actor.person_id)
    return Township.objects.filter(
        Q(pk__in=mandates.values("term__township")) | Q(pk__in=duties.values("station__township"))
    )


def _model(model: Any, relation: str) -> Any:
    """The model behind a relation (its table is above this module)."""
    return model._meta.get_field(relation).related_model


def _rows(model: Any, relation: str) -> Any:
    return _model(model, relation)._base_manager


def _there(meeting: Any, *whose: Q, **who: Any) -> Exists:
    return Exists(_rows(meeting, "attendance").filter(*whose, meeting=OuterRef("pk"), **who))


def _own_stations(meeting: Any, actor: Actor) -> Any:
    staff = _model(_model(meeting, "station"), "staff")
    return staff.objects.on_duty(clock.today()).filter(person=actor.person_id).values("station")
