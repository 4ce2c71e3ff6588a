"""What lies before the council of chairpersons: the list of key suggestions, and its agenda."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deliberations.transitions.resolutions import Paper
from deliberations.views.papers import on_paper
from suggestions.forms.key import KeyListForm
from suggestions.models import Rating, Suggestion
from suggestions.policies import key as policies
from suggestions.transitions import key
from workflow import clock
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing

#: What is customary of all suggestions of a year, in per cent; shown, not enforced.
CUSTOMARY = (5, 15)
_LONGEST_WAITING = (("agenda_since", "asc"), ("pk", "asc"))


def key_list(request: HttpRequest) -> HttpResponse:
    """Nominated suggestions, to be ticked as the council decided, and the key suggestions there are."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_council(actor))
    return _shown(request, KeyListForm(nominated=_nominated(actor)), 200)


@require_POST
def designate(request: HttpRequest) -> HttpResponse:
    """Enter what was ticked; refused, the list is shown again with what was typed."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_record_decision(actor))
    form = KeyListForm(request.POST, request.FILES, nominated=_nominated(actor))
    if form.is_valid():
        try:
            return _designated(request, form)
        except Invalid as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        except Conflict as refused:
            return _shown(request, form, 409, conflict=refused.sentence)
    return _shown(request, form, 422)


def agenda(request: HttpRequest) -> HttpResponse:
    """What the council of chairpersons has to study, the longest waiting first."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_council(actor))
    vain = Count("verdicts", filter=Q(verdicts__value=Rating.DISSATISFIED))
    rows = Suggestion.objects.visible_to(actor).on_agenda().select_related("lead__person").annotate(vain=vain)
    context = listing(request, rows, None, _LONGEST_WAITING, counted=_("%(count)s on the agenda"))
    context["may_decide"] = policies.can_record_decision(actor)
    return render(request, "suggestions/agenda.html", context)


def _shown(request: HttpRequest, form: KeyListForm, status: int, *, conflict: str = "") -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "form": form,
        "conflict": conflict,
        "may_decide": policies.can_record_decision(actor),
        "designated": _designated_rows(actor),
        "share": _share(actor),
    }
    return render(request, "suggestions/key_list.html", context, status=status)


def _nominated(actor: Any) -> Any:
    return Suggestion.objects.visible_to(actor).nominated().select_related("lead__person", "field")


def _designated(request: HttpRequest, form: KeyListForm) -> HttpResponse:
    """Enter what was ticked. Raises Conflict, Invalid."""
    paper = {name: form.cleaned_data[name] for name in ("number", "on", "scan")}
    made = on_paper(_designate)(form.choices(), actor=request.actor, **paper)  # type: ignore[attr-defined]
    sentence = ngettext("%(n)d suggestion is key now.", "%(n)d suggestions are key now.", len(made))
    messages.success(request, sentence % {"n": len(made)})
    return redirect("suggestions:key_list")


def _designate(choices: Any, *, actor: Any, paper: Paper) -> list[Suggestion]:
    return key.designate_many(choices, actor=actor, paper=paper)


def _designated_rows(actor: Any) -> Any:
    """The key suggestions of this year and those that are not completed, the latest first."""
    rows = Suggestion.objects.visible_to(actor).submitted().filter(is_key=True)
    current = Q(received_on__year=clock.today().year) | ~Q(status__in=["CLOSED", "WITHDRAWN"])
    named = rows.filter(current).select_related("supervising_leader", "supervising_body", "key_resolution")
    return named.order_by("-received_on", "-pk")[:200]


def _share(actor: Any) -> dict[str, Any]:
    """How many of this year's registered suggestions are key, and what is customary."""
    year = clock.today().year
    rows = Suggestion.objects.visible_to(actor).filter(received_on__year=year, serial__isnull=False)
    counts = rows.exclude(status="WITHDRAWN").aggregate(whole=Count("pk"), key=Count("pk", filter=Q(is_key=True)))
    percent = round(counts["key"] * 100 / counts["whole"]) if counts["whole"] else 0
    least, most = CUSTOMARY
    return {**counts, "percent": f"{percent}%", "from": f"{least}%", "to": f"{most}%"}
