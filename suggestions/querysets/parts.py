"""What belongs to a suggestion as adjectives: signatures, replies, evaluations, limits, commitments."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncDate

from accounts.actor import Actor
from accounts.models import Role, TrustedDevice
from accounts.querysets import acting_for
from suggestions.querysets.cases import FOLLOWED, own_deputies, rows_of

#: Days after a phone was bound in which what is said by its owner is asked back.
BOUND_OF_LATE = 7


class CoSignatureQuerySet(models.QuerySet):
    """Signatures along with the lead as adjectives."""

    def visible_to(self, actor: Actor) -> "CoSignatureQuerySet":
        """One's own, a station's own deputies', and all for the committee's staff."""
        if actor.is_staff:
            return self
        if actor.is_deputy:
            return self.filter(mandate__person=actor.person_id)
        if actor.role == Role.STATION:
            return self.filter(mandate__in=own_deputies(rows_of(self.model, "mandate"), actor))
        return self.none()

    def open(self) -> "CoSignatureQuerySet":
        """Asked, and not answered yet."""
        return self.filter(status="INVITED", suggestion__status="SIGNING")


class ReplyQuerySet(models.QuerySet):
    """Replies as adjectives."""

    def visible_to(self, actor: Actor) -> "ReplyQuerySet":
        """Released replies, and drafts only for the organ that writes them, the office and the committee."""
        assignment = self.model._meta.get_field("assignment").related_model
        mine = self.filter(assignment__suggestion__in=rows_of(assignment, "suggestion").visible_to(actor))
        if actor.is_system or actor.is_committee or actor.is_government_office:
            return mine
        return mine.filter(Q(status="RELEASED") | acting_for(actor.organ_id, "assignment__organ"))


class EvaluationQuerySet(models.QuerySet):
    """Evaluations as adjectives."""

    def visible_to(self, actor: Actor) -> "EvaluationQuerySet":
        """The committee's, one's own, a station's own deputies', and for organs only what was released."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.is_deputy:
            return self.filter(mandate__person=actor.person_id)
        if actor.role == Role.STATION:
            return self.filter(mandate__in=own_deputies(rows_of(self.model, "mandate"), actor))
        if actor.is_organ or actor.is_government_office:
            return self.filter(reply__in=rows_of(self.model, "reply").visible_to(actor), released_on__isnull=False)
        return self.none()

    def to_confirm(self) -> "EvaluationQuerySet":
        """Forms that an organ handed in and nothing else has come of yet: none counts, the committee has to call."""
        counting = self.model._default_manager.filter(reply=OuterRef("reply"), mandate=OuterRef("mandate"), counts=True)
        return self.filter(~Exists(counting), source="ORGAN_FORM", counts=False)

    def to_call_back(self) -> "EvaluationQuerySet":
        """The deputies' own within a week of a phone being bound, not asked back by telephone: somebody else may hold it."""
        week = ExpressionWrapper(F("bound_at") + timedelta(days=BOUND_OF_LATE), output_field=models.DateTimeField())
        phones = TrustedDevice.objects.filter(user__person=OuterRef("mandate__person"), bound_at__isnull=False)
        bound = phones.annotate(first=TruncDate("bound_at"), last=TruncDate(week))
        late = bound.filter(first__lte=OuterRef("on"), last__gte=OuterRef("on"))
        called = self.model._default_manager.filter(
            reply=OuterRef("reply"), mandate=OuterRef("mandate"), source="CALL_BACK"
        )
        return self.filter(Exists(late), ~Exists(called), source="OWN")

    def differing(self) -> "EvaluationQuerySet":
        """Those that do not count and say something else than the one that does (scenario 36)."""
        counting = self.model._default_manager.filter(reply=OuterRef("reply"), mandate=OuterRef("mandate"), counts=True)
        other_result = counting.exclude(result=OuterRef("result"))
        both = counting.exclude(attitude="").exclude(attitude=OuterRef("attitude"))
        return self.filter(Exists(other_result) | ~Q(attitude="") & Exists(both), counts=False)


class ClockQuerySet(models.QuerySet):
    """Time limits as adjectives."""

    def running(self) -> "ClockQuerySet":
        """Neither met nor voided."""
        return self.filter(met_on=None, voided_on=None)


class CommitmentQuerySet(models.QuerySet):
    """Commitments in replies as adjectives."""

    def visible_to(self, actor: Actor) -> "CommitmentQuerySet":
        """Those of replies one may see."""
        return self.filter(reply__in=rows_of(self.model, "reply").visible_to(actor))

    def made(self) -> "CommitmentQuerySet":
        """Of released replies: what an organ has not sent off yet is no commitment."""
        return self.filter(reply__status="RELEASED")

    def followed(self) -> "CommitmentQuerySet":
        """Made in the latest answer of a suggestion that goes on; an earlier answer's are no longer followed."""
        replies = rows_of(self.model, "reply").filter(
            assignment__suggestion=OuterRef("reply__assignment__suggestion"),
            assignment__round__gt=OuterRef("reply__assignment__round"),
            status="RELEASED",
        )
        going_on = {"reply__assignment__suggestion__status__in": FOLLOWED}
        return self.made().filter(~Exists(replies), **going_on)

    def open(self) -> "CommitmentQuerySet":
        """Of released replies, not yet found to be kept."""
        return self.followed().exclude(status="CONFIRMED")

    def overdue(self, today: date) -> "CommitmentQuerySet":
        """Open after their day."""
        return self.open().filter(due_on__lt=today)

    def reported(self) -> "CommitmentQuerySet":
        """Reported as kept, and the deputy has not said whether it is so."""
        return self.open().filter(status="REPORTED_DONE")

    def kept(self) -> "CommitmentQuerySet":
        """Confirmed by the deputy and struck off."""
        return self.made().filter(status="CONFIRMED")

    def concerning(self, actor: Actor) -> "CommitmentQuerySet":
        """Of those one may see the ones that are one's own: an organ's as host or as who keeps it; all for others."""
        seen = self.visible_to(actor).made()
        if not actor.is_organ:
            return seen
        return seen.filter(acting_for(actor.organ_id) | acting_for(actor.organ_id, "reply__assignment__organ"))

    def of_speaker(self, person_id: int | None) -> "CommitmentQuerySet":
        """In answers on which the person's judgement decides."""
        case = "reply__assignment__suggestion"
        continued = Q(**{f"{case}__continued_by__person": person_id})
        return self.filter(continued | Q(**{f"{case}__continued_by": None, f"{case}__lead__person": person_id}))

    def for_list(self) -> "CommitmentQuerySet":
        """With the suggestion, who answered it and whoever speaks for it."""
        case = "reply__assignment__suggestion"
        return self.select_related(
            "organ", "reply__result_class", "reply__assignment__organ", f"{case}__lead__person",
            f"{case}__continued_by__person",
        )  # fmt: skip
