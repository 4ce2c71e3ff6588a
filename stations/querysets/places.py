"""Scopes of stations and mandates."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, F, Q

from workflow import clock


class StationQuerySet(models.QuerySet):
    """Stations as adjectives."""

    def visible_to(self, actor: Any) -> "StationQuerySet":
        """Where the stations are is no secret to whoever is signed in under a post."""
        return self if actor.post else self.none()

    def public(self) -> "StationQuerySet":
        """In use: what anybody may know of, signed in or not."""
        return self.filter(status="ACTIVE")

    def key(self) -> "StationQuerySet":
        """The county's key stations."""
        return self.filter(is_key=True)


class StaffQuerySet(models.QuerySet):
    """Station staff as adjectives."""

    def on_duty(self, today: date) -> "StaffQuerySet":
        """Serving on that day."""
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


class MandateQuerySet(models.QuerySet):
    """Mandates as adjectives."""

    def visible_to(self, actor: Any) -> "MandateQuerySet":
        """Deputies are publicly known; whoever is signed in under a post may list them."""
        return self if actor.post else self.none()

    def public(self, today: date) -> "MandateQuerySet":
        """Deputies whom a voter may turn to: in office and not suspended; whom anybody may know of."""
        return self.active(today)

    def in_office(self, today: date) -> "MandateQuerySet":
        """Not ended on that day, suspended or not."""
        return self.filter(term__is_current=True).exclude(ended_on__lte=today)

    def active(self, today: date) -> "MandateQuerySet":
        """In office and not suspended on that day."""
        suspended = Q(suspended_from__lte=today) & (Q(suspended_to=None) | Q(suspended_to__gte=today))
        return self.in_office(today).exclude(suspended)

    def of_level(self, level: str) -> "MandateQuerySet":
        """Mandates to the congress of one level."""
        return self.filter(level=level)

    def with_readable_file(self, actor: Any, today: date) -> "MandateQuerySet":
        """Whose performance file one reads: the committee everybody's, a station its deputies', a deputy their own."""
        if actor.is_committee:
            return self
        return self.filter(person=actor.person_id) if actor.is_deputy else self.run_by(actor, today)

    def run_by(self, actor: Any, today: date) -> "MandateQuerySet":
        """In office, and of a station that the person acting for one runs on that day."""
        if actor.role != "STATION":
            return self.none()
        station: Any = self.model._meta.get_field("station").related_model
        staff: Any = station._meta.get_field("staff").related_model
        own = staff.objects.on_duty(today).filter(person=actor.person_id).values("station")
        return self.in_office(today).filter(station__in=own)

    def of_township(self, township: Any) -> "MandateQuerySet":
        """Deputies of the township's congress, of its delegation or of a station in it."""
        own = Q(term__township=township) | Q(delegation__township=township) | Q(station__township=township)
        return self.filter(own)


class DistrictQuerySet(models.QuerySet):
    """Electoral districts as adjectives."""

    def visible_to(self, actor: Any) -> "DistrictQuerySet":
        """Where deputies are elected is publicly known; whoever is signed in under a post may list it."""
        return self if actor.post else self.none()

    def with_seats(self, today: date) -> "DistrictQuerySet":
        """With ``taken``, the deputies in office on that day, suspended or not, and ``vacant``, the seats left."""
        ended = Q(mandates__ended_on__isnull=True) | Q(mandates__ended_on__gt=today)
        rows = self.annotate(taken=Count("mandates", filter=ended & Q(mandates__term__is_current=True)))
        return rows.annotate(vacant=F("seats") - F("taken"))


class StandardItemQuerySet(models.QuerySet):
    """Items of the county's standard as adjectives."""

    def visible_to(self, actor: Any) -> "StandardItemQuerySet":
        """What a station must have is no secret to whoever is signed in under a post."""
        return self if actor.post else self.none()

    def in_use(self) -> "StandardItemQuerySet":
        """Not put out of use."""
        return self.filter(in_use=True)


class StandardCheckQuerySet(models.QuerySet):
    """Findings as adjectives."""

    def visible_to(self, actor: Any) -> "StandardCheckQuerySet":
        """What a station lacks is for the committee and for whoever runs the station."""
        if actor.is_committee:
            return self
        if actor.role != "STATION" or actor.person_id is None:
            return self.none()
        station: Any = self.model._meta.get_field("station").related_model
        staff: Any = station._meta.get_field("staff").related_model
        own = staff.objects.on_duty(clock.today()).filter(person=actor.person_id)
        return self.filter(station__in=own.values("station"))
