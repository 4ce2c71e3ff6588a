"""List, case page, number jump, registration of a paper, and the files of a case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from files.downloads import attachment_response
from suggestions import policies, stages, transitions
from suggestions.filters import SuggestionFilter
from suggestions.forms.intake import SubmitForm
from suggestions.models import Assignment, ClockKind, Evaluation, Reply, Suggestion
from suggestions.record import timeline
from suggestions.silence import is_silent, mark_silent
from suggestions.sources import sources_of, to_tell
from suggestions.transitions.intake import current_session
from suggestions.transitions.objecting import is_settled
from suggestions.views import answers, drafting
from suggestions.views.acts import acts_for
from suggestions.views.case import ball, lacking, light_of, presented
from suggestions.views.case_rows import cases, with_parts
from suggestions.views.together import merged_with, objections_of
from workflow.engine import Invalid, permit
from workflow.paging import listing
from workflow.text import key

NEWEST = (("received_on", "desc"), ("pk", "desc"))


def suggestion_list(request: HttpRequest) -> HttpResponse:
    """The suggestions one may see, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    seen, counted = Suggestion.objects.visible_to(actor), _("%(count)s suggestions")
    context = listing(request, seen, SuggestionFilter, NEWEST, counted=counted, shown=lambda rows: rows.for_page(actor))
    if actor.is_committee:
        mark_silent(context["rows"])
    for row in context["rows"]:
        row.stage = stages.stage_of_row(row, actor)
        row.light = light_of(row.act_by, row.started_on)
    context["may_submit"] = policies.can_submit(actor)
    return render(request, "suggestions/list.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion: where it stands, who has the ball until when, what was said, what can be done now."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(cases(actor), pk=pk)
    if drafting.is_draft(case):
        return drafting.detail(request, case)
    rounds = with_parts(case, actor)
    origins = sources_of(case, actor) if case.has_sources else []
    present = stages.present(case, rounds)
    clocks = list(case.clocks.all())
    running = next((row for row in clocks if row.kind == ClockKind.REPLY and row.is_running), None)
    host = next((row for row in present if row.is_host), None)
    own = [row for row in present if actor.acts_for(row.organ)] or ([host] if host else [])
    answers.show(rounds, actor)
    light = light_of(running.act_by, running.start_on) if running else None
    late = light is not None and light.colour == "red"
    context = {
        "suggestion": case,
        "stage": _stage(case, actor, own, host, silent=is_silent(case, clocks)),
        "steps": (stages.plain_steps if actor.is_deputy else stages.steps)(case, present, is_late=late),
        "rounds": rounds,
        "sees_forms": policies.can_see_signed_forms(actor),
        "sees_phones": policies.can_see_phones(actor, case),
        "light": light,
        "clocks": clocks,
        "lacking": lacking(present, actor),
        "acts": presented(acts_for(actor, case, present), case, actor),
        "events": timeline(case, actor),
        "ball": ball(case, present, running),
        "host": host,
        "objections": objections_of(rounds, actor),
        "settled": is_settled(case),
        "merged": merged_with(case, actor),
        "extensions": [extension for row in rounds for extension in row.extensions.all()],
        "origins": origins,
        "to_tell": to_tell(case, origins),
    }
    return render(request, "suggestions/detail.html", context)


def _stage(case: Any, actor: Actor, own: list[Assignment], host: Assignment | None, *, silent: bool) -> str:
    told = {"organ": host.organ.name if host else "", "verdict": case.verdict_value or ""}
    return stages.stage(case, actor, *((own[0].status, own[0].part) if own else ()), is_silent=silent, **told)


def jump(request: HttpRequest) -> HttpResponse:
    """A number typed anywhere opens the suggestion; several of that number, or words, open the list."""
    actor = request.actor  # type: ignore[attr-defined]
    words = request.GET.get("q", "").strip()
    digits = key(words).strip("第号")
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        found = Suggestion.objects.visible_to(actor).filter(serial=int(digits)).values_list("pk", flat=True)[:2]
        if len(found) == 1:
            return redirect("suggestions:detail", found[0])
        words = f"第{int(digits):03d}号"
    if not words:
        return redirect("suggestions:list")
    query = request.GET.copy()
    query.clear()
    query["q"] = words
    target = redirect("suggestions:list")
    target["Location"] += f"?{query.urlencode()}"
    return target


def submit(request: HttpRequest) -> HttpResponse:
    """Enter a suggestion that came on paper, in the order of the paper; then it is numbered."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_submit(actor))
    form = SubmitForm(request.POST or None)
    case = _entered(form, actor) if request.method == "POST" and form.is_valid() else None
    if case is None:
        context = {
            "form": form,
            "submit_label": _("Save, then number it"),
            "cancel_url": reverse("suggestions:list"),
        }
        return render(request, "suggestions/submit.html", context, status=422 if form.is_bound else 200)
    if case.status != Suggestion.Status.SUBMITTED:
        return redirect("suggestions:detail", case.pk)
    messages.success(request, _("Entered. Now give it its number and class."))
    return redirect("suggestions:act", case.pk, "register")


def _entered(form: SubmitForm, actor: Actor) -> Suggestion | None:
    data = form.cleaned_data
    session = current_session() if data["origin"] == Suggestion.Origin.SESSION else None
    try:
        return transitions.submit(actor=actor, session=session, **data)
    except Invalid as refused:
        form.add_error(refused.field, refused.sentence)
        return None


def withdrawal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter by which the lead withdrew a suggestion one may see."""
    rows = Suggestion.objects.visible_to(request.actor).exclude(withdrawal_letter=None)  # type: ignore[attr-defined]
    found = get_object_or_404(rows.select_related("withdrawal_letter"), pk=pk)
    return attachment_response(request, found.withdrawal_letter)


def letter(request: HttpRequest, pk: int, reply: int) -> HttpResponseBase:
    """The sealed letter of a reply one may see."""
    actor = request.actor  # type: ignore[attr-defined]
    replies = Reply.objects.visible_to(actor).exclude(scan=None).select_related("scan")
    found = get_object_or_404(replies, pk=reply, assignment__suggestion=pk)
    return attachment_response(request, found.scan)


def signed_form(request: HttpRequest, pk: int, evaluation: int) -> HttpResponseBase:
    """The signed form behind an evaluation one may see; the organ that was judged never sees it."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.can_see_signed_forms(actor):
        raise Http404
    rows = Evaluation.objects.visible_to(actor).exclude(scan=None).select_related("scan")
    found = get_object_or_404(rows, pk=evaluation, reply__assignment__suggestion=pk)
    return attachment_response(request, found.scan)
