"""The organ's reports on a card, with what the deputy said of each."""

from accounts.actor import Actor
from suggestions.models import Evaluation
from supervision.models import Card, CardFeedback


def reports_on(card: Card, actor: Actor) -> list[CardFeedback]:
    """The reports of completion, the newest first, each with the lead deputy's opinion as far as it may be read."""
    rows = list(card.feedback.order_by("-pk"))
    if not rows:
        return rows
    judged = Evaluation.objects.visible_to(actor).filter(
        reply__assignment__suggestion=card.suggestion_id, mandate=card.suggestion.lead_id, counts=True
    )
    opinions = {row.reply.assignment.round: row for row in judged.select_related("reply__assignment")}
    for row in rows:
        row.opinion = opinions.get(row.round)  # type: ignore[attr-defined]
    return rows
