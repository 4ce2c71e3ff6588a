"""Time limits and events of a suggestion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ActedEvent
from suggestions import querysets
from suggestions.models.handling import Assignment
from suggestions.models.suggestion import Suggestion
from workflow.models import Clock, EventDetail


class ClockKind(models.TextChoices):
    """What a time limit of a suggestion is for."""

    RECEIPT = "RECEIPT", _("receipt")
    CO_HOST = "CO_HOST", _("co-host's opinion")
    REPLY = "REPLY", _("reply")
    FEEDBACK = "FEEDBACK", _("deputy's evaluation")
    RELEASE = "RELEASE", _("release of the verdict")
    OBJECTION = "OBJECTION", _("decision on the objection")


class SuggestionClock(Clock):
    """A time limit on a suggestion, or on one organ's part in it."""

    kind = models.CharField(max_length=24, choices=ClockKind)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="clocks")
    round = models.PositiveSmallIntegerField(default=1)

    objects = querysets.ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "kind", "round"],
                condition=Q(assignment__isnull=True, voided_on__isnull=True),
                name="clock_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=Q(assignment__isnull=False, voided_on__isnull=True),
                name="clock_once_per_assignment",
            ),
        ]
        indexes = [
            # the reminders' scan of open clocks
            models.Index(fields=["act_by"], condition=Q(met_on=None, voided_on=None), name="clock_open"),
            models.Index(fields=["suggestion", "kind"], name="clock_of_suggestion"),
            # the running limit of a row of the list
            models.Index(fields=["suggestion", "kind"], condition=Q(met_on=None, voided_on=None), name="clock_running"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class SuggestionEvent(ActedEvent):
    """One act on a suggestion or on a part of it."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["suggestion", "seq"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "seq"], name="suggestionevent_in_order")]


class SuggestionEventDetail(EventDetail):
    """The words of a suggestion's event."""

    event = models.OneToOneField(SuggestionEvent, models.PROTECT, related_name="detail")
