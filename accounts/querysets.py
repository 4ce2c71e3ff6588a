"""Scopes of people and organs."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

#: Roles that keep accounts.
KEEPERS = ("SYSTEM_ADMIN", "SECURITY_ADMIN", "COMMITTEE_STAFF")
#: Roles that read the record of accounts.
READERS_OF_RECORD = ("AUDIT_ADMIN", "SECURITY_ADMIN")
#: A phone that nobody confirmed within a day must ask again.
WAITING_HOURS = 24


def acting_for(organ_id: int | None, path: str = "organ") -> Q:
    """Rows whose organ, found along ``path``, is that one or has gone over into it (scenario 41).

    One step is enough: a reorganisation leads every earlier predecessor to the organ of today.
    """
    if organ_id is None:
        return Q(pk__in=[])
    return Q(**{path: organ_id}) | Q(**{f"{path}__successor": organ_id})


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
        """The list of organs is no secret to whoever works under a post; auditors only read the record."""
        return self if actor.post and actor.role != "AUDIT_ADMIN" else self.none()

    def existing(self, today: date) -> "OrganQuerySet":
        """Not closed by a reorganisation on that day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today))


class UserQuerySet(models.QuerySet):
    """Users as adjectives."""

    def visible_to(self, actor: Any) -> "UserQuerySet":
        """Accounts are seen by those who keep them; auditors read the record instead."""
        return self if actor.is_system or actor.role in KEEPERS else self.none()

    def active(self) -> "UserQuerySet":
        """Who may sign in."""
        return self.filter(status="ACTIVE")

    def holding(self, role: str, today: date) -> "UserQuerySet":
        """Active users who hold a role on that day."""
        current = Q(posts__until=None) | Q(posts__until__gte=today)
        return self.active().filter(current, posts__role=role, posts__since__lte=today).distinct()


class DeviceQuerySet(models.QuerySet):
    """Phones of deputies as adjectives; who sees which is said in ``stations``, which knows whose liaison one is."""

    def live(self, now: datetime) -> "DeviceQuerySet":
        """Bound, still trusted, and of an account that may sign in."""
        return self.filter(bound_at__isnull=False, ended_at=None, trusted_until__gt=now, user__status="ACTIVE")

    def waiting(self, now: datetime) -> "DeviceQuerySet":
        """Asked for of late, and neither confirmed nor refused."""
        since = now - timedelta(hours=WAITING_HOURS)
        return self.filter(bound_at=None, ended_at=None, asked_at__gt=since, user__status="ACTIVE")


class AccountEventQuerySet(models.QuerySet):
    """Acts on accounts as adjectives."""

    def visible_to(self, actor: Any) -> "AccountEventQuerySet":
        """The whole record is for the audit and the security administrator."""
        return self if actor.is_system or actor.role in READERS_OF_RECORD else self.none()
