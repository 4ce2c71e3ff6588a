"""What a case page reads: few queries, as many for a suggestion with a long history as for a new one.

The case itself and the assignments are read with all that stands once beside them; the many small tables below them
come together (``workflow.gathering``). What only a few cases have is asked for by a flag of the case.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q
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
)
from workflow import clock
from workflow.gathering import attach, gather

#: What stands once beside a suggestion.
_ALONG = (
    "lead__person",
    "lead__term",
    "lead__station",
    "continued_by__person",
    "continued_by__term",
    "raised_by__person",
    "recorded_by__person",
    "delegation",
    "field",
    "session__term",
    "merge_group__lead",
    "key_resolution",
    "closing_resolution",
    "supervising_leader",
    "supervising_body",
    "sheet",
    "withdrawal_letter",
)


def cases(actor: Actor) -> Any:
    """The suggestions that the reader sees, with what stands once beside each, and what there is to ask for."""
    rows = Suggestion.objects.visible_to(actor).with_judged().select_related(*_ALONG)
    return rows.annotate(has_sources=Exists(Source.objects.filter(suggestion=OuterRef("pk"))))


def with_parts(case: Suggestion, actor: Actor) -> list[Assignment]:
    """The assignments, newest round first, hosts before co-hosts, with all that the reader may see below them.

    Fills in the signatures and hand-overs of the case, and each organ's ``liaisons``; two queries.
    """
    rows = list(_assignments(case))
    signatures, continued, given, liaisons, *parts = gather(
        *_below_the_case(case), *_below_assignments(case), *_replies(case, actor)
    )
    contacts, extensions, objections, replies, evaluations, deliveries, commitments = parts
    attach([case], "cosignatures", signatures)
    attach([case], "continuations", continued)
    attach([case], "hand_overs", given)
    attach(rows, "contacts", contacts)
    attach(rows, "extensions", extensions)
    attach(rows, "objections", objections)
    attach(rows, "reply", replies)
    attach(replies, "evaluations", evaluations)
    attach(replies, "deliveries", deliveries)
    attach(replies, "commitments", commitments)
    for organ in (*(row.organ.present for row in rows), *(row.to.present for row in given)):
        organ.liaisons = [officer for officer in liaisons if officer.organ_id == organ.pk]
    for row in rows:
        row.suggestion = case
        row.shows_opinion = policies.can_see_opinion(actor, row)  # type: ignore[attr-defined]
    return rows


def _assignments(case: Suggestion) -> Any:
    rows = case.assignments.select_related("organ__successor", "opinion", "hand_over__to")
    return rows.order_by("-round", "-part", "id")


def _below_the_case(case: Suggestion) -> tuple[Any, ...]:
    signed = CoSignature.objects.filter(suggestion=case, status=CoSignature.Status.ACCEPTED)
    continued = Continuation.objects.filter(suggestion=case)
    given = HandOver.objects.filter(suggestion=case)
    return (
        signed.select_related("mandate__person", "mandate__term"),
        continued.select_related("before__person", "after__person", "resolution"),
        given.select_related("to__successor"),
        _liaisons(case).select_related("person"),
    )


def _liaisons(case: Suggestion) -> Any:
    """Who answers today for the organs that have the case, or gave it on."""
    having = Organ.objects.filter(Q(assignments__suggestion=case) | Q(hand_overs__suggestion=case))
    today = having.values_list(Coalesce("successor", "pk"))
    return Officer.objects.current(clock.today()).filter(duty=Officer.Duty.LIAISON, organ__in=today)


def _below_assignments(case: Suggestion) -> tuple[Any, ...]:
    return (
        ContactRecord.objects.filter(assignment__suggestion=case),
        Extension.objects.filter(assignment__suggestion=case),
        Objection.objects.filter(assignment__suggestion=case).select_related("proposed"),
    )


def _replies(case: Suggestion, actor: Actor) -> tuple[Any, ...]:
    """The replies that the reader may read, and what is below them."""
    evaluations = Evaluation.objects.visible_to(actor).filter(reply__assignment__suggestion=case)
    deliveries = Delivery.objects.filter(reply__assignment__suggestion=case)
    commitments = Commitment.objects.filter(reply__assignment__suggestion=case)
    return (
        Reply.objects.visible_to(actor).filter(assignment__suggestion=case).select_related("result_class", "scan"),
        evaluations.select_related("mandate__person", "scan"),
        deliveries.select_related("mandate__person"),
        commitments.select_related("organ", "picture"),
    )
