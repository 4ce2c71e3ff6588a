"""What the committee looks at across suggestions: sources that differ, and deputies who are no longer in office."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.timeline import READ_ALONG, acted_by
from suggestions import policies
from suggestions.models import Evaluation, Suggestion, SuggestionEvent
from suggestions.policies import key as council
from suggestions.transitions import Verb
from suggestions.transitions.continuing import signed_along
from workflow import clock
from workflow.engine import permit
from workflow.paging import listing

_NEWEST = (("pk", "desc"),)
_ENTERED = (Verb.EVALUATE, Verb.HAND_IN_FORM, Verb.CONFIRM_FORM)


def differences(request: HttpRequest) -> HttpResponse:
    """Where two sources say different things of one deputy's judgement: both, who entered which, and what counts."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_differences(actor))
    rows = Evaluation.objects.visible_to(actor).differing()
    rows = rows.select_related("mandate__person", "reply__assignment__suggestion", "reply__assignment__organ")
    counting = Evaluation.objects.filter(counts=True)
    rows = rows.prefetch_related(Prefetch("reply__evaluations", counting, to_attr="counting"))
    context = listing(request, rows, None, _NEWEST, counted=_("%(count)s differences"))
    who = _entered_by(context["rows"])
    for row in context["rows"]:
        row.case = row.reply.assignment.suggestion
        row.other = next(found for found in row.reply.counting if found.mandate_id == row.mandate_id)
        row.other.mandate, row.other.reply = row.mandate, row.reply
        row.by, row.other_by = who(row), who(row.other)
    return render(request, "suggestions/differences.html", context)


def call_backs(request: HttpRequest) -> HttpResponse:
    """What deputies said within a week after a phone was bound: each is rung up, since somebody else may hold it."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_differences(actor))
    rows = Evaluation.objects.visible_to(actor).to_call_back()
    rows = rows.select_related("mandate__person", "reply__assignment__suggestion", "reply__assignment__organ")
    context = listing(request, rows, None, _NEWEST, counted=_("%(count)s to call back"))
    context["may_call"] = actor.is_staff
    return render(request, "suggestions/call_backs.html", context)


def without_deputy(request: HttpRequest) -> HttpResponse:
    """The open suggestions whose deputy is no longer in office, each with who may continue it."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(council.can_see_council(actor))
    rows = Suggestion.objects.visible_to(actor).without_speaker(clock.today())
    rows = rows.select_related("lead__person", "lead__term", "continued_by__person", "continued_by__term")
    context = listing(request, rows.prefetch_related(signed_along()), None, _NEWEST, counted=_("%(count)s suggestions"))
    context["may_name"] = actor.is_staff
    return render(request, "suggestions/without_deputy.html", context)


def _entered_by(rows: list[Any]) -> Any:
    """By whom an evaluation was entered, from the records of the suggestions on the page."""
    cases = {row.reply.assignment.suggestion_id for row in rows}
    events = SuggestionEvent.objects.filter(suggestion__in=cases, verb__in=_ENTERED)
    entered: dict[tuple[int, str, str], str] = {}
    for event in events.select_related(*READ_ALONG).order_by("seq"):
        told = event.detail.changes
        source = told.get("source", Evaluation.Source.ORGAN_FORM)
        entered[event.suggestion_id, told.get("mandate", ""), source] = acted_by(event)

    def who(row: Evaluation) -> str:
        return entered.get((row.reply.assignment.suggestion_id, str(row.mandate.uuid), row.source), "")

    return who
