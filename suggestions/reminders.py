"""Which time limits someone must be reminded of, worked from state: what should have been told by now.

A limit has rungs: the days before it in the rule set's ladder, the day itself, then every few days. Only the
rung reached now is told, so that a missed week brings one reminder and not seven.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import Post
from notifications.models import Notification
from notifications.transitions import Telling
from suggestions import recipients
from suggestions.models import Assignment, ClockKind, HandOver, Suggestion, SuggestionClock
from workflow.rules import rules_in_force

#: After the day itself a limit is told again every so many days.
REPEAT_DAYS = 3
#: Limits looked at together: each chunk costs the same few queries.
CHUNK = 1000


def rung(days_left: int, ladder: Sequence[int]) -> str:
    """The rung reached with so many days left; empty above the ladder.

    >>> rung(8, [30, 15, 7]), rung(7, [30, 15, 7]), rung(-1, [7]), rung(-4, [7]), rung(40, [30])
    ('15', '7', 'over0', 'over1', '')
    """
    if days_left < 0:
        return f"over{(-days_left - 1) // REPEAT_DAYS}"
    reached = [step for step in ladder if step >= days_left]
    return str(min(reached)) if reached else ""


def tellings(today: date) -> Iterator[Telling]:
    """Everything that handlers, deputies and staff should have been reminded of by today."""
    ladder = rules_in_force(today)[1]["reminder_days"]
    last = today + timedelta(days=max(ladder))
    staff = recipients.of_staff()
    for rows in _chunks(SuggestionClock.objects.running().filter(act_by__lte=last)):
        holders = _Holders(rows, staff)
        for row in rows:
            yield from _of_clock(row, today, ladder, holders)


def void_facts() -> list[str]:
    """Facts of reminders not yet read that are no longer true: the limit has ended, or its day has moved."""
    unread = Notification.objects.filter(kind__startswith="reminder.").unread()
    facts = {fact: _limit_of(fact) for fact in unread.values_list("fact", flat=True).distinct()}
    clocks = SuggestionClock.objects.running().values_list("pk", "act_by") if facts else ()
    running = {(pk, act_by.isoformat()) for pk, act_by in clocks}
    return sorted(fact for fact, limit in facts.items() if limit not in running)


def _limit_of(fact: str) -> tuple[int, str]:
    """The clock of a fact and the day it told of."""
    _kind, _clock, pk, act_by, _rung = fact.split(":")
    return int(pk), act_by


def _chunks(clocks: Any) -> Iterator[list[SuggestionClock]]:
    """The clocks with what is told of them, by key, in lists of at most CHUNK."""
    rows = clocks.select_related("suggestion__lead", "assignment__organ").prefetch_related(
        Prefetch("suggestion__assignments", queryset=Assignment.objects.exclude(status=Assignment.Status.ENDED)),
        Prefetch("suggestion__hand_overs", queryset=HandOver.objects.order_by("id")),
    )
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _of_clock(row: SuggestionClock, today: date, ladder: Sequence[int], holders: "_Holders") -> Iterator[Telling]:
    days_left = (row.act_by - today).days
    step = rung(days_left, ladder)
    if not step:
        return
    overdue = days_left < 0
    kind = f"reminder.{row.kind.lower()}_{'overdue' if overdue else 'due'}"
    fact = f"{kind}:clock:{row.pk}:{row.act_by.isoformat()}:{step}"
    url = reverse("suggestions:detail", args=[row.suggestion_id])
    # staff as well once it is late
    for post in [*holders.of(row), *(holders.staff if overdue else ())]:
        yield Telling(post, fact, kind, _params(row, days_left), url, row.act_by)


def _params(row: SuggestionClock, days_left: int) -> dict[str, Any]:
    return {
        "number": row.suggestion.number,
        "title": row.suggestion.title,
        "organ": row.assignment.organ.name if row.assignment else "",
        "due_on": row.due_on.isoformat(),
        "act_by": row.act_by.isoformat(),
        "days": abs(days_left),
    }


class _Holders:
    """Who has the ball in each of many limits: looked up for all of them at once."""

    def __init__(self, rows: list[SuggestionClock], staff: list[Post]) -> None:
        self.staff = staff
        self._organs = recipients.by_organ({organ for row in rows if (organ := _organ_of(row)) is not None})
        leads = {row.suggestion.lead_id: row.suggestion.lead for row in rows if row.kind == ClockKind.FEEDBACK}
        self._deputies = recipients.by_deputy(leads.values())

    def of(self, row: SuggestionClock) -> list[Post]:
        """Handlers of the organ, the lead deputy or who stands in for them, else the committee's staff."""
        if row.kind == ClockKind.FEEDBACK:
            return self._deputies[row.suggestion.lead_id]
        organ = _organ_of(row)
        return self.staff if organ is None else self._organs[organ]


def _organ_of(row: SuggestionClock) -> int | None:
    """The organ that must act; None where a deputy or the committee must."""
    if row.kind in (ClockKind.RECEIPT, ClockKind.CO_HOST):
        return row.assignment.organ_id if row.assignment else None
    return _replier_of(row) if row.kind == ClockKind.REPLY else None


def _replier_of(row: SuggestionClock) -> int | None:
    """The host of the round; the government office as long as it has not allotted."""
    case = row.suggestion
    if case.status == Suggestion.Status.AT_FORWARDER:
        return list(case.hand_overs.all())[-1].to_id
    return next((part.organ_id for part in case.assignments.all() if part.round == row.round and part.is_host), None)
