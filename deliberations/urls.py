"""Addresses of deliberation."""

from django.urls import path, register_converter

from deliberations.documents import PLAN_FORMS
from deliberations.views import (
    coverage,
    cycle_acts,
    cycle_pages,
    hand_over_meetings,
    materials,
    meeting_acts,
    meetings,
    notes,
    plan,
    promise_acts,
    promises,
    publicity,
    returns,
    township_tasks,
    training_acts,
    trainings,
    visit_acts,
    visit_records,
    visits,
)
from deliberations.views.cycle_catalogue import ACTS
from deliberations.views.meeting_catalogue import MEETING_ACTS, OPINION_ACTS
from deliberations.views.resolutions import resolutions, scan
from deliberations.views.training_catalogue import ACTS as TRAINING_ACTS
from deliberations.views.visit_catalogue import ACTS as VISIT_ACTS


class CycleActConverter:
    """The name of an act in a cycle; only known acts have an address."""

    regex = "|".join(ACTS)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class VisitActConverter(CycleActConverter):
    """The name of an act on a visit or on one of its opinions."""

    regex = "|".join(VISIT_ACTS)


class PromiseActConverter(CycleActConverter):
    """The name of an act on a promise."""

    regex = "|".join(promise_acts.ACTS)


class HandOverMeetingActConverter(CycleActConverter):
    """The name of an act on a hand-over meeting."""

    regex = "|".join(hand_over_meetings.ACTS)


class MeetingActConverter(CycleActConverter):
    """The name of an act on a deliberation meeting."""

    regex = "|".join(MEETING_ACTS)


class MeetingOpinionActConverter(CycleActConverter):
    """The name of an act on an opinion put forward at a meeting."""

    regex = "|".join(OPINION_ACTS)


class TrainingActConverter(CycleActConverter):
    """The name of an act on a training or on one of its files."""

    regex = "|".join(TRAINING_ACTS)


register_converter(TrainingActConverter, "training_act")


class TaskActConverter(CycleActConverter):
    """The name of an act on the board of a township."""

    regex = "|".join(township_tasks.ACTS)


class PlanConverter(CycleActConverter):
    """The name of a document that is written from the plan."""

    regex = "|".join(PLAN_FORMS)


class MaterialActConverter(CycleActConverter):
    """The name of an act on a paper for deputies, or on copies of it."""

    regex = "|".join(materials.ACTS)


register_converter(PlanConverter, "plan_form")
register_converter(MaterialActConverter, "material_act")
register_converter(CycleActConverter, "cycle_act")
register_converter(TaskActConverter, "task_act")
register_converter(MeetingActConverter, "meeting_act")
register_converter(MeetingOpinionActConverter, "meeting_opinion_act")
register_converter(PromiseActConverter, "promise_act")
register_converter(HandOverMeetingActConverter, "hand_over_meeting_act")
register_converter(VisitActConverter, "visit_act")

app_name = "deliberations"
urlpatterns = [
    path("cycles/", cycle_pages.cycle_list, name="cycles"),
    path("cycles/new/", cycle_acts.plan, name="plan_cycle"),
    path("cycles/<int:pk>/", cycle_pages.detail, name="cycle"),
    path("cycles/<int:pk>/coverage/", coverage.matrix, name="coverage"),
    path("cycles/<int:pk>/coverage.xlsx", coverage.workbook, name="coverage_workbook"),
    path("cycles/<int:pk>/copy/", plan.copy, name="copy_cycle"),
    path("cycles/<int:pk>/documents/<plan_form:kind>/", plan.document, name="plan_document"),
    path("cycles/<int:pk>/article/", publicity.article, name="article"),
    path("cycles/<int:pk>/stations/<int:part>/poster/", publicity.poster, name="poster"),
    path("materials/", materials.material_list, name="materials"),
    path("materials/new/", materials.add, name="add_material"),
    path("materials/register.xlsx", materials.register, name="material_register"),
    path("materials/<int:pk>/", materials.detail, name="material"),
    path("materials/<int:pk>/file/", materials.file, name="material_file"),
    path("materials/<int:pk>/<material_act:verb>/", materials.act, name="material_act"),
    path("materials/<int:pk>/<material_act:verb>/<int:part>/", materials.act, name="material_copy_act"),
    path("cycles/<int:pk>/<cycle_act:verb>/", cycle_acts.act, name="cycle_act"),
    path("cycles/<int:pk>/<cycle_act:verb>/<int:part>/", cycle_acts.act, name="cycle_part_act"),
    path("notices/<int:pk>/", cycle_pages.notice, name="notice"),
    path("notices/<int:pk>/guidance/", cycle_pages.guidance, name="guidance"),
    path("publicity/<int:pk>/picture/", cycle_pages.picture, name="picture"),
    path("resolutions/", resolutions, name="resolutions"),
    path("resolutions/<int:pk>/scan/", scan, name="resolution_scan"),
    path("topics/<int:pk>/minutes/", cycle_pages.minutes, name="minutes"),
    path("cycles/<int:pk>/training/", training_acts.plan, name="plan_training"),
    path("cycles/<int:pk>/readiness/", trainings.cycle_readiness, name="readiness"),
    path("trainings/", trainings.training_list, name="trainings"),
    path("trainings/<int:pk>/", trainings.detail, name="training"),
    path("trainings/<int:pk>/sheet/", trainings.sheet, name="training_sheet"),
    path("trainings/<int:pk>/code/", trainings.code, name="training_code"),
    path("trainings/<int:pk>/files/<int:part>/", trainings.file, name="training_file"),
    path("trainings/answer/<int:pk>/", training_acts.answer, name="answer_training"),
    path("trainings/<int:pk>/<training_act:verb>/", training_acts.act, name="training_act"),
    path("trainings/<int:pk>/<training_act:verb>/<int:part>/", training_acts.act, name="training_part_act"),
    path("returns/", returns.overview, name="returns"),
    path("returns/<int:year>/<int:month>/returns.xlsx", returns.workbook, name="returns_workbook"),
    path("returns/<int:station>/<int:year>/<int:month>/", returns.detail, name="monthly_return"),
    path("returns/<int:station>/<int:year>/<int:month>/hand-in/", returns.send, name="hand_in_return"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/new/", notes.page, name="log_visit"),
    path("visits/record/", visits.record, name="record_visit"),
    path("visits/voters-meeting/", visit_records.record_meeting, name="record_voters_meeting"),
    path("visits/erase-voter/", visit_records.erase_voter, name="erase_voter"),
    path("visits/blank/<int:station>/", visit_records.blank_sheet, name="voters_meeting_blank"),
    path("visits/<int:pk>/", visits.detail, name="visit"),
    path("visits/<int:pk>/sheet/", visit_records.sheet, name="visit_sheet"),
    path("visits/<int:pk>/papers/<int:part>/", visit_records.paper, name="visit_paper"),
    path("visits/<int:pk>/<visit_act:verb>/", visit_acts.act, name="visit_act"),
    path("visits/<int:pk>/opinions/<int:opinion>/voter/", visits.reveal, name="voter"),
    path("visits/<int:pk>/opinions/<int:opinion>/<visit_act:verb>/", visit_acts.act, name="opinion_act"),
    path("cycles/<int:pk>/stations/<int:part>/meeting/", meeting_acts.convene, name="convene"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", meetings.detail, name="meeting"),
    path("meetings/<int:pk>/<meeting_act:verb>/", meeting_acts.act, name="meeting_act"),
    path(
        "meetings/<int:pk>/opinions/<int:opinion>/<meeting_opinion_act:verb>/",
        meeting_acts.opinion_act,
        name="meeting_opinion_act",
    ),
    path("township-tasks/", township_tasks.task_list, name="township_tasks"),
    path("township-tasks/print/", township_tasks.sheet, name="township_task_sheet"),
    path("township-tasks/<int:pk>/finish/", township_tasks.finish_task, name="finish_task"),
    path("township-tasks/<int:pk>/<task_act:verb>/", township_tasks.act, name="task_act"),
    path("meetings/<int:pk>/promises/", promises.sheet, name="meeting_promises"),
    path("promises/", promises.promise_list, name="promises"),
    path("promises/<int:pk>/", promises.detail, name="promise"),
    path("promises/<int:pk>/picture/", promises.picture, name="promise_picture"),
    path("promises/<int:pk>/<promise_act:verb>/", promise_acts.act, name="promise_act"),
    path("hand-over-meetings/", hand_over_meetings.meeting_list, name="hand_over_meetings"),
    path("hand-over-meetings/new/", hand_over_meetings.plan, name="plan_hand_over_meeting"),
    path("hand-over-meetings/<int:pk>/", hand_over_meetings.detail, name="hand_over_meeting"),
    path(
        "hand-over-meetings/<int:pk>/<hand_over_meeting_act:verb>/",
        hand_over_meetings.act,
        name="hand_over_meeting_act",
    ),
]
