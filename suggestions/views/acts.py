"""One page for each act: fetch → may I (403) → is it possible (409) → form (422) → verb → back to the case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from suggestions.forms.fields import ActForm
from suggestions.forms.judging import EnteredEvaluationForm
from suggestions.models import Assignment, Evaluation, Reply, Suggestion
from suggestions.transitions import Verb
from suggestions.views.catalogue import ACTS, Act
from workflow.engine import Conflict, Invalid, Stale, permit


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act; an act on a part names its assignment.

    Refused because somebody was faster, it shows again what was typed (409).
    """
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Suggestion.objects.visible_to(actor), pk=pk)
    chosen = ACTS[verb]
    subject = _subject(chosen, case, part, actor)
    permit(chosen.allowed(actor, subject))
    if request.method != "POST":
        chosen.require(subject)
    form = _form(chosen, actor)(request.POST or None, request.FILES or None, actor=actor, subject=subject)
    if request.method != "POST":
        return _page(request, chosen, case, form, 200)
    try:
        done = _performed(request, chosen, case, subject, form)
    except Conflict as refused:
        if not form.fields:
            raise
        return _page(request, chosen, case, form, 409, refused.sentence)
    if not done:
        return _page(request, chosen, case, form, 422)
    done_so = _("Done: %(act)s.") % {"act": chosen.verb.label}
    messages.success(request, f"{done_so} {chosen.then}".strip())
    return redirect("suggestions:detail", case.pk)


def _subject(chosen: Act, case: Suggestion, part: int | None, actor: Actor) -> Any:
    """The row that the act is for, as far as it may be seen; raises Http404."""
    if (part is None) != (chosen.subject is Suggestion):
        raise Http404
    if part is None:
        return case
    assignment = get_object_or_404(case.assignments.select_related("organ"), pk=part)
    assignment.suggestion = case
    if chosen.subject is Assignment:
        return assignment
    reply = get_object_or_404(Reply.objects.visible_to(actor), assignment=assignment)
    reply.assignment = assignment
    return reply


def _form(chosen: Act, actor: Actor) -> type[ActForm]:
    if chosen.verb == Verb.EVALUATE and not actor.is_deputy:
        return EnteredEvaluationForm
    return chosen.form


def _performed(request: HttpRequest, chosen: Act, case: Suggestion, subject: Any, form: ActForm) -> bool:
    """Whether the act happened; otherwise the form says why not. Raises Conflict."""
    # whatever was typed belongs to the case as it was when the page was opened
    if request.POST.get("version") != str(case.version):
        raise Stale
    chosen.require(subject)
    if not form.is_valid():
        return False
    try:
        chosen.perform(subject, actor=form.actor, version=case.version, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _page(
    request: HttpRequest, chosen: Act, case: Suggestion, form: ActForm, status: int, conflict: str = ""
) -> HttpResponse:
    if conflict:
        case.refresh_from_db()
    context = {
        "suggestion": case,
        "act": chosen,
        "form": form,
        "version": case.version,
        "conflict": conflict,
        "submit_label": chosen.label,
        "danger": chosen.style == "danger",
        "cancel_url": reverse("suggestions:detail", args=[case.pk]),
        "verdict": case.verdicts.filter(round=case.round).first() if chosen.verb == Verb.RELEASE_VERDICT else None,
    }
    return render(request, "suggestions/act.html", context, status=status)


def acts_for(actor: Actor, case: Suggestion, assignments: list[Assignment]) -> list[tuple[Act, Assignment | None]]:
    """The acts that this person can do now, in the order of the life of a suggestion."""
    return [
        (chosen, part)
        for chosen in ACTS.values()
        for subject, part in _subjects(chosen, case, assignments)
        if chosen.is_open_to(actor, subject) and _waits(chosen, actor, subject)
    ]


def _subjects(chosen: Act, case: Suggestion, assignments: list[Assignment]) -> list[tuple[Any, Assignment | None]]:
    if chosen.subject is Suggestion:
        return [(case, None)]
    if chosen.subject is Assignment:
        return [(row, row) for row in assignments]
    return [(row.reply, row) for row in assignments if hasattr(row, "reply")]


def _waits(chosen: Act, actor: Actor, subject: Any) -> bool:
    """Whether the act is still to be done: nobody judges twice, no letter arrives twice."""
    if chosen.verb == Verb.EVALUATE:
        return not any(_judged_by(row, actor) for row in subject.evaluations.all())
    if chosen.verb == Verb.DELIVER:
        signed = {subject.assignment.suggestion.lead_id, *_co_signers(subject.assignment.suggestion)}
        return bool(signed - {delivery.mandate_id for delivery in subject.deliveries.all()})
    return True


def _judged_by(evaluation: Evaluation, actor: Actor) -> bool:
    return actor.is_deputy and evaluation.mandate.person_id == actor.person_id


def _co_signers(case: Suggestion) -> set[int]:
    return {row.mandate_id for row in case.cosignatures.all() if row.status == row.Status.ACCEPTED}
