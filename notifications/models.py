"""One row per fact that someone must be told: inbox and outbox at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, User
from notifications import querysets


class Notification(models.Model):
    """A fact told to one user, once; written in the transaction of the act or found missing by a sweep.

    ``fact`` is "rule-or-verb:label:pk:due date or round"; text is made from ``kind`` and ``params`` when shown.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notifications")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    fact = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=40, blank=True)

    objects = querysets.NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "fact"], name="notification_once_per_fact")]
        indexes = [
            # the inbox, newest first
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_inbox"),
            # the bell
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None, void_reason=""), name="notification_unread"
            ),
            # what a sweep drops when it is no longer true
            models.Index(fields=["fact"], name="notification_fact"),
        ]

    def __str__(self) -> str:
        return self.fact


class Dispatch(models.Model):
    """A notification on its way through one channel: due → sending (lease) → sent, failed, unknown or dropped."""

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", _("e-mail")

    class State(models.TextChoices):
        DUE = "DUE", _("to be sent")
        SENDING = "SENDING", _("being sent")
        SENT = "SENT", _("sent")
        FAILED = "FAILED", _("failed")
        UNKNOWN = "UNKNOWN", _("unknown whether sent")
        DROPPED = "DROPPED", _("no longer needed")

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=12, choices=Channel)
    state = models.CharField(max_length=12, choices=State, default=State.DUE)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = querysets.DispatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="dispatch_once_per_channel")]
        indexes = [models.Index(fields=["state", "not_before"], name="dispatch_due")]

    def __str__(self) -> str:
        return f"{self.notification} {self.channel}"
