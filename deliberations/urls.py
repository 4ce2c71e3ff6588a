"""Addresses of deliberation."""

from django.urls import path, register_converter

from deliberations.views import cycle_acts, cycle_pages, visit_acts, visits
from deliberations.views.cycle_catalogue import ACTS
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


register_converter(CycleActConverter, "cycle_act")
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
]
