"""Attachments, jobs with progress, and what was imported."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, User
from files import querysets


class Attachment(models.Model):
    """A stored file. Its owners hold the foreign keys; it is read only through an owner's page."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = querysets.AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """Work that takes longer than a request. The row is the truth; a message in the broker is only a hint.

    ``attempts`` is the number of the claim: who comes back after losing it settles nothing any more.
    """

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("waiting")
        RUNNING = "RUNNING", _("running")
        DONE = "DONE", _("done")
        FAILED = "FAILED", _("unsuccessful")
        CANCELLED = "CANCELLED", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    args = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="jobs")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")

    objects = querysets.JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            # what was asked for twice is done once, as long as it is not finished
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=["QUEUED", "RUNNING"]), name="job_open_once_per_key"
            )
        ]
        indexes = [
            models.Index(fields=["asked_by", "-created_at", "-id"], name="job_mine"),
            models.Index(fields=["state", "issued_at"], name="job_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Waiting or running."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class ImportBatch(models.Model):
    """One workbook that was read: what came of it, and which rows were refused."""

    kind = models.CharField(max_length=24)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    #: What a list without records of its own made and changed, so that it can be taken back; emptied by that.
    journal = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def brought(self, prefix: str = "events") -> dict[str, Any]:
        """The filter for what this batch brought, by the events of an import under ``prefix``.

        The same file may have been read before: then the rows of that time are that batch's.
        """
        mine: dict[str, Any] = {
            f"{prefix}__verb": "import",
            f"{prefix}__detail__changes__file_sha256": self.sha256,
            f"{prefix}__at__lte": self.at,
        }
        same = ImportBatch.objects.filter(kind=self.kind, sha256=self.sha256, undone_at=None)
        earlier = same.exclude(pk=self.pk).filter(at__lte=self.at, pk__lt=self.pk).order_by("-at").first()
        return mine if earlier is None else {**mine, f"{prefix}__at__gt": earlier.at}


class DocumentTemplate(models.Model):
    """A county's own Word template of an official form; without one the portal's is used. Former ones stay."""

    name = models.CharField(_("form"), max_length=40)
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("template"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(until=None), name="documenttemplate_one_in_use")
        ]

    def __str__(self) -> str:
        return self.name
