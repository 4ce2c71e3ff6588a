"""Rounds of deliberation and what is prepared in them."""

from typing import Any, ClassVar

from deliberations.filters.cycles import CycleFilter
from deliberations.models import (
    Attendance,
    Cycle,
    CycleStation,
    CycleStep,
    Group,
    LeaderContact,
    Notice,
    NoticeReceipt,
    PublicityRecord,
    Resolution,
    SubjectField,
    Topic,
    Training,
    TrainingFile,
)
from deliberations.policies.cycles import can_read_resolutions, can_see_coverage, can_see_preparation
from deliberations.serializers import (
    CycleRow,
    CycleStationRow,
    CycleStepRow,
    GroupRow,
    LeaderContactRow,
    NoticeReceiptRow,
    NoticeRow,
    PublicityRow,
    ResolutionRow,
    SubjectFieldRow,
    TopicRow,
    TrainingAttendanceRow,
    TrainingFileRow,
    TrainingRow,
)
from stations.api import Known
from workflow.api.reading import NEWEST, Reading
from workflow.filters import Key, one_of, since, until


class SubjectFields(Known):
    """Fields of county life by which suggestions are classified."""

    model, row = SubjectField, SubjectFieldRow
    order = (("order", "asc"), ("pk", "asc"))


class Cycles(Reading):
    """Rounds of deliberation, newest first."""

    model, row = Cycle, CycleRow
    order = (("year", "desc"), ("pk", "desc"))
    filterset = CycleFilter
    filters = {"year": Key()}


class CycleStations(Reading):
    """Stations that take part in cycles."""

    model, row, through = CycleStation, CycleStationRow, ("cycle", Cycle)
    filters = {"cycle": Key(), "station": Key()}


class Topics(Reading):
    """Matters proposed for deliberation; outside of the committee those that were selected."""

    model, row = Topic, TopicRow
    filters = {"cycle": Key(), "status": one_of(Topic.Status)}


class Resolutions(Reading):
    """What the committee's bodies decided on paper; read within the committee."""

    model, row = Resolution, ResolutionRow
    may = staticmethod(can_read_resolutions)
    filters = {"body": one_of(Resolution.Body), "since": since("on"), "until": until("on")}

    def visible(self, actor: Any) -> Any:
        """All, within the committee."""
        return Resolution.objects.all() if can_read_resolutions(actor) else Resolution.objects.none()


class Preparation(Reading):
    """What is prepared for a cycle, for whoever prepares it; no matter of the organs."""

    may = staticmethod(can_see_preparation)
    through: ClassVar[Any] = ("cycle", Cycle)
    filters = {"cycle": Key(), "since": since("on"), "until": until("on")}

    def visible(self, actor: Any) -> Any:
        """As the cycle, for those."""
        return super().visible(actor) if can_see_preparation(actor) else self.model._default_manager.none()


class CycleSteps(Preparation):
    """When the steps of preparation are planned."""

    model, row = CycleStep, CycleStepRow
    filters = {"cycle": Key(), "step": one_of(CycleStep.Step)}


class Planned(Reading):
    """What the grouping table says; read within the committee."""

    may = staticmethod(can_see_coverage)

    def visible(self, actor: Any) -> Any:
        """All, within the committee."""
        rows = self.model._default_manager
        return rows.all() if can_see_coverage(actor) else rows.none()


class Groups(Planned):
    """Who goes to which stations."""

    model, row = Group, GroupRow
    filters = {"cycle": Key()}


class LeaderContacts(Planned):
    """Leaders' contact stations."""

    model, row = LeaderContact, LeaderContactRow
    filters = {"cycle": Key(), "station": Key(), "person": Key()}


class Publicity(Preparation):
    """Where topics were made known."""

    model, row, order = PublicityRecord, PublicityRow, NEWEST


class Trainings(Preparation):
    """Trainings of deputies."""

    model, row, order = Training, TrainingRow, NEWEST


class TrainingAttendances(Reading):
    """Lines of the sign-in sheets of trainings: one's own, of a station's deputies, all for the committee."""

    model, row = Attendance, TrainingAttendanceRow
    may = staticmethod(can_see_preparation)
    filters = {"training": Key(), "mandate": Key(), "state": one_of(Attendance.State)}

    def visible(self, actor: Any) -> Any:
        """Of trainings only; meetings have a list of their own."""
        return Attendance.objects.visible_to(actor).filter(training__isnull=False)


class TrainingFiles(Reading):
    """Files of trainings: what was taught for whoever prepares, photos and sheets for the committee."""

    model, row = TrainingFile, TrainingFileRow
    may = staticmethod(can_see_preparation)
    filters = {"training": Key(), "kind": one_of(TrainingFile.Kind)}

    def visible(self, actor: Any) -> Any:
        """As the training; by program sheets and photos are told to the committee alone."""
        rows = TrainingFile.objects.filter(training__in=Training.objects.visible_to(actor))
        return rows if actor.is_committee else rows.filter(kind=TrainingFile.Kind.CONTENT)


class Notices(Reading):
    """What stations were told a month ahead: all for the committee, else those that came to a station of one's own."""

    model, row = Notice, NoticeRow
    filters = {"cycle": Key(), "status": one_of(Notice.Status)}

    def visible(self, actor: Any) -> Any:
        """By the receipts one sees; the committee also reads what went to nobody."""
        if actor.is_committee:
            return Notice.objects.all()
        return Notice.objects.filter(pk__in=NoticeReceipt.objects.visible_to(actor).values("notice"))


class NoticeReceipts(Reading):
    """Notices at stations: sent, received, conveyed."""

    model, row = NoticeReceipt, NoticeReceiptRow
    filters = {
        "notice": Key(),
        "station": Key(),
        "cycle": Key(field_name="notice__cycle"),
        "status": one_of(NoticeReceipt.Status),
    }
