"""List, case page, number jump, registration of a paper, and the files of a case."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from files.downloads import attachment_response

from suggestions import policies, stages, transitions
from suggestions.filters import SuggestionFilter
from suggestions.forms import SubmitForm
from suggestions.models import Evaluation, Reply, Suggestion
from suggestions.transitions.intake import current_session
from suggestions.views.acts import acts_for
from suggestions.views.case import ball, light_of, presented, timeline
from workflow.engine import Invalid, permit
from workflow.paging import listing
from workflow.text import key

NEWEST = ("-received_on", "-id")


def suggestion_list(request: HttpRequest) -> HttpResponse:
    """The suggestions one may see, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    queryset = Suggestion.objects.visible_to(actor).for_list(actor)
    context = listing(request, queryset, NEWEST, SuggestionFilter, counted=_("%(count)s suggestions"))
    for row in context["rows"]:
        row.stage = stages.stage(row, actor, row.assignment_status or "")
        row.light = light_of(row.act_by, row.started_on)
    context["may_submit"] = policies.can_submit(actor)
    return render(request, "suggestions/list.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion: where it stands, who has the ball until when, what was said, what can be done now."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(_cases(actor), pk=pk)
    rounds = list(_assignments(actor, case))
    present = [row for row in rounds if row.round == case.round]
    clocks = list(case.clocks.select_related("assignment__organ"))
    clock_of_reply = next((row for row in clocks if row.kind == "REPLY" and row.is_running), None)
    own = [row for row in present if row.organ_id == actor.organ_id] or [row for row in present if row.is_host]
    context = {
        "suggestion": case,
        "stage": stages.stage(case, actor, own[0].status if own else ""),
        "steps": stages.steps(case, present),
        "rounds": rounds,
        "reply_clock": clock_of_reply,
        "light": light_of(clock_of_reply.act_by, clock_of_reply.start_on) if clock_of_reply else None,
        "clocks": clocks,
        "acts": presented(acts_for(actor, case, present), case),
        "events": timeline(case, actor),
        "ball": ball(case, present, clock_of_reply),
    }
    return render(request, "suggestions/detail.html", context)


def _cases(actor: Any) -> Any:
    rows = Suggestion.objects.visible_to(actor)
    rows = rows.select_related("lead__person", "lead__station", "delegation", "field", "session__term")
    return rows.prefetch_related("cosignatures__mandate__person", "verdicts", "hand_overs__to")


def _assignments(actor: Any, case: Suggestion) -> Any:
    replies = Reply.objects.visible_to(actor).select_related("result_class", "scan")
    evaluations = Evaluation.objects.visible_to(actor).select_related("mandate__person", "scan")
    rows = case.assignments.select_related("organ", "opinion", "hand_over", "suggestion__lead").order_by(
        "-round", "part", "id"
    )
    return rows.prefetch_related(
        "contacts",
        Prefetch("reply", queryset=replies),
        Prefetch("reply__evaluations", queryset=evaluations),
        "reply__deliveries__mandate__person",
    )


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
    """Register a suggestion that came on paper, in the order of the paper."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_submit(actor))
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        session = current_session() if data["origin"] == Suggestion.Origin.SESSION else None
        try:
            case = transitions.submit(actor=actor, session=session, **data)
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Entered. Now give it its number and class."))
            return redirect("suggestions:act", case.pk, "register")
    return render(request, "suggestions/submit.html", {"form": form}, status=422 if form.is_bound else 200)


def letter(request: HttpRequest, pk: int, reply: int) -> HttpResponseBase:
    """The sealed letter of a reply one may see."""
    actor = request.actor  # type: ignore[attr-defined]
    replies = Reply.objects.visible_to(actor).exclude(scan=None).select_related("scan")
    found = get_object_or_404(replies, pk=reply, assignment__suggestion=pk)
    return attachment_response(request, found.scan)


def signed_form(request: HttpRequest, pk: int, evaluation: int) -> HttpResponseBase:
    """The signed form behind an evaluation one may see."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Evaluation.objects.visible_to(actor).exclude(scan=None).select_related("scan")
    found = get_object_or_404(rows, pk=evaluation, reply__assignment__suggestion=pk)
    return attachment_response(request, found.scan)
