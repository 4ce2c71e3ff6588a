"""Scopes of reception days, the rules by which they fall, and the deputies on duty."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q


class ReceptionRuleQuerySet(models.QuerySet):
    """Rules as adjectives."""

    def visible_to(self, actor: Any) -> "ReceptionRuleQuerySet":
        """On which days voters are received is no secret to whoever is signed in under a post."""
        return self if actor.post or actor.is_system else self.none()

    def in_force(self, today: date) -> "ReceptionRuleQuerySet":
        """Not ended before that day; one that begins later is among them."""
        return self.filter(Q(until=None) | Q(until__gte=today))


class ReceptionDayQuerySet(models.QuerySet):
    """Reception days as adjectives."""

    def visible_to(self, actor: Any) -> "ReceptionDayQuerySet":
        """The schedule hangs on the wall of the station: whoever is signed in under a post may read it."""
        return self if actor.post or actor.is_system else self.none()

    def standing(self) -> "ReceptionDayQuerySet":
        """Not cancelled."""
        return self.exclude(status="CANCELLED")

    def planned(self) -> "ReceptionDayQuerySet":
        """Still to be held, or to be recorded."""
        return self.filter(status="PLANNED")

    def upcoming(self, today: date) -> "ReceptionDayQuerySet":
        """Planned for that day or later at a station in use, the next one first."""
        return self.planned().filter(on__gte=today, station__status="ACTIVE").order_by("on", "starts_at", "pk")

    def in_month(self, first: date) -> "ReceptionDayQuerySet":
        """Of the month that begins on that day."""
        following = (first + timedelta(days=31)).replace(day=1)
        return self.filter(on__gte=first, on__lt=following)

    def untouched(self) -> "ReceptionDayQuerySet":
        """Made by a rule, and nobody did anything with it since: no act stands in the record for it."""
        events = _model(_model(self.model, "station"), "events")._base_manager
        acts = events.filter(part="reception_day", part_key=OuterRef("uuid"))
        return self.planned().filter(~Exists(acts), rule__isnull=False, posted_on=None)


class DutyQuerySet(models.QuerySet):
    """Duties as adjectives."""

    def visible_to(self, actor: Any) -> "DutyQuerySet":
        """Who is on duty stands on the public notice."""
        return self if actor.post or actor.is_system else self.none()

    def of_person(self, person_id: int | None) -> "DutyQuerySet":
        """One's own, under whichever mandate."""
        return self.filter(mandate__person=person_id)

    def due(self) -> "DutyQuerySet":
        """Still to come on a day that is planned."""
        return self.filter(state="DUE", day__status="PLANNED")

    def asked(self) -> "DutyQuerySet":
        """Whose deputy asked for a substitute and has none yet."""
        return self.due().exclude(reason="")

    def counting(self) -> "DutyQuerySet":
        """What counts in turn: served, or still to be served; not who was replaced, on leave or absent."""
        return self.filter(state__in=["DUE", "PRESENT"]).exclude(day__status="CANCELLED")


def _model(model: Any, relation: str) -> Any:
    """The model behind a relation (its table is above this module)."""
    return model._meta.get_field(relation).related_model
