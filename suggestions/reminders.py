"""Which time limits someone must be reminded of, worked from state: what should have been told by now.

A limit has rungs: the days before it in the rule set's ladder, the day itself, then every few days. Only the
rung reached now is told, so that a missed week brings one reminder and not seven.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from accounts.models import Organ, Post
from notifications.models import Notification
from notifications.transitions import Telling
from suggestions import recipients
from suggestions.models import ClockKind, SuggestionClock
from workflow.rules import rules_in_force

#: After the day itself a limit is told again every so many days.
REPEAT_DAYS = 3


def rung(days_left: int, ladder: list[int]) -> str:
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
    ladder = list(rules_in_force(today)[1]["reminder_days"])
    last = today + timedelta(days=max(ladder))
    clocks = SuggestionClock.objects.running().filter(act_by__lte=last)
    clocks = clocks.select_related("suggestion__lead", "assignment__organ").order_by("pk")
    known = _Posts()
    for row in clocks.iterator(chunk_size=2000):
        yield from _of_clock(row, today, ladder, known)


def void_facts() -> list[str]:
    """Facts of reminders not yet read whose time limit no longer runs, or has another date since."""
    unread = Notification.objects.filter(kind__startswith="reminder.").unread()
    facts = {fact: _clock_of(fact) for fact in unread.values_list("fact", flat=True).distinct()}
    told = {pk for pk, _act_by in facts.values()}
    running = SuggestionClock.objects.running().filter(pk__in=told).values_list("pk", "act_by")
    true = {(pk, act_by.isoformat()) for pk, act_by in running}
    return [fact for fact, clock in facts.items() if clock not in true]


def _clock_of(fact: str) -> tuple[int, str]:
    """The clock and the date that a fact told of."""
    _kind, _label, pk, act_by, _rung = fact.split(":")
    return int(pk), act_by


def _of_clock(row: SuggestionClock, today: date, ladder: list[int], known: "_Posts") -> Iterator[Telling]:
    days_left = (row.act_by - today).days
    step = rung(days_left, ladder)
    if not step:
        return
    overdue = days_left < 0
    kind = f"reminder.{row.kind.lower()}_{'overdue' if overdue else 'due'}"
    fact = f"{kind}:clock:{row.pk}:{row.act_by.isoformat()}:{step}"
    for post in known.to_remind(row, overdue):
        url = reverse("suggestions:detail", args=[row.suggestion_id])
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


class _Posts:
    """Who is to be reminded, looked up once per organ and run."""

    def __init__(self) -> None:
        self._staff: list[Post] | None = None
        self._organs: dict[int, list[Post]] = {}

    def to_remind(self, row: SuggestionClock, overdue: bool) -> list[Post]:
        """Whoever has the ball; staff as well once it is late."""
        holders = _HOLDERS[row.kind](self, row)
        return [*holders, *self.staff()] if overdue else holders

    def staff(self) -> list[Post]:
        """The committee's staff."""
        if self._staff is None:
            self._staff = recipients.of_staff()
        return self._staff

    def organ(self, organ: Organ) -> list[Post]:
        """Handlers of one organ."""
        if organ.pk not in self._organs:
            self._organs[organ.pk] = recipients.of_organ(organ)
        return self._organs[organ.pk]

    def of_assignment(self, row: SuggestionClock) -> list[Post]:
        """Handlers of the organ whose part the limit is for."""
        return self.organ(row.assignment.organ) if row.assignment else []

    def of_hosts(self, row: SuggestionClock) -> list[Post]:
        """Handlers of the host of the round; of the forwarding office as long as nothing is allotted."""
        hosts = row.suggestion.assignments.filter(round=row.round).exclude(part="CO_HOST").exclude(status="ENDED")
        organs = [assignment.organ for assignment in hosts.select_related("organ")]
        if not organs:
            organs = [hand_over.to for hand_over in row.suggestion.hand_overs.select_related("to")]
        return [post for organ in organs for post in self.organ(organ)]

    def of_lead(self, row: SuggestionClock) -> list[Post]:
        """The lead deputy, or the station's liaison for them."""
        return recipients.of_deputy(row.suggestion.lead)

    def of_staff(self, row: SuggestionClock) -> list[Post]:
        """The committee's staff."""
        return self.staff()


_HOLDERS: dict[str, Callable[[_Posts, SuggestionClock], list[Post]]] = {
    ClockKind.RECEIPT: _Posts.of_assignment,
    ClockKind.CO_HOST: _Posts.of_assignment,
    ClockKind.REPLY: _Posts.of_hosts,
    ClockKind.FEEDBACK: _Posts.of_lead,
    ClockKind.RELEASE: _Posts.of_staff,
}
