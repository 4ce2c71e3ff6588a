"""Scopes of attachments and jobs."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

OPEN = ("QUEUED", "RUNNING")


class AttachmentQuerySet(models.QuerySet):
    """Stored files as adjectives."""

    def unowned(self) -> "AttachmentQuerySet":
        """Files that no row of any app points at."""
        pointers = [field for field in self.model._meta.get_fields(include_hidden=True) if _points_here(field)]
        return self.filter(*(~Exists(_holders(pointer)) for pointer in pointers))


class JobQuerySet(models.QuerySet):
    """Jobs as adjectives."""

    def visible_to(self, actor: Any) -> "JobQuerySet":
        """Jobs that one asked for under the post one acts under."""
        return self.filter(asked_by=actor.user, post=actor.post) if actor.user and actor.post else self.none()

    def open(self) -> "JobQuerySet":
        """Waiting or running."""
        return self.filter(state__in=OPEN)

    def free(self, now: datetime) -> "JobQuerySet":
        """Waiting, or left by a worker whose lease ran out."""
        return self.filter(Q(state="QUEUED") | Q(state="RUNNING", lease_until__lt=now))

    def to_be_reissued(self, now: datetime) -> "JobQuerySet":
        """Waiting for a minute without a worker taking it, or left by a worker whose lease ran out."""
        waiting = Q(state="QUEUED", issued_at__lt=now - timedelta(seconds=60))
        return self.filter(waiting | Q(state="RUNNING", lease_until__lt=now))


def _points_here(field: Any) -> bool:
    return field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)


def _holders(pointer: Any) -> Any:
    return pointer.related_model._base_manager.filter(**{pointer.field.name: OuterRef("pk")})
