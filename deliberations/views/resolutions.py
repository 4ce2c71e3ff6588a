"""The decisions that bodies took on paper, as they were recorded (F15)."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from deliberations.models import Resolution, Topic
from deliberations.policies.cycles import can_read_resolutions
from files.downloads import attachment_response
from workflow.engine import permit
from workflow.paging import listing

_LATEST = (("on", "desc"), ("pk", "desc"))


def resolutions(request: HttpRequest) -> HttpResponse:
    """Every recorded decision with its minutes and what was decided by it, the latest first."""
    permit(can_read_resolutions(request.actor))  # type: ignore[attr-defined]
    topics = Prefetch("topics", queryset=Topic.objects.select_related("cycle"))
    rows = Resolution.objects.select_related("scan").prefetch_related(topics)
    context = listing(request, rows, None, _LATEST, counted=_("%(count)s decisions"))
    return render(request, "deliberations/resolutions.html", context)


def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of the minutes; within the committee."""
    permit(can_read_resolutions(request.actor))  # type: ignore[attr-defined]
    found = get_object_or_404(Resolution.objects.exclude(scan=None).select_related("scan"), pk=pk)
    assert found.scan is not None
    return attachment_response(request, found.scan)
