"""Who sees which suggestion, and suggestions as adjectives."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.actor import Actor
from accounts.models import Role

#: States in which the committee still has something to do or to wait for.
OPEN = ("SUBMITTED", "REGISTERED", "AT_FORWARDER", "HANDLING", "REPLIED")


class SuggestionQuerySet(models.QuerySet):
    """Suggestions as adjectives."""

    def visible_to(self, actor: Actor) -> "SuggestionQuerySet":
        """The rows that a person may see under the post they act under (D30); every list and export uses this."""
        if actor.is_system or actor.is_committee:
            return self
        scope = _SCOPES.get(actor.role)
        return self.filter(scope(self.model, actor)) if scope else self.none()

    def open(self) -> "SuggestionQuerySet":
        """Not ended."""
        return self.filter(status__in=OPEN)

    def handled_by(self, organ_id: int | None) -> "SuggestionQuerySet":
        """With a live or answered assignment to the organ."""
        return self.filter(_assigned(self.model, organ_id))

    def overdue(self, today: date) -> "SuggestionQuerySet":
        """With a reply clock that should have been met before today."""
        return self.filter(_reply_clock(self.model, act_by__lt=today))

    def due_within(self, days: int, today: date) -> "SuggestionQuerySet":
        """With a reply clock to be met from today on within so many days."""
        last = date.fromordinal(today.toordinal() + days)
        return self.filter(_reply_clock(self.model, act_by__range=(today, last)))

    def in_light(self, light: str, today: date) -> "SuggestionQuerySet":
        """Whose reply is overdue, or due within ten or thirty days."""
        if light == "overdue":
            return self.overdue(today)
        return self.due_within({"within_10": 10, "within_30": 30}[light], today)

    def waiting_for(self, what: str, actor: Actor) -> "SuggestionQuerySet":
        """In which the named next act is still to be done; an organ's own only."""
        if what in _WAITING_PARTS:
            return self.filter(_part_waits(self.model, actor, _WAITING_PARTS[what]), status="HANDLING")
        verdicts = self.model._meta.get_field("verdicts").related_model.objects
        judged = Exists(verdicts.filter(suggestion=OuterRef("pk"), round=OuterRef("round")))
        return self.filter(judged if what == "verdict" else ~judged, status="REPLIED")

    def most_urgent(self) -> "SuggestionQuerySet":
        """Rows of ``for_list`` with a running reply clock, the most pressing first."""
        return self.exclude(act_by=None).order_by("act_by", "pk")

    def for_list(self, actor: Actor) -> "SuggestionQuerySet":
        """With what a row of the list shows: host, state of the reader's own assignment, date to act by."""
        assignments = self.model._meta.get_field("assignments").related_model.objects
        of_round = assignments.filter(suggestion=OuterRef("pk"), round=OuterRef("round")).exclude(status="ENDED")
        hosts = of_round.exclude(part="CO_HOST")
        mine = of_round.filter(organ=actor.organ_id) if actor.is_organ else hosts
        clocks = self.model._meta.get_field("clocks").related_model.objects
        running = clocks.filter(suggestion=OuterRef("pk"), kind="REPLY", met_on=None, voided_on=None)
        return self.select_related("lead__person", "field").annotate(
            host_name=Subquery(hosts.values("organ__name")[:1]),
            part=Subquery(mine.values("part")[:1]),
            assignment_status=Subquery(mine.values("status")[:1]),
            act_by=Subquery(running.values("act_by")[:1]),
            due_on=Subquery(running.values("due_on")[:1]),
            started_on=Subquery(running.values("start_on")[:1]),
        )


#: What an assignment looks like that waits for receipt, opinion or reply.
_WAITING_PARTS = {
    "receipt": Q(status="ASSIGNED"),
    "opinion": Q(status__in=["ASSIGNED", "ACCEPTED"], part="CO_HOST"),
    "reply": Q(status="ACCEPTED") & ~Q(part="CO_HOST"),
}


def _part_waits(model: Any, actor: Actor, condition: Q) -> Exists:
    assignments = model._meta.get_field("assignments").related_model.objects
    rows = assignments.filter(condition, suggestion=OuterRef("pk"), round=OuterRef("round"))
    return Exists(rows.filter(organ=actor.organ_id) if actor.is_organ else rows)


def _reply_clock(model: Any, **condition: Any) -> Exists:
    clocks = model._meta.get_field("clocks").related_model.objects
    running = clocks.filter(suggestion=OuterRef("pk"), kind="REPLY", met_on=None, voided_on=None)
    return Exists(running.filter(**condition))


def _assigned(model: Any, organ_id: int | None) -> Exists:
    assignments = model._meta.get_field("assignments").related_model.objects
    return Exists(assignments.filter(suggestion=OuterRef("pk"), organ_id=organ_id).exclude(status="ENDED"))


def _of_organ(model: Any, actor: Actor) -> Any:
    return _assigned(model, actor.organ_id)


def _of_government_office(model: Any, actor: Actor) -> Any:
    hand_overs = model._meta.get_field("hand_overs").related_model.objects
    return Exists(hand_overs.filter(suggestion=OuterRef("pk"), to_id=actor.organ_id)) | _assigned(model, actor.organ_id)


def _of_deputy(model: Any, actor: Actor) -> Any:
    signatures = model._meta.get_field("cosignatures").related_model.objects
    co_signed = signatures.filter(suggestion=OuterRef("pk"), mandate__person=actor.person_id, status="ACCEPTED")
    return Q(lead__person=actor.person_id) | Exists(co_signed)


def _of_station(model: Any, actor: Actor) -> Any:
    duty = Q(mandate__station__staff__person=actor.person_id, mandate__station__staff__until=None)
    signatures = model._meta.get_field("cosignatures").related_model.objects
    co_signed = signatures.filter(duty, suggestion=OuterRef("pk"), status="ACCEPTED")
    staff = model._meta.get_field("lead").related_model.objects
    led = staff.filter(pk=OuterRef("lead_id"), station__staff__person=actor.person_id, station__staff__until=None)
    return Exists(led) | Exists(co_signed)


_SCOPES = {
    Role.ORGAN_HANDLER: _of_organ,
    Role.ORGAN_HEAD: _of_organ,
    Role.GOVERNMENT_OFFICE: _of_government_office,
    Role.DEPUTY: _of_deputy,
    Role.STATION: _of_station,
}


class ReplyQuerySet(models.QuerySet):
    """Replies as adjectives."""

    def visible_to(self, actor: Actor) -> "ReplyQuerySet":
        """Released replies, and drafts only for the organ that writes them, the office and the committee."""
        parents = self.model._meta.get_field("assignment").related_model._meta.get_field("suggestion").related_model
        mine = self.filter(assignment__suggestion__in=parents.objects.visible_to(actor))
        if actor.is_system or actor.is_committee or actor.is_government_office:
            return mine
        return mine.filter(Q(status="RELEASED") | Q(assignment__organ=actor.organ_id))


class EvaluationQuerySet(models.QuerySet):
    """Evaluations as adjectives."""

    def visible_to(self, actor: Actor) -> "EvaluationQuerySet":
        """The committee's, one's own, a station's own deputies', and for organs only what was released."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.is_deputy:
            return self.filter(mandate__person=actor.person_id)
        if actor.role == Role.STATION:
            return self.filter(
                mandate__station__staff__person=actor.person_id, mandate__station__staff__until=None
            ).distinct()
        if actor.is_organ or actor.is_government_office:
            parents = self.model._meta.get_field("reply").related_model
            return self.filter(reply__in=parents.objects.visible_to(actor), released_on__isnull=False)
        return self.none()


class ClockQuerySet(models.QuerySet):
    """Time limits as adjectives."""

    def running(self) -> "ClockQuerySet":
        """Neither met nor voided."""
        return self.filter(met_on=None, voided_on=None)
