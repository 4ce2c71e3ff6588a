"""The list of trainings, the page of one, its printed sheets, and how ready deputies are for the field."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from deliberations.filters.training import TrainingFilter
from deliberations.models import Attendance, Cycle, TrainingFile
from deliberations.policies import training as policies
from deliberations.policies.cycles import can_see_preparation
from deliberations.readiness import readiness, summed
from deliberations.transitions.training import require_answerable
from deliberations.views.training_acts import buttons, trainings_of
from files.downloads import attachment_response, picture_response
from workflow import clock
from workflow.engine import Conflict, permit
from workflow.paging import listing
from workflow.text import said_day

NEWEST = (("on", "desc"), ("pk", "desc"))
S = Attendance.State


def training_list(request: HttpRequest) -> HttpResponse:
    """The trainings one may see, the latest first; a deputy's own answers stand beside them."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(can_see_preparation(actor))
    context = listing(request, trainings_of(actor), TrainingFilter, NEWEST, counted=_("%(count)s trainings"))
    if actor.is_deputy:
        shown = [row.pk for row in context["rows"]]
        rows = Attendance.objects.filter(training__in=shown).of_person(actor.person_id)
        own = {row.training_id: row for row in rows}
        for row in context["rows"]:
            row.own = own.get(row.pk)
    context["today"] = clock.today()
    return render(request, "deliberations/trainings.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: what it is, one's own invitation, the sign-in sheet as far as one may see it, its files."""
    actor = request.actor  # type: ignore[attr-defined]
    training = get_object_or_404(trainings_of(actor), pk=pk)
    rows = list(_rows(training).filter(pk__in=Attendance.objects.visible_to(actor).values("pk")))
    for row in rows:
        row.answerable = _answerable(row) and policies.can_answer(actor, row)
    papers = list(training.papers.select_related("file"))
    for paper in papers:
        paper.training, paper.acts = (
            training,
            buttons(actor, paper) if policies.can_keep_training(actor, training) else [],
        )
    keeps = policies.can_keep_training(actor, training)
    context = {
        "training": training,
        "acts": buttons(actor, training),
        "own": [row for row in rows if policies.is_own(actor, row)],
        "rows": [] if actor.is_deputy else rows,
        "sees_sheet": policies.can_see_sheet(actor, training),
        "keeps": keeps,
        "totals": totals(rows),
        "papers": papers if not actor.is_deputy else [paper for paper in papers if paper.kind == "CONTENT"],
        "today": clock.today(),
        "words": _words(training) if keeps and training.on >= clock.today() else "",
        "code_path": code_path(training) if keeps else "",
    }
    return render(request, "deliberations/training.html", context)


def file(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """A file of a training: what was taught for everybody who sees it, photos and sheets for who sees the sheet."""
    actor = request.actor  # type: ignore[attr-defined]
    training = get_object_or_404(trainings_of(actor), pk=pk)
    paper = get_object_or_404(TrainingFile.objects.select_related("file"), training=training, pk=part)
    if paper.kind != TrainingFile.Kind.CONTENT:
        permit(policies.can_see_sheet(actor, training))
        return picture_response(paper.file)
    return attachment_response(request, paper.file)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in sheet to print (F12), names filled in."""
    actor = request.actor  # type: ignore[attr-defined]
    training = get_object_or_404(trainings_of(actor), pk=pk)
    permit(policies.can_see_sheet(actor, training))
    rows = list(_rows(training))
    context = {"training": training, "rows": rows, "totals": totals(rows), "blank": range(3)}
    return render(request, "deliberations/training_sheet.html", context)


def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code for the wall, to print."""
    actor = request.actor  # type: ignore[attr-defined]
    training = get_object_or_404(trainings_of(actor), pk=pk)
    permit(policies.can_keep_training(actor, training))
    return render(request, "deliberations/training_code.html", {"training": training, "path": code_path(training)})


def cycle_readiness(request: HttpRequest, pk: int) -> HttpResponse:
    """How ready each deputy of the cycle is: trained, materials read, notice conveyed."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    permit(actor.is_committee or actor.role == "STATION")
    stations = readiness(cycle, actor)
    context = {"cycle": cycle, "stations": stations, "sum": summed(stations)}
    return render(request, "deliberations/readiness.html", context)


def code_path(training: Any) -> str:
    """The address in the code on the wall; none where nobody signs in so."""
    return reverse("public:training_sign_in", args=[training.sign_in_token]) if training.sign_in_token else ""


def totals(rows: list[Any]) -> dict[str, Any]:
    """Due, present, leave, absent, and the rate in whole percent."""
    states = [row.state for row in rows]
    present = states.count(S.PRESENT)
    return {
        "due": len(states),
        "present": present,
        "leave": states.count(S.LEAVE),
        "absent": states.count(S.ABSENT),
        "going": states.count(S.GOING),
        "silent": states.count(S.EXPECTED),
        "rate": round(100 * present / len(states)) if states else None,
    }


def _rows(training: Any) -> Any:
    related = ("mandate__person", "mandate__station", "mandate__term")
    return training.attendance.select_related("training", *related).order_by("mandate__station__code", "pk")


def _answerable(row: Any) -> bool:
    try:
        require_answerable(row)
    except Conflict:
        return False
    return True


def _words(training: Any) -> str:
    told = {"title": training.title, "day": said_day(training.on), "place": training.place}
    return _("[Training] “%(title)s”, %(day)s, %(place)s. Please open it and say whether you come.") % told
