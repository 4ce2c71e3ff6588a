"""Who sees which supervision card, and cards as adjectives."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from workflow import clock

#: Of a key suggestion: in hand, so that its card can still be written.
_SUPERVISED = ("REGISTERED", "AT_FORWARDER", "HANDLING", "REPLIED")
#: Of a suggestion: withdrawn or ended by resolution, so that its card presses nobody any more.
_ENDED = Q(suggestion__status="WITHDRAWN") | Q(
    suggestion__closing_basis__in=("UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN")
)


class CardQuerySet(models.QuerySet):
    """Cards as adjectives."""

    def visible_to(self, actor: Actor) -> "CardQuerySet":
        """As the suggestion is; before it is signed only the committee sees it."""
        if actor.is_system or actor.is_committee:
            return self
        suggestion: Any = self.model._meta.get_field("suggestion").related_model
        return self.exclude(status="DRAFT").filter(suggestion__in=suggestion.objects.visible_to(actor))

    def with_last_version(self) -> "CardQuerySet":
        """With what the version in force says: organ, its leader, date, and since when."""
        version: Any = self.model._meta.get_field("versions").related_model
        last = version.objects.filter(card=OuterRef("pk")).order_by("-version")
        return self.select_related("leader", "body", "suggestion").annotate(
            organ_name=Subquery(last.values("organ__name")[:1]),
            organ_leader=Subquery(last.values("organ_leader")[:1]),
            due_on=Coalesce(Subquery(last.values("due_on")[:1]), Value(date.max), output_field=models.DateField()),
            issued_on=Subquery(last.values("issued_on")[:1]),
            version_number=Subquery(last.values("version")[:1]),
        )

    def own_first(self, actor: Actor) -> "CardQuerySet":
        """With the two ranks by which lists begin: the reader's own cards, then those that are still open."""
        return self.annotate(
            own=Case(When(leader=actor.person_id, then=0), default=1, output_field=models.IntegerField()),
            over=Case(When(status="STRUCK_OFF", then=1), default=0, output_field=models.IntegerField()),
        )

    def running(self) -> "CardQuerySet":
        """In force, and the organ has still to report."""
        return self.filter(status="ISSUED").exclude(_ENDED)

    def in_light(self, light: str, today: date) -> "CardQuerySet":
        """Rows of ``with_last_version`` that are overdue, or due within ten or thirty days."""
        running = self.running()
        if light == "overdue":
            return running.filter(due_on__lt=today)
        days = {"within_10": 10, "within_30": 30}[light]
        return running.filter(due_on__range=(today, today + timedelta(days)))


def without_card(suggestions: Any) -> Any:
    """Of these suggestions the designated key ones that are in hand and have no card yet, the oldest first."""
    designated = suggestions.filter(is_key=True, key_resolution__isnull=False, supervising_leader__isnull=False)
    lacking = designated.filter(status__in=_SUPERVISED, card=None).select_related("supervising_leader")
    return lacking.order_by(F("first_handed_over_on").asc(nulls_last=True), "pk")


class ProposalQuerySet(models.QuerySet):
    """Proposed steps as adjectives."""

    def visible_to(self, actor: Actor) -> "ProposalQuerySet":
        """The committee's own business."""
        return self if actor.is_system or actor.is_committee else self.none()

    def open(self) -> "ProposalQuerySet":
        """Neither released nor dismissed, and still true."""
        return self.filter(status="OPEN")


class CallQuerySet(models.QuerySet):
    """Telephone calls as adjectives."""

    def visible_to(self, actor: Actor) -> "CallQuerySet":
        """The committee's own business."""
        return self if actor.is_system or actor.is_committee else self.none()

    def made(self) -> "CallQuerySet":
        """Those that were not ticked by mistake."""
        return self.filter(status="MADE")


class PerformanceQuerySet(models.QuerySet):
    """Entries of performance files as adjectives."""

    def visible_to(self, actor: Actor) -> "PerformanceQuerySet":
        """The committee's, a station's own deputies', one's own; nobody else's business."""
        if actor.is_system:
            return self
        mandates: Any = self.model._meta.get_field("mandate").related_model
        return self.filter(mandate__in=mandates.objects.with_readable_file(actor, clock.today()))
