"""Rounds of deliberation, visits, meetings and promises as the API tells them."""

from typing import Any

from rest_framework import serializers

from deliberations.models import (
    Attendance,
    ConveyedMatter,
    Cycle,
    CycleStation,
    CycleStep,
    Group,
    Guests,
    LeaderContact,
    Material,
    MaterialCopy,
    MaterialRead,
    Meeting,
    MeetingOpinion,
    Notice,
    NoticeReceipt,
    Opinion,
    Promise,
    PublicityRecord,
    Resolution,
    SubjectField,
    Telling,
    Topic,
    TownshipTask,
    Training,
    TrainingFile,
    Visit,
    VisitFile,
)
from workflow.serializers import Row, of


class SubjectFieldRow(Row):
    """A field of county life."""

    class Meta:
        model = SubjectField
        fields = ("id", "code", "name", "supervising_body")


def _committee(actor: Any, _row: Any) -> bool:
    """The plan's words and approvals are read within the committee."""
    return bool(actor.is_committee)


class CycleRow(Row):
    """A round of deliberation."""

    veiled = dict.fromkeys(("purpose", "requirements", "copied_from", "approvals"), _committee)

    class Meta:
        model = Cycle
        fields = (
            "id", "version", "year", "title", "status", "policy_basis", "first_meeting_on", "review", "purpose",
            "requirements", "copied_from", "approvals",
        )  # fmt: skip


class CycleStationRow(Row):
    """That a station takes part in a cycle."""

    class Meta:
        model = CycleStation
        fields = ("id", "cycle", "station", "planned_on", "group")


class CycleStepRow(Row):
    """When a step of preparation is planned."""

    class Meta:
        model = CycleStep
        fields = ("id", "cycle", "step", "starts_on", "ends_on")


class GroupRow(Row):
    """A row of the grouping table."""

    class Meta:
        model = Group
        fields = ("id", "cycle", "name", "leader", "members", "organs", "starts_on", "ends_on")


class LeaderContactRow(Row):
    """That a leader goes to a station in a cycle."""

    class Meta:
        model = LeaderContact
        fields = ("id", "cycle", "station", "person")


class MaterialRow(Row):
    """A paper for deputies."""

    class Meta:
        model = Material
        fields = (
            "id", "cycle", "title", "kind", "issuer", "number", "issued_on", "summary", "file", "is_key", "added_at",
            "withdrawn_at",
        )  # fmt: skip


class MaterialCopyRow(Row):
    """Printed copies that went to a station."""

    class Meta:
        model = MaterialCopy
        fields = ("id", "material", "station", "copies", "on", "received_by", "received_on")


class MaterialReadRow(Row):
    """That somebody opened a paper."""

    class Meta:
        model = MaterialRead
        fields = ("id", "material", "user", "at")


class ResolutionRow(Row):
    """A decision taken on paper."""

    class Meta:
        model = Resolution
        fields = ("id", "body", "number", "on", "text", "scan")


class TopicRow(Row):
    """A matter proposed for deliberation."""

    class Meta:
        model = Topic
        fields = (
            "id", "cycle", "status", "title", "text", "source", "criteria", "reasons", "proposing_body", "resolution",
        )  # fmt: skip


class NoticeRow(Row):
    """What the stations were told a month ahead."""

    class Meta:
        model = Notice
        fields = (
            "id", "cycle", "status", "title", "text", "guidance", "issued_on", "lead_days", "override_reason",
            "agreed_by",
        )  # fmt: skip


class NoticeReceiptRow(Row):
    """A notice at one station."""

    days_ahead = serializers.IntegerField()
    is_in_time = serializers.BooleanField()

    class Meta:
        model = NoticeReceipt
        fields = (
            "id", "notice", "station", "status", "meeting_on", "days_ahead", "is_in_time", "received_at", "way",
            "received_by", "conveyed_on",
        )  # fmt: skip


class PublicityRow(Row):
    """That topics were made known."""

    link = serializers.CharField(allow_blank=True)

    class Meta:
        model = PublicityRecord
        fields = ("id", "cycle", "channel", "title", "on", "link", "picture", "reach", "topics")


class TrainingRow(Row):
    """A training of deputies."""

    class Meta:
        model = Training
        fields = (
            "id", "cycle", "mode", "station", "title", "on", "place", "lecturer", "content", "hours", "due", "present",
        )  # fmt: skip


class TrainingAttendanceRow(Row):
    """A line of the sign-in sheet of a training."""

    class Meta:
        model = Attendance
        fields = ("id", "training", "part", "mandate", "name", "state", "leave_reason", "way", "signed_at")


class TrainingFileRow(Row):
    """A file of a training; its content is read on the page."""

    name = of("file.name", serializers.CharField)
    size = of("file.size")

    class Meta:
        model = TrainingFile
        fields = ("id", "training", "kind", "name", "size")


class VisitRow(Row):
    """A talk of deputies with a voter."""

    class Meta:
        model = Visit
        fields = (
            "id", "version", "client_id", "status", "station", "cycle", "kind", "on", "time", "place",
            "policies_conveyed", "companions", "topics", "reported_topics", "deputies", "recorded_by", "confirmed_at",
            "imported_from", "leaders", "reception_day", "chair", "recorder", "materials", "news",
        )  # fmt: skip


class VisitFileRow(Row):
    """A photo, recording or sheet of a visit; its content is told by no address of the API."""

    class Meta:
        model = VisitFile
        fields = ("id", "visit", "kind", "client_id", "erased_at")


class GuestsRow(Row):
    """How many of a kind of invitee came to a voters' meeting."""

    class Meta:
        model = Guests
        fields = ("id", "visit", "category", "number")


class ConveyedMatterRow(Row):
    """What was told to deputies and voters."""

    class Meta:
        model = ConveyedMatter
        fields = ("id", "visit", "kind", "text", "material")


class OpinionRow(Row):
    """One matter in the voter's own words; who said it is told by village and kind alone."""

    is_named = serializers.SerializerMethodField(help_text="Whether a name is kept. It is told by no address.")
    village = serializers.SerializerMethodField()
    category = serializers.SerializerMethodField()
    version = of("visit.version", help_text="Of the visit.")

    class Meta:
        model = Opinion
        fields = (
            "id", "visit", "version", "words", "wish", "recorder_view", "field", "topic", "on_the_spot_answer",
            "route", "route_reason", "confidential", "tell_wish", "is_named", "village", "category", "to_be_typed",
            "about", "responsible",
        )  # fmt: skip

    def get_is_named(self, row: Opinion) -> bool:
        """Whether there is a name or a number."""
        return row.voter is not None and row.voter.is_named

    def get_village(self, row: Opinion) -> str:
        """The voter's village or community."""
        return row.voter.village if row.voter else ""

    def get_category(self, row: Opinion) -> str:
        """What kind of voter."""
        return row.voter.category if row.voter else ""


class TellingRow(Row):
    """That a voter was told, or could not be reached."""

    class Meta:
        model = Telling
        fields = ("id", "opinion", "on", "by", "how", "text", "reached", "final")


class MeetingRow(Row):
    """A deliberation or hand-over meeting."""

    class Meta:
        model = Meeting
        fields = (
            "id", "version", "kind", "status", "cycle", "station", "held_on", "time", "place", "chair", "recorder",
            "convenor", "held_with", "key_only",
        )  # fmt: skip


class AttendanceRow(Row):
    """Who was at a meeting, or why not."""

    class Meta:
        model = Attendance
        fields = ("id", "meeting", "part", "mandate", "organ", "name", "post", "state", "leave_reason")


class MeetingOpinionRow(Row):
    """What a deputy put forward, and what came of it."""

    version = of("meeting.version", help_text="Of the meeting.")
    basis = serializers.SerializerMethodField(help_text="The voters' opinions behind it that one may read.")

    class Meta:
        model = MeetingOpinion
        fields = (
            "id", "meeting", "version", "order", "speaker", "topic", "field", "text", "basis", "outcome", "way",
            "county_lead", "basis_text", "conditions_limited", "answered_by", "answering_organ", "acknowledgement",
        )  # fmt: skip

    def get_basis(self, row: MeetingOpinion) -> list[int]:
        """Their keys."""
        return [opinion.pk for opinion in row.shown]  # type: ignore[attr-defined]


class PromiseRow(Row):
    """What an organ promised on the spot."""

    class Meta:
        model = Promise
        fields = (
            "id", "version", "meeting_opinion", "status", "text", "organ", "person", "made_on", "due_on", "report",
            "reported_on", "picture", "settled_on",
        )  # fmt: skip


class TownshipTaskRow(Row):
    """What a township or village has to settle: put forward at a meeting, or said by a voter."""

    class Meta:
        model = TownshipTask
        fields = (
            "id", "meeting_opinion", "opinion", "township", "assignee", "assigned_on", "due_on", "handler", "result",
            "done_on",
        )  # fmt: skip
