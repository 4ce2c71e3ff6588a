"""Commitments of replies (F22): the ledger, the page of each act, and the picture of what was done."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from files.downloads import attachment_response
from files.uploads import store_upload
from suggestions.filters import CommitmentFilter
from suggestions.forms import commitments as forms
from suggestions.models import Commitment, Suggestion
from suggestions.policies import commitments as policies
from suggestions.transitions import Verb, commitments
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import permit
from workflow.paging import listing
from workflow.periods import Light, light

SOONEST = (("due_on", "asc"), ("pk", "asc"))
#: So many answers whose words the old ledger does not tell are named under the list.
MOST = 50

_act = partial(Act, subject=Commitment, require=commitments.require_commitment)

_REPORT_THEN = gettext_lazy("The deputy is asked whether it is so.")
_KEPT_NOTE = gettext_lazy("The commitment is struck off. With the last one the suggestion is completed.")
_DENY_NOTE = gettext_lazy("The commitment stays open; the organ reads what is still lacking.")
_BROKEN_NOTE = gettext_lazy("It stays open and overdue; the organ is told.")


@transaction.atomic
def _report(commitment: Commitment, *, actor: Actor, picture: Any, **data: Any) -> None:
    stored = store_upload(picture, user=actor.user) if picture else None
    commitments.report_commitment(commitment, actor=actor, picture=stored, **data)


COMMITMENT_ACTS = catalogue(
    _act(
        Verb.REPORT_COMMITMENT,
        gettext_lazy("Report as kept"),
        _report,
        policies.can_report_commitment,
        forms.ReportForm,
        then=_REPORT_THEN,
        style="primary",
    ),
    _act(
        Verb.CONFIRM_COMMITMENT,
        gettext_lazy("It was kept"),
        commitments.confirm_commitment,
        policies.can_answer_commitment,
        forms.KeptForm,
        note=_KEPT_NOTE,
        style="primary",
    ),
    _act(
        Verb.DENY_COMMITMENT,
        gettext_lazy("It was not done"),
        commitments.deny_commitment,
        policies.can_answer_commitment,
        forms.DenyForm,
        note=_DENY_NOTE,
    ),
    _act(
        Verb.NOTE_BROKEN,
        gettext_lazy("Record how it stands"),
        commitments.note_broken,
        policies.can_note_broken,
        forms.BrokenForm,
        note=_BROKEN_NOTE,
        ready=commitments.require_overdue,
    ),
)


def commitment_list(request: HttpRequest) -> HttpResponse:
    """The commitments that are one's own, or all that one may see; the one due first in front."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_commitments(actor))
    own = Commitment.objects.concerning(actor)
    context = listing(request, own.for_list(), CommitmentFilter, SOONEST, counted=_("%(count)s commitments"))
    for row in context["rows"]:
        row.case = policies.case_of(row)
        row.light = light_of(row)
        row.is_late = row.light is not None and row.light.colour == "red"
    context |= {"tabs": _tabs(request, own), "is_own": actor.is_organ, "unknown": _unknown(actor)}
    return render(request, "suggestions/commitments.html", context)


def commitment_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one act on a commitment one may see."""
    commitment = get_object_or_404(_visible(request), pk=pk)
    case = policies.case_of(commitment)
    context = {"commitment": commitment, "suggestion": case, "lead": commitment}
    template = "suggestions/commitment_act.html"
    return act_page(
        request, COMMITMENT_ACTS[verb], case, commitment, back=_address(commitment), template=template, **context
    )


def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of what was done, of a commitment one may see."""
    found = get_object_or_404(_visible(request).exclude(picture=None).select_related("picture"), pk=pk)
    return attachment_response(request, found.picture)


def light_of(commitment: Commitment) -> Light | None:
    """Red the day after, counted from the letter; nothing runs once it is kept or nobody follows it."""
    case, begun = policies.case_of(commitment), commitment.reply.letter_on
    going_on = case.status in (Suggestion.Status.HANDLING, Suggestion.Status.REPLIED, Suggestion.Status.FOLLOW_UP)
    if commitment.status == Commitment.Status.CONFIRMED or begun is None or not going_on:
        return None
    return light(commitment.due_on, begun, clock.today())


class CommitmentButtons:
    """What a person can do now with each of several commitments.

    Who may depends on the reply and the organ only, and is asked once for all commitments that share them.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.known: dict[Any, bool] = {}
        self.acts = [replace(act, allowed=partial(self._may, act.allowed)) for act in COMMITMENT_ACTS.values()]

    def of(self, commitment: Commitment) -> list[dict[str, Any]]:
        """The acts that are open, as buttons."""
        return offered(self.acts, self.actor, commitment, partial(_act_url, commitment))

    def _may(self, policy: Any, actor: Actor, commitment: Commitment) -> bool:
        key = policy, commitment.reply_id, commitment.organ_id
        if key not in self.known:
            self.known[key] = policy(actor, commitment)
        return self.known[key]


def _act_url(commitment: Commitment, act: Act) -> str:
    return reverse("suggestions:commitment_act", args=[commitment.pk, act.verb.value])


def _visible(request: HttpRequest) -> Any:
    return Commitment.objects.visible_to(request.actor).for_list()  # type: ignore[attr-defined]


def _address(commitment: Commitment) -> str:
    page = reverse("suggestions:detail", args=[policies.case_of(commitment).pk])
    return f"{page}#commitment-{commitment.pk}"


def _tabs(request: HttpRequest, own: Any) -> list[dict[str, Any]]:
    tabs = [
        ("", _("All"), own),
        ("open", _("Still open"), own.open()),
        ("overdue", _("Overdue"), own.overdue(clock.today())),
    ]
    tabs += [("reported", _("Reported as kept"), own.reported()), ("kept", _("Kept"), own.kept())]
    now = request.GET.get("due", "")
    return [
        {"label": label, "url": f"?due={due}" if due else "?", "current": due == now, "count": rows.count()}
        for due, label, rows in tabs
    ]


def _unknown(actor: Actor) -> list[Suggestion]:
    """Answers taken over from the old ledger that commit the organ to something it does not tell (D10)."""
    if actor.is_deputy:
        return []
    rows = Suggestion.objects.visible_to(actor).with_commitment_unknown()
    return list(rows.for_list(actor).order_by("-received_on", "-pk")[:MOST])
