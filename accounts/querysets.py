"""Scopes of people and organs."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class PostQuerySet(models.QuerySet):
    """Posts as adjectives."""

    def current(self, today: date) -> "PostQuerySet":
        """Held on that day."""
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


class OfficerQuerySet(models.QuerySet):
    """Officers as adjectives."""

    def current(self, today: date) -> "OfficerQuerySet":
        """In office on that day."""
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


class OrganQuerySet(models.QuerySet):
    """Organs as adjectives."""

    def visible_to(self, actor: Any) -> "OrganQuerySet":
        """The list of organs is no secret to whoever is signed in under a post."""
        return self if actor.post else self.none()

    def existing(self, today: date) -> "OrganQuerySet":
        """Not closed by a reorganisation on that day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today))


class UserQuerySet(models.QuerySet):
    """Users as adjectives."""

    def active(self) -> "UserQuerySet":
        """Who may sign in."""
        return self.filter(status="ACTIVE")

    def holding(self, role: str, today: date) -> "UserQuerySet":
        """Active users who hold a role on that day."""
        current = Q(posts__until=None) | Q(posts__until__gte=today)
        return self.active().filter(current, posts__role=role, posts__since__lte=today).distinct()
