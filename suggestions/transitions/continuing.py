"""Who continues a suggestion whose deputy has left office: a co-signer first, else by resolution (scenario 37)."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Resolution
from deliberations.transitions.resolutions import Paper, resolve, told
from stations.models import Level, Mandate
from suggestions import deadlines, policies, recipients
from suggestions.models import ClockKind, Continuation, CoSignature, Reply, Suggestion
from suggestions.transitions import clocks
from suggestions.transitions.intake import check_own_level
from suggestions.transitions.judging import judge
from suggestions.transitions.key import on_paper
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record


@transaction.atomic
def continue_with(
    suggestion: Suggestion,
    *,
    actor: Actor,
    version: int,
    mandate: Mandate,
    reason: str,
    paper: Paper | None = None,
) -> Suggestion:
    """Let another county deputy speak for it from now on; who proposed it stays its lead.

    ``reason`` is one of ``Mandate.EndReason``. Raises NotAllowed, Stale, Conflict while its deputy is in office or
    only suspended, and Invalid for who does not sit in the county's congress, or who did not sign it and has no
    resolution of the council of chairpersons (invariant 10).
    """
    case = lock(suggestion, version=version)
    permit(policies.can_continue(actor, case))
    SUGGESTION.require(case, Verb.CONTINUE)
    require_out_of_office(case)
    if reason not in Mandate.EndReason.values:
        raise Invalid("reason", "reason_missing", _("Say why the deputy no longer speaks for it."))
    check_own_level(mandate)
    if paper is None and mandate.pk not in heirs(case).values_list("pk", flat=True):
        sentence = _("%(name)s did not sign it; enter the minutes of the council of chairpersons that name them.")
        raise Invalid("number", "needs_resolution", sentence, name=mandate.person.name)
    _continue(case, actor, mandate, reason, resolve(paper) if paper else None)
    return case


def require_out_of_office(case: Suggestion) -> None:
    """Raise Conflict while whoever speaks for it holds the mandate; a suspended deputy is not replaced."""
    if case.speaker.status != Mandate.Status.ENDED:
        sentence = _("%(name)s is in office and speaks for it.")
        if case.speaker.status == Mandate.Status.SUSPENDED:
            sentence = _("%(name)s is only suspended and is not replaced.")
        raise Conflict("in_office", sentence, name=case.speaker.person.name)


def heirs(case: Suggestion) -> QuerySet[Mandate]:
    """The co-signers in office, in the order in which they signed: each may continue it without a resolution."""
    signed = {"cosignatures__suggestion": case, "cosignatures__status": "ACCEPTED"}
    rows = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).filter(**signed)
    return rows.exclude(pk=case.speaker_id).select_related("person", "term").order_by("cosignatures__pk")


def signed_along() -> Prefetch:
    """For a list of suggestions: the co-signers in office, as ``heirs`` on each."""
    active = Mandate.objects.active(clock.today()).of_level(Level.COUNTY)
    rows = CoSignature.objects.filter(status=CoSignature.Status.ACCEPTED, mandate__in=active)
    return Prefetch("cosignatures", rows.select_related("mandate__person").order_by("pk"), to_attr="heirs")


def others(case: Suggestion) -> QuerySet[Mandate]:
    """The county deputies in office who did not sign it."""
    rows = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).exclude(pk__in=heirs(case).values("pk"))
    return rows.select_related("person").order_by("person__pinyin", "pk")


def _continue(case: Suggestion, actor: Actor, mandate: Mandate, reason: str, resolution: Resolution | None) -> None:
    before = case.speaker
    Continuation.objects.create(
        suggestion=case, before=before, after=mandate, reason=reason, on=clock.today(), resolution=resolution
    )
    changes: dict[str, Any] = {
        "before": str(before.uuid), "after": str(mandate.uuid), "reason": reason,
        "deputies": [before.person.name, mandate.person.name], **(told(resolution) if resolution else {}),
    }  # fmt: skip
    behalf = on_paper(actor) if resolution else actor
    fields = {"continued_by": mandate}
    record(case, SUGGESTION, Verb.CONTINUE, actor=behalf, changes=changes, fields=fields)
    _ask_anew(case, mandate)
    told_to = [*recipients.of_speaker(case), *recipients.of_handlers(case)]
    tell(case, "continued", told_to, deputy=mandate.person.name, lead=before.person.name)


def _ask_anew(case: Suggestion, mandate: Mandate) -> None:
    """Whoever continues is asked what they think of the answer; what they said of it before decides now."""
    clocks.void(case, ClockKind.FEEDBACK)
    present = {"assignment__suggestion": case, "assignment__round": case.round}
    reply = Reply.objects.filter(status=Reply.Status.RELEASED, **present).first()
    unjudged = not case.verdicts.filter(round=case.round).exists()
    if reply is None or case.status != Suggestion.Status.REPLIED or not unjudged:
        return
    if reply.evaluations.filter(mandate=mandate, counts=True).exists():
        judge(case, reply)
    elif reply.deliveries.filter(mandate=mandate).exists():
        today = clock.today()
        clocks.start(case, ClockKind.FEEDBACK, today, partial(deadlines.feedback_due, today))
