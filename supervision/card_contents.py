"""What a supervision card says to its reader: the same on its page, on the sheet to print and in the Word document."""

from typing import Any

from accounts.actor import Actor
from suggestions.models import Evaluation, Source, Suggestion
from suggestions.querysets import signatories
from supervision.models import Card, CardFeedback


def told(card: Card, actor: Actor) -> dict[str, Any]:
    """The version in force before the former ones, the reports, who raised the matter."""
    found = card.versions.select_related("organ", "signed_by", "signed_sheet").prefetch_related("co_organs")
    versions = list(found.order_by("-version"))
    return {
        "card": card,
        "suggestion": card.suggestion,
        "version": versions[0],
        "former": versions[1:],
        "feedback": reports_on(card, actor),
        "deputies": list(signatories(card.suggestion).select_related("person", "station")),
        **_origins(card.suggestion),
    }


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


def _origins(suggestion: Suggestion) -> dict[str, list[str]]:
    """The stations and topics that it was collected from; without a source the station of its lead deputy."""
    rows = suggestion.sources.select_related(
        "meeting_opinion__topic", "meeting_opinion__meeting__station", "opinion__topic", "opinion__visit__station",
        "promise__meeting_opinion__topic", "promise__meeting_opinion__meeting__station",
    )  # fmt: skip
    found = [_origin(row) for row in rows] or [(suggestion.lead.station, None)]
    stations, topics = (dict.fromkeys(str(thing) for thing in things if thing) for things in zip(*found, strict=True))
    return {"stations": list(stations), "topics": list(topics)}


def _origin(source: Source) -> tuple[Any, Any]:
    """Station and topic of what a suggestion was collected from."""
    if source.opinion is not None:
        return source.opinion.visit.station if source.opinion.visit else None, source.opinion.topic
    said = source.meeting_opinion or (source.promise.meeting_opinion if source.promise else None)
    return (said.meeting.station, said.topic) if said else (None, None)
