"""Pages of one's own jobs, and of what was imported."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actor import Actor
from files import importing, policies, storage, transitions
from files.downloads import attachment_response, content_response
from files.forms import ImportForm, TakeOverForm
from files.models import Attachment, ImportBatch, Job
from files.refused import write_refused
from files.transitions.importing import XLSX, refused_name
from files.workbooks import open_workbook
from workflow.engine import Refused, permit
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


def new_import(request: HttpRequest) -> HttpResponse:
    """Choose a workbook to be checked."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_import(actor))
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*bound, initial={"kind": request.GET.get("kind")})
    if form.is_valid():
        workbook = transitions.keep_workbook(form.cleaned_data["file"], actor=actor)
        return redirect(_checking(form.cleaned_data["kind"], workbook.uuid, form.cleaned_data["session"]))
    context = {"form": form, "submit_label": _("Check the workbook"), "cancel_url": reverse("files:imports")}
    return render(request, "files/import_new.html", context, status=422 if form.is_bound else 200)


@never_cache
def check_import(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """What would come of a workbook, row by row where it is refused; a POST takes it over."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_import(actor))
    workbook, known = _kept(actor, uuid), importing.known_imports().get(kind)
    if known is None:
        raise Http404
    asked = {"kind": kind, "session": request.GET.get("session", "")[:5], "actor": actor}
    context: dict[str, Any] = {
        "workbook": workbook,
        "kind": known,
        "again": f"{reverse('files:new_import')}?kind={kind}",
        "refused_rows": reverse("files:refused_rows", args=[kind, uuid]) + _asked(request),
    }
    try:
        context |= _checked(request, workbook, asked)
    except Refused as refused:
        context["refusal"] = refused.sentence
    if batch := context.get("batch"):
        messages.success(request, _("Taken over."))
        left_out = context["outcome"].left_out
        url = reverse("files:import", args=[batch.pk])
        return redirect(f"{url}?left_out={left_out.uuid}" if left_out else url)
    # shown instead of doing what was asked for
    return render(request, "files/import_check.html", context, status=422 if request.method == "POST" else 200)


def _checked(request: HttpRequest, workbook: Attachment, asked: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a workbook; with ``batch`` once it was taken over. Raises Refused."""
    found = transitions.check_workbook(workbook, **asked)
    form = TakeOverForm(request.POST if request.method == "POST" else None) if found.refused else None
    if request.method == "POST" and (form is None or form.is_valid()):
        found = transitions.take_over(workbook, keep_good=form is not None, **asked)
    told = zip(found.as_json()["refused"], found.refused, strict=True)
    rows = [{**row, "cell": refusal.cell} for row, refusal in told]
    return {"outcome": found, "batch": found.batch, "form": form, "rows": rows}


@never_cache
def refused_rows(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponseBase:
    """The refused rows of a workbook that waits to be taken over, as a workbook with each refused cell marked."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_import(actor))
    workbook = _kept(actor, uuid)
    if kind not in importing.known_imports():
        raise Http404
    asked = {"kind": kind, "session": request.GET.get("session", "")[:5], "actor": actor}
    try:
        outcome = transitions.check_workbook(workbook, **asked)
    except Refused:
        # the page that checks it says why
        return redirect(reverse("files:check_import", args=[kind, uuid]) + _asked(request))
    if not outcome.refused:
        raise Http404
    out = BytesIO()
    write_refused(out, open_workbook(storage.local(workbook.path), name=workbook.name), outcome.refused)
    return content_response(out.getvalue(), refused_name(workbook), XLSX)


@never_cache
def left_out(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The rows that were left out when the others were taken over, for whoever did that, for a day."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_import(actor))
    return attachment_response(request, _kept(actor, uuid))


def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of one workbook: how many of each kind, and each refused row with its reason."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_imports(actor))
    batch = get_object_or_404(ImportBatch.objects.select_related("by__person", "undone_by__person"), pk=pk)
    can_go = batch.undone_at is None and batch.kind in importing.known_imports() and policies.can_import(actor)
    return render(request, "files/import.html", {"batch": batch, "can_go": can_go, "left_out": _left_out(request)})


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import: the page says what that means, a POST does it."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_import(actor))
    batch = get_object_or_404(ImportBatch.objects.filter(kind__in=importing.known_imports(), undone_at=None), pk=pk)
    if request.method != "POST":
        sentence = _("Everything that this workbook brought goes again, if nobody has worked with it since. Continue?")
        context = {"batch": batch, "sentence": sentence, "submit_label": _("Take back"), "danger": True}
        return render(request, "files/take_back.html", {**context, "cancel_url": reverse("files:import", args=[pk])})
    gone = transitions.take_back(batch, actor=actor)
    messages.success(request, _("Taken back: %(count)s rows.") % {"count": gone})
    return redirect("files:import", batch.pk)


def _left_out(request: HttpRequest) -> Attachment | None:
    """The workbook of refused rows that the address names, as long as it is there and one's own."""
    try:
        uuid = UUID(request.GET.get("left_out", ""))
    except ValueError:
        return None
    return Attachment.objects.unowned().filter(uuid=uuid, uploaded_by=request.user.pk).first()


def _asked(request: HttpRequest) -> str:
    """The session as it was asked for, for the next address."""
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


def _kept(actor: Actor, uuid: UUID) -> Attachment:
    """A workbook that one put down oneself and that belongs to nothing yet."""
    return get_object_or_404(Attachment.objects.unowned(), uuid=uuid, uploaded_by=actor.user)


def _checking(kind: str, uuid: UUID, session: str) -> str:
    url = reverse("files:check_import", args=[kind, uuid])
    return f"{url}?session={session}" if session else url


def _mine(request: HttpRequest, uuid: UUID) -> Job:
    actor = request.actor  # type: ignore[attr-defined]
    return get_object_or_404(Job.objects.visible_to(actor).select_related("result"), uuid=uuid)
