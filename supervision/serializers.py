"""Supervision cards, calls, rules and the calendar as the API tells them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from supervision.models import Call, CallItem, Card, CardFeedback, CardVersion, PerformanceEntry, Proposal
from workflow.models import CalendarDay, CalendarYear, RuleSet
from workflow.serializers import Row


class CardRow(Row):
    """The card by which a key suggestion is supervised."""

    class Meta:
        model = Card
        fields = ("id", "version", "number", "status", "suggestion", "leader", "body", "body_person")


class CardVersionRow(Row):
    """What a card says."""

    class Meta:
        model = CardVersion
        fields = (
            "id", "card", "version", "why_key", "requirements", "milestones", "organ", "organ_leader", "handler",
            "phone", "co_organs", "due_on", "signed_by", "signed_on", "signed_sheet", "issued_on", "sha256",
        )  # fmt: skip


class CardFeedbackRow(Row):
    """The organ's report of completion, and what was concluded."""

    class Meta:
        model = CardFeedback
        fields = ("id", "card", "round", "report", "on", "signed_by", "conclusion", "accepted", "concluded_on")


class ProposalRow(Row):
    """A step that presses somebody, as it is proposed."""

    class Meta:
        model = Proposal
        fields = (
            "id", "version", "kind", "status", "suggestion", "promise", "commitment", "organ", "act_by", "to", "text",
        )  # fmt: skip


class CallItemRow(Row):
    """What a call was about."""

    class Meta:
        model = CallItem
        fields = ("suggestion", "promise", "commitment", "receipt")


class CallRow(Row):
    """A telephone call about what is late."""

    items = CallItemRow(many=True, read_only=True)

    class Meta:
        model = Call
        fields = (
            "id", "version", "status", "organ", "mandate", "station", "number", "on", "outcome", "promised_on", "words",
            "by", "items",
        )  # fmt: skip


class RuleSetRow(Row):
    """The county's parameters from a day on."""

    values = serializers.SerializerMethodField(help_text="What differs from the defaults.")

    class Meta:
        model = RuleSet
        fields = ("id", "valid_from", "note", "values")

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_values(self, row: RuleSet) -> dict[str, Any]:
        """By key."""
        return {value.key: value.value for value in row.values.all()}


class PerformanceEntryRow(Row):
    """An activity that was entered by hand in a deputy's performance file."""

    class Meta:
        model = PerformanceEntry
        fields = ("id", "mandate", "kind", "on", "text", "days", "voided_at", "void_reason")


class CalendarDayRow(Row):
    """A weekday off, or a weekend day worked."""

    class Meta:
        model = CalendarDay
        fields = ("date", "kind", "name")


class CalendarYearRow(Row):
    """A year of the working-day calendar, with the exceptions to Monday to Friday."""

    days = CalendarDayRow(many=True, read_only=True)

    class Meta:
        model = CalendarYear
        fields = ("id", "year", "source", "standing", "days")
