"""One page for each act: fetch → may I (403) → is it possible (409) → form (422) → verb → back to where it began."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.forms.cycles import PlanForm
from deliberations.models import Cycle, CycleStation, Notice, NoticeReceipt, Topic
from deliberations.policies.cycles import can_run_cycle, can_see_preparation
from deliberations.transitions import cycles
from deliberations.views.cycle_catalogue import ACTS, Act
from stations.forms import ActForm
from workflow.engine import Conflict, Invalid, Stale, permit


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
    return render(request, "deliberations/act.html", context, status=422 if form.is_bound else 200)


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act on a cycle, or on a part of it.

    Refused because somebody was faster, it shows again what was typed (409).
    """
    actor = request.actor  # type: ignore[attr-defined]
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    chosen = ACTS[verb]
    subject = _subject(chosen, cycle, part, actor)
    permit(chosen.allowed(actor, subject))
    if request.method != "POST":
        chosen.require(cycle, subject)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = chosen.form(*sent, subject=subject)
    if request.method != "POST":
        return _page(request, chosen, cycle, subject, form, 200)
    try:
        done = _performed(request, chosen, cycle, subject, form)
    except Conflict as refused:
        if not form.fields:
            raise
        return _page(request, chosen, cycle, subject, form, 409, refused.sentence)
    if not done:
        return _page(request, chosen, cycle, subject, form, 422)
    messages.success(request, _("Done: %(act)s.") % {"act": chosen.verb.label})
    return redirect(_back(actor, cycle, subject))


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
    return cycle.notices.all() if can_see_preparation(actor) else Notice.objects.none()


def _performed(request: HttpRequest, chosen: Act, cycle: Cycle, subject: Any, form: ActForm) -> bool:
    """Whether the act happened; otherwise the form says why not. Raises Conflict."""
    # whatever was typed belongs to the case as it was when the page was opened
    if chosen.versioned and request.POST.get("version") != str(cycle.version):
        raise Stale
    chosen.require(cycle, subject)
    if not form.is_valid():
        return False
    try:
        chosen.perform(subject, actor=request.actor, version=cycle.version, **form.cleaned_data)  # type: ignore[attr-defined]
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _page(
    request: HttpRequest, chosen: Act, cycle: Cycle, subject: Any, form: ActForm, status: int, conflict: str = ""
) -> HttpResponse:
    if conflict:
        cycle.refresh_from_db()
    context = {
        "heading": chosen.label,
        "cycle": cycle,
        "lead": subject,
        "note": chosen.note,
        "form": form,
        "version": cycle.version,
        "conflict": conflict,
        "submit_label": chosen.label,
        "danger": chosen.style == "danger",
        "cancel_url": _back(request.actor, cycle, subject),  # type: ignore[attr-defined]
    }
    return render(request, "deliberations/act.html", context, status=status)


def _back(actor: Actor, cycle: Cycle, subject: Any) -> str:
    """Stations come from the page of their notice, everybody else from the cycle's."""
    if isinstance(subject, NoticeReceipt) and not actor.is_committee:
        return reverse("deliberations:notice", args=[subject.pk])
    return reverse("deliberations:cycle", args=[cycle.pk])


def offered(actor: Actor, cycle: Cycle, subject: Any) -> list[dict[str, Any]]:
    """What this person can do now with the cycle, or with a part of it, as buttons."""
    mine = [act for act in ACTS.values() if act.subject is type(subject)]
    return [_button(act, cycle, subject) for act in mine if act.is_open_to(actor, cycle, subject)]


def _button(act: Act, cycle: Cycle, subject: Any) -> dict[str, Any]:
    args = [cycle.pk, act.verb.value] + ([] if act.subject is Cycle else [subject.pk])
    name = "deliberations:cycle_act" if act.subject is Cycle else "deliberations:cycle_part_act"
    return {"label": act.label, "url": reverse(name, args=args), "style": act.style, "verb": act.verb.value}
