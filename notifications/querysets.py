"""Scopes of notifications and their dispatch."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class NotificationQuerySet(models.QuerySet):
    """Notifications as adjectives."""

    def visible_to(self, actor: Any) -> "NotificationQuerySet":
        """Only the recipient's own, under whichever post."""
        return self.filter(recipient=actor.user) if actor.user else self.none()

    def in_inbox(self) -> "NotificationQuerySet":
        """Read, or still true: what was no longer true before anybody read it is gone."""
        return self.filter(void_reason="")

    def unread(self) -> "NotificationQuerySet":
        """Not yet opened and still true."""
        return self.filter(read_at=None, void_reason="")


class DispatchQuerySet(models.QuerySet):
    """Dispatches as adjectives."""

    def due(self, now: datetime) -> "DispatchQuerySet":
        """To be sent now: its time has come, or the process that was sending it let its lease run out."""
        return self.filter(Q(state="DUE", not_before__lte=now) | Q(state="SENDING", lease_until__lt=now))
