"""Pages of one's own jobs, and of what was imported."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from files import policies, transitions
from files.downloads import attachment_response
from files.models import ImportBatch, Job
from workflow.engine import permit
from workflow.paging import listing

NEWEST_JOB = (("created_at", "desc"), ("pk", "desc"))
NEWEST_IMPORT = (("at", "desc"), ("pk", "desc"))


def jobs(request: HttpRequest) -> HttpResponse:
    """What I asked for under this post, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Job.objects.visible_to(actor).select_related("result")
    context = listing(request, rows, None, NEWEST_JOB, counted=_("%(count)s jobs"))
    return render(request, "files/jobs.html", {**context, "sees_imports": policies.can_see_imports(actor)})


@never_cache
def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a job is; the page looks again by itself until it is finished."""
    found = _mine(request, uuid)
    actor = request.actor  # type: ignore[attr-defined]
    context = {"job": found, "may_cancel": found.is_open and policies.can_cancel(actor, found)}
    return render(request, "files/job.html", context)


def job_result(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The file that a job made, for whoever asked for it."""
    found = _mine(request, uuid)
    if found.result is None:
        raise Http404
    return attachment_response(request, found.result)


@require_POST
def cancel_job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a job back."""
    found = _mine(request, uuid)
    transitions.cancel(found, actor=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Cancelled."))
    return redirect("files:job", uuid)


def imports(request: HttpRequest) -> HttpResponse:
    """Which workbooks were read, newest first."""
    permit(policies.can_see_imports(request.actor))  # type: ignore[attr-defined]
    rows = ImportBatch.objects.select_related("by__person")
    context = listing(request, rows, None, NEWEST_IMPORT, counted=_("%(count)s workbooks"))
    return render(request, "files/imports.html", context)


def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of one workbook: how many of each kind, and each refused row with its reason."""
    permit(policies.can_see_imports(request.actor))  # type: ignore[attr-defined]
    batch = get_object_or_404(ImportBatch.objects.select_related("by__person"), pk=pk)
    return render(request, "files/import.html", {"batch": batch})


def _mine(request: HttpRequest, uuid: UUID) -> Job:
    actor = request.actor  # type: ignore[attr-defined]
    return get_object_or_404(Job.objects.visible_to(actor).select_related("result"), uuid=uuid)
