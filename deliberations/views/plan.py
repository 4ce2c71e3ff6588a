"""The plan of a cycle: what its page shows of it, the Word documents written from it, and a new cycle after its pattern."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.documents import PLAN_FORMS, document_name, plan_context
from deliberations.forms.planning import CopyForm
from deliberations.models import Cycle
from deliberations.policies.cycles import can_run_cycle, can_see_coverage
from deliberations.transitions.copying import Draft, copy_cycle, draft
from deliberations.transitions.machines import Verb
from deliberations.transitions.planning import APPROVING
from files.documents.writing import WORD
from files.documents.writing import render as written
from files.downloads import content_response
from workflow.engine import Invalid, permit

#: Acts that stand with the plan, not among those of the whole cycle.
PLAN_ACTS = frozenset(
    {
        Verb.ARRANGE.value,
        Verb.PLAN_STEPS.value,
        Verb.WRITE_PLAN.value,
        Verb.RECORD_APPROVAL.value,
        Verb.DROP_APPROVAL.value,
    }
)


def shown_plan(cycle: Cycle, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """What the cycle's page tells of its plan: which of the three approvals are there, and the grouping table."""
    approvals = {row.body: row for row in cycle.approvals.select_related("scan")}
    groups = cycle.groups.select_related("leader").prefetch_related("organs", "stations__station")
    return {
        "approvals": [{"label": body.label, "paper": approvals.get(body)} for body in APPROVING],
        "groups": groups,
        "acts": [act for act in acts if act["verb"] in PLAN_ACTS],
        "documents": [{"name": form.name, "title": form.title} for form in PLAN_FORMS.values()],
    }


def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan, the grouping table, the schedule or the notice as a Word document; what is unknown is a yellow gap."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = _cycle(actor, pk)
    permit(can_see_coverage(actor))
    form = PLAN_FORMS[kind]
    return content_response(written(form, [plan_context(form, cycle)]), document_name(form, cycle), WORD)


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new cycle after the pattern of this one: asked for, shown with its days and what is left out, then made."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = _cycle(actor, pk)
    permit(can_run_cycle(actor))
    sent = request.POST if request.method == "POST" else request.GET
    form = CopyForm(sent or None)
    shown = _draft(cycle, form) if form.is_valid() else None
    if shown and request.method == "POST" and (made := _made(cycle, form, actor)):
        new, left_out = made
        messages.success(request, " ".join([_("Copied. Now propose its topics."), *left_out]))
        return redirect("deliberations:cycle", new.pk)
    context = {"cycle": cycle, "form": form, "draft": shown, "cancel_url": reverse("deliberations:cycle", args=[pk])}
    wrong = form.is_bound and not (shown and not form.errors)
    return render(request, "deliberations/copy_cycle.html", context, status=422 if wrong else 200)


def _draft(cycle: Cycle, form: CopyForm) -> Draft | None:
    try:
        return draft(cycle, form.cleaned_data["first_meeting_on"])
    except Invalid as refused:
        form.add_error(refused.field, refused.sentence)
        return None


def _made(cycle: Cycle, form: CopyForm, actor: Actor) -> tuple[Cycle, list[str]] | None:
    try:
        return copy_cycle(cycle, actor=actor, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field, refused.sentence)
        return None


def _cycle(actor: Actor, pk: int) -> Cycle:
    return get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
