"""Addresses of deliberation."""

from django.urls import path, register_converter

from deliberations.views import (
    cycle_acts,
    cycle_pages,
    hand_over_meetings,
    meeting_acts,
    meetings,
    promise_acts,
    promises,
    visit_acts,
    visits,
)
from deliberations.views.cycle_catalogue import ACTS
from deliberations.views.meeting_catalogue import MEETING_ACTS, OPINION_ACTS
from deliberations.views.resolutions import resolutions, scan
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


register_converter(CycleActConverter, "cycle_act")
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
    path("cycles/<int:pk>/<cycle_act:verb>/", cycle_acts.act, name="cycle_act"),
    path("cycles/<int:pk>/<cycle_act:verb>/<int:part>/", cycle_acts.act, name="cycle_part_act"),
    path("notices/<int:pk>/", cycle_pages.notice, name="notice"),
    path("notices/<int:pk>/guidance/", cycle_pages.guidance, name="guidance"),
    path("publicity/<int:pk>/picture/", cycle_pages.picture, name="picture"),
    path("resolutions/", resolutions, name="resolutions"),
    path("resolutions/<int:pk>/scan/", scan, name="resolution_scan"),
    path("topics/<int:pk>/minutes/", cycle_pages.minutes, name="minutes"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/new/", visits.log, name="log_visit"),
    path("visits/record/", visits.record, name="record_visit"),
    path("visits/<int:pk>/", visits.detail, name="visit"),
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
    path("township-tasks/", meetings.task_list, name="township_tasks"),
    path("township-tasks/<int:pk>/finish/", meeting_acts.finish_task, name="finish_task"),
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
