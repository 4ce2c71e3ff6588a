"""The page of each act on a cycle or on a part of it, and which acts are open."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.forms.cycles import PlanForm
from deliberations.models import Cycle, CycleStation, Notice, NoticeReceipt, PublicityRecord, Topic, Training
from deliberations.policies.cycles import can_run_cycle, can_see_preparation
from deliberations.transitions import cycles
from deliberations.transitions.machines import Verb
from deliberations.views.cycle_catalogue import ACTS, cycle_of
from workflow.acting import Act, act_page, offered
from workflow.engine import Invalid, permit


def plan(request: HttpRequest) -> HttpResponse:
    """Plan a new cycle."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(can_run_cycle(actor))
    form = PlanForm(request.POST or None)
    if form.is_valid():
        try:
            cycle = cycles.plan_cycle(actor=actor, **form.cleaned_data)
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Planned. Now propose its topics."))
            return redirect("deliberations:cycle", cycle.pk)
    context = {"heading": _("Plan a cycle"), "form": form, "cancel_url": reverse("deliberations:cycles")}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act on a cycle, or on a part of it."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    chosen = ACTS[verb]
    subject = _subject(chosen, cycle, part, actor)
    template = _TEMPLATES.get(verb, "components/act.html")
    return act_page(request, chosen, cycle, subject, back=_back(actor, cycle, subject), template=template)


#: Acts whose form is a table and no column of fields.
_TEMPLATES = {Verb.ARRANGE.value: "deliberations/arrange.html"}


def _subject(chosen: Act, cycle: Cycle, part: int | None, actor: Actor) -> Any:
    """The row that the act is for, as far as it may be seen; raises Http404."""
    if (part is None) != (chosen.subject is Cycle):
        raise Http404
    if part is None:
        return cycle
    subject = get_object_or_404(_parts(chosen, cycle, actor), pk=part)
    if isinstance(subject, NoticeReceipt):
        subject.notice.cycle = cycle
    else:
        subject.cycle = cycle
    return subject


def _parts(chosen: Act, cycle: Cycle, actor: Actor) -> QuerySet[Any]:
    if chosen.subject is NoticeReceipt:
        return NoticeReceipt.objects.visible_to(actor).filter(notice__cycle=cycle).select_related("notice", "station")
    if chosen.subject is Topic:
        return Topic.objects.visible_to(actor).filter(cycle=cycle)
    if chosen.subject is CycleStation:
        return cycle.stations.select_related("station")
    if chosen.subject in (Training, PublicityRecord):
        rows = cycle.trainings if chosen.subject is Training else cycle.publicity
        return rows.all() if can_see_preparation(actor) else rows.none()
    return cycle.notices.all() if can_see_preparation(actor) else Notice.objects.none()


def _back(actor: Actor, cycle: Cycle, subject: Any) -> str:
    """Stations come from the page of their notice, everybody else from the cycle's."""
    if isinstance(subject, NoticeReceipt) and not actor.is_committee:
        return reverse("deliberations:notice", args=[subject.pk])
    return reverse("deliberations:cycle", args=[cycle.pk])


def buttons(actor: Actor, subject: Any) -> list[dict[str, Any]]:
    """What this person can do now with a cycle, or with a part of it."""
    return offered(ACTS.values(), actor, subject, lambda act: _url(act, subject))


def _url(act: Act, subject: Any) -> str:
    args = [cycle_of(subject).pk, act.verb.value]
    if act.subject is Cycle:
        return reverse("deliberations:cycle_act", args=args)
    return reverse("deliberations:cycle_part_act", args=[*args, subject.pk])
