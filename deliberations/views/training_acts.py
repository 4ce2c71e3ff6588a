"""The page of each act on a training, the deputy's answer, and signing in by the code on the wall."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actor import Actor
from deliberations.forms.training import AnswerForm
from deliberations.models import Attendance, Cycle, Training, TrainingFile
from deliberations.policies.training import can_answer
from deliberations.transitions import training as verbs
from deliberations.transitions.training_machine import TrainingVerb
from deliberations.views.training_catalogue import ACTS, PLAN
from workflow.acting import act_page, offered
from workflow.engine import Conflict, Invalid, permit


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a training in a cycle."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    return act_page(request, PLAN, cycle, cycle, back=f"{reverse('deliberations:cycle', args=[pk])}#training-heading")


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act on a training, or on one of its files."""
    row = get_object_or_404(trainings_of(request.actor), pk=pk)  # type: ignore[attr-defined]
    chosen, subject = ACTS[verb], row
    if chosen.subject is TrainingFile or part is not None:
        papers = TrainingFile.objects.select_related("training__cycle", "file")
        subject = get_object_or_404(papers.filter(training=row), pk=part if chosen.subject is TrainingFile else None)
    back = reverse("deliberations:training", args=[pk])
    if chosen.verb == TrainingVerb.CANCEL and request.method == "POST":
        back = reverse("deliberations:trainings")
    template = "deliberations/training_sheet_form.html" if chosen.verb == TrainingVerb.NOTE else "components/act.html"
    return act_page(request, chosen, row.cycle, subject, back=back, template=template)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """【我去】 or 【请假】 on a line of the sheet: one's own, or of a deputy whose station one runs."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Attendance.objects.visible_to(actor).select_related("training__cycle", "mandate__person")
    row = get_object_or_404(rows.exclude(training=None), pk=pk)
    permit(can_answer(actor, row))
    form = AnswerForm(request.POST, actor=actor, subject=row)
    if form.is_valid():
        try:
            verbs.answer(row, actor=actor, **form.told())
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            told = (
                _("Written down: %(name)s comes.") if form.told()["going"] else _("Written down: %(name)s is on leave.")
            )
            messages.success(request, told % {"name": row.name})
            return redirect("deliberations:training", row.training_id)
    context = {"row": row, "training": row.training, "form": form}
    return render(request, "deliberations/training_answer.html", context, status=422)


def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """The code on the wall: an invited deputy signs in with one tap, on the day; everybody else gets a sentence."""
    actor = request.actor  # type: ignore[attr-defined]
    training = Training.objects.visible_to(actor).select_related("station", "cycle").filter(sign_in_token=token).first()
    if training is None:
        return _said(request, None, _("This code is no longer good. Please scan the one that hangs there now."), 404)
    row = training.attendance.of_person(actor.person_id).select_related("mandate").first() if actor.is_deputy else None
    if row is None:
        return _said(
            request, training, _("You are not on the list of this training. Please sign on the paper sheet."), 403
        )
    try:
        if request.method == "POST":
            verbs.sign_in(row, actor=actor, token=token)
            return redirect(request.path)
        if row.state != Attendance.State.PRESENT:
            verbs.require_today(training)
    except Conflict as refused:
        return _said(request, training, refused.sentence, 409)
    context = {"training": training, "row": row, "signed": row.state == Attendance.State.PRESENT}
    return render(request, "deliberations/training_sign_in.html", context)


def _said(request: HttpRequest, training: Training | None, sentence: str, status: int) -> HttpResponse:
    context = {"training": training, "sentence": sentence}
    return render(request, "deliberations/training_sign_in.html", context, status=status)


def trainings_of(actor: Actor) -> Any:
    """The trainings one may see."""
    return Training.objects.visible_to(actor).select_related("cycle", "station__township")


def buttons(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """What this person can do now with a training, or with one of its files."""
    return offered(ACTS.values(), actor, row, lambda act: _url(act, row))


def _url(act: Any, row: Any) -> str:
    if isinstance(row, TrainingFile):
        return reverse("deliberations:training_part_act", args=[row.training_id, act.verb.value, row.pk])
    return reverse("deliberations:training_act", args=[row.pk, act.verb.value])
