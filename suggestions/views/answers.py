"""What a suggestion's page adds to the answers that it has read: which forms wait, and how the commitments stand."""

from typing import Any

from accounts.actor import Actor
from suggestions.models import Assignment, Commitment, Evaluation, Reply
from suggestions.views.commitments import CommitmentButtons, light_of


def show(rounds: list[Assignment], actor: Actor) -> None:
    """Give the commitments of each answer their light and buttons, and say of each form whether it waits.

    Only the latest answer's commitments are followed; an earlier one's only stand there.
    """
    answers = [_answer(row) for row in rounds if hasattr(row, "reply")]
    released = [reply for reply in answers if reply.status == Reply.Status.RELEASED]
    latest = max((reply.assignment.round for reply in released), default=0)
    buttons = CommitmentButtons(actor)
    for reply in answers:
        reply.is_latest = reply in released and reply.assignment.round == latest
        _mark_forms(reply)
        rows = list(reply.commitments.all())
        reply.all_kept = bool(rows) and all(row.status == Commitment.Status.CONFIRMED for row in rows)
        for row in rows:
            row.reply = reply
            row.is_followed = reply.is_latest
            row.light = light_of(row) if row.is_followed else None
            row.acts = buttons.of(row) if row.is_followed else []


def _answer(part: Assignment) -> Any:
    """The reply, which knows without a query to which suggestion it belongs."""
    part.reply.assignment = part
    return part.reply


def _mark_forms(reply: Reply) -> None:
    """A form that the organ handed in ``waits`` as long as nothing of that deputy counts."""
    rows: list[Any] = list(reply.evaluations.all())
    counted = {row.mandate_id for row in rows if row.counts}
    for row in rows:
        row.waits = row.source == Evaluation.Source.ORGAN_FORM and row.mandate_id not in counted
