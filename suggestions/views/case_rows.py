"""What a case page reads: few queries, as many for a suggestion with a long history as for a new one.

The case itself and the assignments are read with all that stands once beside them; the many small tables below them
come together (``workflow.gathering``). What only a few cases have is asked for by a flag of the case.
"""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from accounts.models import Officer, Organ
from suggestions import policies
from suggestions.models import (
    Assignment,
    Commitment,
    ContactRecord,
    Continuation,
    CoSignature,
    Delivery,
    Evaluation,
    Extension,
    HandOver,
    Objection,
    Reply,
    Source,
    Suggestion,
    SuggestionClock,
    Verdict,
)
from workflow import clock
from workflow.gathering import attach, gather

#: What stands once beside every suggestion.
_ALONG = ("lead__person", "lead__term", "lead__station", "delegation", "field", "session__term")
#: What stands once beside some, with what is read along with it. PostgreSQL plans many joins for longer than it
#: takes to look up the few that are there.
_BESIDE: dict[str, tuple[str, ...]] = {
    "continued_by": ("person", "term"),
    "raised_by": ("person",),
    "recorded_by": ("person",),
    "merge_group": ("lead",),
    "key_resolution": (),
    "closing_resolution": (),
    "supervising_leader": (),
    "supervising_body": (),
    "withdrawal_letter": (),
}


def cases(actor: Actor) -> Any:
    """The suggestions that the reader sees, with what stands once beside each, and what there is to ask for."""
    rows = Suggestion.objects.visible_to(actor).with_judged().select_related(*_ALONG)
    return rows.annotate(has_sources=Exists(Source.objects.filter(suggestion=OuterRef("pk"))))


def with_parts(case: Suggestion, actor: Actor) -> list[Assignment]:
    """The assignments, newest round first, what has ended last, hosts before co-hosts, with all that the reader may see below them.

    Fills in what is below the case too, and each organ's ``liaisons``; two queries.
    """
    rows = list(_assignments(case))
    levels = (_below_the_case(case), _below_assignments(case, actor), _below_replies(case, actor))
    below = {relation: queryset for level in levels for relation, queryset in level.items()}
    beside = _beside(case)
    liaisons, *lists = gather(_liaisons(case), *below.values(), *beside.values())
    found = dict(zip([*below, *beside], lists, strict=True))
    _put_beside(case, {relation: found[relation] for relation in beside})
    for parents, level in zip(([case], rows, found["reply"]), levels, strict=True):
        for relation in level:
            attach(parents, relation, found[relation])
    attach([case], "assignments", rows)
    _name_liaisons([*(row.organ for row in rows), *(row.to for row in found["hand_overs"])], liaisons)
    for row in rows:
        attach([row], "clocks", found["clocks"])
        row.shows_opinion = policies.can_see_opinion(actor, row)  # type: ignore[attr-defined]
    return rows


def read_beside(case: Suggestion) -> None:
    """What stands beside a suggestion without parts; one query, none where nothing does."""
    beside = _beside(case)
    if beside:
        _put_beside(case, dict(zip(beside, gather(*beside.values()), strict=True)))


def _beside(case: Suggestion) -> dict[str, Any]:
    """A queryset of one row for each of what stands beside this suggestion."""
    found = {}
    for name, along in _BESIDE.items():
        model: Any = case._meta.get_field(name).related_model
        key = getattr(case, f"{name}_id")
        if key is not None:
            found[name] = model._base_manager.filter(pk=key).select_related(*along)
    return found


def _put_beside(case: Suggestion, found: dict[str, list[Any]]) -> None:
    for relation, (row,) in found.items():
        setattr(case, relation, row)


def _assignments(case: Suggestion) -> Any:
    rows = case.assignments.select_related("organ__successor", "opinion", "hand_over__to")
    ended = Case(When(status=Assignment.Status.ENDED, then=1), default=0)
    return rows.order_by("-round", ended, "-part", "id")


def _below_the_case(case: Suggestion) -> dict[str, Any]:
    signed = CoSignature.objects.filter(suggestion=case, status=CoSignature.Status.ACCEPTED)
    continued = Continuation.objects.filter(suggestion=case)
    return {
        "cosignatures": signed.select_related("mandate__person", "mandate__term"),
        "continuations": continued.select_related("before__person", "after__person", "resolution"),
        "hand_overs": HandOver.objects.filter(suggestion=case).select_related("to__successor"),
        "verdicts": Verdict.objects.filter(suggestion=case),
        "clocks": SuggestionClock.objects.filter(suggestion=case),
    }


def _below_assignments(case: Suggestion, actor: Actor) -> dict[str, Any]:
    replies = Reply.objects.visible_to(actor).filter(assignment__suggestion=case)
    return {
        "contacts": ContactRecord.objects.filter(assignment__suggestion=case),
        "extensions": Extension.objects.filter(assignment__suggestion=case),
        "objections": Objection.objects.filter(assignment__suggestion=case).select_related("proposed"),
        "reply": replies.select_related("result_class", "scan"),
    }


def _below_replies(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """What is below the replies that the reader may read; what is below others finds no parent."""
    evaluations = Evaluation.objects.visible_to(actor).filter(reply__assignment__suggestion=case)
    deliveries = Delivery.objects.filter(reply__assignment__suggestion=case)
    commitments = Commitment.objects.filter(reply__assignment__suggestion=case)
    return {
        "evaluations": evaluations.select_related("mandate__person", "scan"),
        "deliveries": deliveries.select_related("mandate__person"),
        "commitments": commitments.select_related("organ", "picture"),
    }


def _liaisons(case: Suggestion) -> Any:
    """Who answers today for the organs that have the case, or gave it on."""
    given = HandOver.objects.filter(suggestion=case).values("to")
    having = Organ.objects.filter(
        Q(pk__in=Assignment.objects.filter(suggestion=case).values("organ")) | Q(pk__in=given)
    )
    today = having.values_list(Coalesce("successor", "pk"))
    return (
        Officer.objects.current(clock.today())
        .filter(duty=Officer.Duty.LIAISON, organ__in=today)
        .select_related("person")
    )


def _name_liaisons(organs: list[Organ], officers: list[Officer]) -> None:
    for organ in organs:
        present: Any = organ.present
        present.liaisons = [officer for officer in officers if officer.organ_id == present.pk]
