"""The record of deliberation: one table for all its cases, each row belonging to exactly one of them."""

from django.db import models
from django.db.models import Q

from accounts.models import ActedEvent
from deliberations.models.cycles import Cycle
from deliberations.models.meetings import Meeting, Promise
from deliberations.models.visits import Visit
from workflow.models import EventDetail

#: The columns of an event that may name its case; a new kind of case adds its own.
ROOTS = ("cycle", "visit", "meeting", "promise")


def exactly_one_root() -> Q:
    """That one of the roots is named and all others are not."""
    either = Q()
    for root in ROOTS:
        either |= Q(**{f"{name}__isnull": name != root for name in ROOTS})
    return either


class DeliberationEvent(ActedEvent):
    """What happened to a case of deliberation."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="events")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="events")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="events")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, blank=True, related_name="events")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_root(), name="deliberationevent_one_root"),
            *(
                models.UniqueConstraint(fields=[root, "seq"], name=f"deliberationevent_{root}_in_order")
                for root in ROOTS
            ),
        ]


class DeliberationEventDetail(EventDetail):
    """The words of an event of deliberation."""

    event = models.OneToOneField(DeliberationEvent, models.PROTECT, related_name="detail")
