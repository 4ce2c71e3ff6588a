"""Scopes of jobs and import batches."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    """Jobs as adjectives."""

    def visible_to(self, actor: Any) -> "JobQuerySet":
        """Jobs that one asked for under the post one acts under."""
        return self.filter(asked_by=actor.user, post=actor.post) if actor.user and actor.post else self.none()

    def to_be_reissued(self, now: datetime) -> "JobQuerySet":
        """Queued for a minute without a worker taking it, or left by a worker that died."""
        waiting = Q(state="QUEUED", issued_at__lt=now - timedelta(seconds=60))
        return self.filter(waiting | Q(state="RUNNING", lease_until__lt=now))
