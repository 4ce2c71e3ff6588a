"""Suggestions and everything that hangs on them as the API tells it; what a page hides is null here."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from suggestions import policies, stages
from suggestions.models import (
    Assignment,
    CoHostOpinion,
    Commitment,
    ContactRecord,
    Continuation,
    CoSignature,
    Delivery,
    Evaluation,
    Extension,
    HandOver,
    MergeGroup,
    Objection,
    Reply,
    ResultClass,
    Suggestion,
    SuggestionClock,
    Verdict,
)
from workflow.serializers import Ref, RefSerializer, Row, of

_VERSION = "Of the suggestion; acts ask for it."


def _committee(actor: Any, _row: Any) -> bool:
    return actor.is_committee


class SuggestionRow(Row):
    """A deputy's suggestion, criticism or opinion."""

    stage = serializers.SerializerMethodField(help_text="Where it stands, in the reader's words.")
    host = serializers.CharField(
        source="host_name", allow_null=True, help_text="The organ that answers, in this round."
    )
    act_by = serializers.DateField(allow_null=True, help_text="The last working day for the reply, while it is due.")
    due_on = serializers.DateField(allow_null=True, help_text="The statutory date of the reply, while it is due.")
    number = serializers.CharField()
    veiled = {"key_nomination": _committee}

    class Meta:
        model = Suggestion
        fields: tuple[str, ...] = (
            "id", "version", "number", "status", "stage", "title", "level", "origin", "session", "cycle",
            "submitted_by", "lead", "raised_by", "continued_by", "delegation", "publicity", "series", "serial",
            "received_on", "registered_on", "field", "key_nomination", "is_key", "key_reason", "key_resolution",
            "supervising_leader", "supervising_body", "reply_term", "first_handed_over_on", "round", "host", "act_by",
            "due_on", "closed_on", "closing_basis", "closing_resolution", "refusal", "referred_to", "agenda_on",
            "withdrawn_on", "merge_group", "imported_from",
        )  # fmt: skip

    def get_stage(self, row: Any) -> str:
        """In the reader's words."""
        return stages.stage_of_row(row, self.context["request"].actor)


class WholeSuggestionRow(SuggestionRow):
    """A suggestion with its words and with who signed it along."""

    co_signers = serializers.SerializerMethodField()
    lead_phone = serializers.SerializerMethodField(help_text="For the committee and the organs that handle it.")

    class Meta(SuggestionRow.Meta):
        fields = (*SuggestionRow.Meta.fields, "facts", "demand", "confirmed_at", "co_signers", "lead_phone")

    @extend_schema_field(RefSerializer(many=True))
    def get_co_signers(self, row: Any) -> Any:
        """Who signed along."""
        one = Ref("person.name")
        return [one.to_representation(signature.mandate) for signature in row.signed]

    def get_lead_phone(self, row: Any) -> str | None:
        """The lead deputy's number, or null."""
        return row.lead.person.phone if policies.can_see_phones(self.context["request"].actor, row) else None


class EventSerializer(serializers.Serializer):
    """One act, in the words of the reader."""

    id = serializers.IntegerField()
    seq = serializers.IntegerField()
    verb = serializers.CharField()
    at = serializers.DateTimeField()
    who = serializers.CharField()
    how = serializers.CharField(allow_blank=True, help_text="Where it did not come in the system.")
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    changes = serializers.ListField(child=serializers.CharField())


class HandOverRow(Row):
    """The committee's hand-over."""

    class Meta:
        model = HandOver
        fields = ("id", "suggestion", "to", "on", "meeting", "slip_no", "requirements")


class AssignmentRow(Row):
    """What an organ received in one round."""

    version = of("suggestion.version", help_text=_VERSION)

    class Meta:
        model = Assignment
        fields = (
            "id", "suggestion", "version", "hand_over", "round", "organ", "part", "status", "objection_until",
            "received_on", "received_by", "leader", "handler", "phone",
        )  # fmt: skip


class ContactRow(Row):
    """That the organ talked with the deputy."""

    class Meta:
        model = ContactRecord
        fields = (
            "id", "assignment", "stage", "on", "manner", "no_personal_reason", "people", "points", "deputy_opinion",
        )  # fmt: skip


def _shows_opinion(actor: Any, row: CoHostOpinion) -> bool:
    return policies.can_see_opinion(actor, row.assignment)


class CoHostOpinionRow(Row):
    """A co-host's opinion; on the deputy's side it is read along with the reply."""

    suggestion = of("assignment.suggestion.pk")
    veiled = dict.fromkeys(("text", "on", "signed_by", "waive_reason"), _shows_opinion)

    class Meta:
        model = CoHostOpinion
        fields = ("id", "assignment", "suggestion", "text", "on", "signed_by", "waive_reason")


class ObjectionRow(Row):
    """An organ says that it should not handle it."""

    version = of("assignment.suggestion.version", help_text=_VERSION)

    class Meta:
        model = Objection
        fields = (
            "id", "assignment", "version", "status", "number", "requested_on", "reason", "basis", "proposed",
            "signed_by", "decided_on", "decision", "decided_by",
        )  # fmt: skip


class ExtensionRow(Row):
    """A host asks for a later day."""

    version = of("assignment.suggestion.version", help_text=_VERSION)

    class Meta:
        model = Extension
        fields = (
            "id", "assignment", "version", "status", "requested_on", "old_due_on", "new_due_on", "reason", "measures",
            "explained_on", "explained_how", "signed_by", "decided_on", "agreed_by",
        )  # fmt: skip


class ResultClassRow(Row):
    """What a reply comes to."""

    class Meta:
        model = ResultClass
        fields = ("id", "code", "label", "counts_as_solved", "needs_follow_up")


class ReplyRow(Row):
    """The host's reply."""

    suggestion = of("assignment.suggestion_id")
    version = of("assignment.suggestion.version", help_text=_VERSION)
    round = of("assignment.round")

    class Meta:
        model = Reply
        fields = (
            "id", "assignment", "suggestion", "version", "round", "status", "doc_no", "body", "result_class",
            "signed_by", "letter_on", "scan", "released_on", "sha256",
        )  # fmt: skip


class CommitmentRow(Row):
    """What a reply commits the organ to."""

    version = of("reply.assignment.suggestion.version", help_text=_VERSION)

    class Meta:
        model = Commitment
        fields = (
            "id", "reply", "version", "status", "text", "organ", "person", "due_on", "report", "reported_on", "picture",
            "confirmed_on",
        )  # fmt: skip


class DeliveryRow(Row):
    """That a reply reached a signatory."""

    class Meta:
        model = Delivery
        fields = ("id", "reply", "mandate", "way", "on", "receiver")


def _sees_form(actor: Any, _row: Any) -> bool:
    return policies.can_see_signed_forms(actor)


class EvaluationRow(Row):
    """A deputy's judgement of a reply."""

    veiled = {"private_remark": _committee, "number_called": _committee, "scan": _sees_form}

    class Meta:
        model = Evaluation
        fields = (
            "id", "reply", "mandate", "source", "counts", "attitude", "result", "text", "private_remark", "on",
            "number_called", "scan", "released_on",
        )  # fmt: skip


class VerdictRow(Row):
    """What the evaluations of a round come to."""

    class Meta:
        model = Verdict
        fields = ("id", "suggestion", "round", "value", "rule", "released_on")


class ClockRow(Row):
    """A time limit, with how it was counted."""

    class Meta:
        model = SuggestionClock
        fields = (
            "id", "suggestion", "assignment", "round", "kind", "start_on", "due_on", "act_by", "original_due_on",
            "met_on", "voided_on", "rule_key", "provisional",
        )  # fmt: skip


class CoSignatureRow(Row):
    """That a deputy is asked to sign along, and the answer."""

    class Meta:
        model = CoSignature
        fields = ("id", "suggestion", "mandate", "status", "at")


class MergeGroupRow(Row):
    """Suggestions that say the same, handled under a leading one."""

    class Meta:
        model = MergeGroup
        fields = ("id", "lead", "reason", "since", "until")


class ContinuationRow(Row):
    """That another deputy continues a suggestion."""

    class Meta:
        model = Continuation
        fields = ("id", "suggestion", "before", "after", "reason", "on", "resolution")
