"""The page of each act on a suggestion or on a part of it, and which acts are open."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.actor import Actor
from stations.transitions.cards import has_pin
from suggestions.models import Assignment, Evaluation, Reply, Suggestion
from suggestions.policies.drafting import can_see_sheet
from suggestions.transitions import Verb
from suggestions.views.catalogue import acts_of
from workflow.acting import Act, act_page


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act; an act on a part names its assignment."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Suggestion.objects.visible_to(actor), pk=pk)
    chosen = acts_of(actor)[verb]
    if chosen.verb == Verb.EVALUATE and actor.device_id is not None and not has_pin(actor):
        return redirect(f"{reverse('stations:pin')}?of={pk}")
    subject = _subject(chosen, case, part, actor)
    context = {
        "suggestion": case,
        "verdict": _verdict(case) if chosen.verb == Verb.RELEASE_VERDICT else None,
        "sees_sheet": case.sheet_id is not None and can_see_sheet(actor),
    }
    back = reverse("suggestions:detail", args=[case.pk])
    return act_page(request, chosen, case, subject, back=back, template="suggestions/act.html", **context)


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


def _verdict(case: Suggestion) -> Any:
    return case.verdicts.filter(round=case.round).first()


def acts_for(actor: Actor, case: Suggestion, assignments: list[Assignment]) -> list[tuple[Act, Assignment | None]]:
    """The acts that this person can do now, in the order of the life of a suggestion."""
    return [
        (chosen, part)
        for chosen in acts_of(actor).values()
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
        signed = {subject.assignment.suggestion.speaker_id, *_co_signers(subject.assignment.suggestion)}
        return bool(signed - {delivery.mandate_id for delivery in subject.deliveries.all()})
    return True


def _judged_by(evaluation: Evaluation, actor: Actor) -> bool:
    if evaluation.source == Evaluation.Source.ORGAN_FORM and not evaluation.counts:
        # what the organ brought is no word of the deputy
        return False
    return actor.is_deputy and evaluation.mandate.person_id == actor.person_id


def _co_signers(case: Suggestion) -> set[int]:
    return {row.mandate_id for row in case.cosignatures.all() if row.status == row.Status.ACCEPTED}
