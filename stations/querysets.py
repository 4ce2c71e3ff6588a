"""Scopes of stations and mandates."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class StationQuerySet(models.QuerySet):
    """Stations as adjectives."""

    def visible_to(self, actor: Any) -> "StationQuerySet":
        """Where the stations are is no secret to whoever is signed in under a post."""
        return self if actor.post else self.none()

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

    def of_township(self, township: Any) -> "MandateQuerySet":
        """Deputies of the township's congress, of its delegation or of a station in it."""
        own = Q(term__township=township) | Q(delegation__township=township) | Q(station__township=township)
        return self.filter(own)
