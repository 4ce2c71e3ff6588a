"""What was handed over at a meeting, as far as the reader may see it."""

from typing import Any

from django.db.models import Prefetch

from accounts.actor import Actor
from deliberations.models import Meeting
from suggestions.models import ClockKind, Suggestion, SuggestionClock


def handed_over(meeting: Meeting, actor: Actor) -> list[Any]:
    """The hand-overs of the meeting by slip, each with the reply term that it started."""
    terms = SuggestionClock.objects.filter(kind=ClockKind.REPLY, round=1, voided_on=None)
    visible = Suggestion.objects.visible_to(actor).values("pk")
    rows: Any = meeting.hand_overs.filter(suggestion__in=visible).select_related("to", "suggestion__lead__person")
    found = list(rows.prefetch_related(Prefetch("suggestion__clocks", queryset=terms, to_attr="terms")).order_by("pk"))
    for row in found:
        row.term = next(iter(row.suggestion.terms), None)
    return found
