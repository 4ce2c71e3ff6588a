"""Reminders of whatever has a day, worked from state: what should have been told by now and has not.

A source names its open matters, who holds each and in which words. What the ladder says of a matter today is a
fact; it is told once to each holder, and holds as long as this would still be said: until the matter is settled,
its day moves, another holds it, or the next rung is reached.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet

from accounts.models import Post
from notifications.models import Notification
from notifications.transitions import Telling, notify_many, restore, told, void_rows
from notifications.transitions.sending import URGING
from workflow.ladder import Ladder, Ladders

#: Matters and notifications looked at together: each chunk costs the same few queries.
CHUNK = 1000
#: How every kind of a reminder begins.
PREFIX = URGING

#: Why a reminder was taken back: the same person is told of the matter by another rung or day, or of nothing any more.
SUPERSEDED, SETTLED = "superseded", "settled"

#: Who is told of a matter of the source with so many days left.
Holders = Callable[[Any, int], Iterable[Post]]


@dataclass(frozen=True)
class Words:
    """What the sentence of a matter is filled with, and where it leads."""

    url: str
    params: dict[str, Any]


class Source:
    """Matters of one sort that have a day."""

    #: Stands in every fact; a label that is no longer known takes its reminders back.
    label: ClassVar[str]
    #: The sentences are ``reminder.<kind>_due`` and ``reminder.<kind>_overdue``.
    kind: ClassVar[str] = ""
    #: Days before it on which somebody is reminded; the county's ladder where it is None.
    steps: ClassVar[tuple[int, ...] | None] = None
    #: So many days after its day nobody is told yet.
    patience: ClassVar[int] = 0

    @property
    def only_waits(self) -> bool:
        """Whether its day is the one since which a matter waits, and not one by which something is due."""
        return self.steps == ()

    def rows(self) -> QuerySet[Any]:
        """The open matters as named tuples: ``pk``, ``act_by``, ``began_on``, and what their holders follow from."""
        raise NotImplementedError

    def holders(self, rows: list[Any]) -> Holders:
        """Who holds these matters, looked up for all of them at once."""
        raise NotImplementedError

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """The words of these matters; asked only for what is new."""
        raise NotImplementedError

    def kind_of(self, row: Any) -> str:
        """The kind of a matter, where a source has several."""
        return self.kind

    def ladder(self, row: Any, ladders: Ladders) -> Ladder:
        """By which it is told."""
        county = ladders.on(row.began_on)
        return county if self.steps is None else Ladder(self.steps, county.repeat)

    def days_left(self, row: Any, today: date) -> int:
        """Until its day; negative once it is over and patience with it."""
        return (row.act_by - today).days + self.patience


@dataclass(frozen=True)
class _Wanted:
    post: Post
    row: Any
    kind: str
    days_left: int


#: By recipient and fact: what should be told.
_Wish = dict[tuple[int, str], _Wanted]


def tell(source: Source, today: date, ladders: Ladders | None = None) -> int:
    """Tell what should have been told of this source by today; return how many notifications are new, or true again.

    Whoever asks several sources reads the ladders once for all.
    """
    ladders = ladders or Ladders()
    return sum(_tell(source, _wish(source, rows, today, ladders)) for rows in _chunks(source, today, ladders))


def untrue(
    notes: Iterable[tuple[int, int, str]], sources: Collection[Source], today: date, ladders: Ladders | None = None
) -> dict[int, str]:
    """Of reminders, as (key, recipient, fact), those that nobody would be told today, each with the reason."""
    found = {pk: (who, fact) for pk, who, fact in notes}
    ladders = ladders or Ladders()
    known, labels = {source.label: source for source in sources}, _by_label(found.values())
    holding = [
        fact for label in labels if label in known for fact in _holding(known[label], labels[label], today, ladders)
    ]
    now, matters = set(holding), {(who, matter_of(fact)) for who, fact in holding}
    return {
        pk: SUPERSEDED if (who, matter_of(fact)) in matters else SETTLED
        for pk, (who, fact) in found.items()
        if (who, fact) not in now
    }


def void_untrue(sources: Collection[Source], today: date, ladders: Ladders | None = None) -> int:
    """Take back the unread reminders that are no longer true; return how many."""
    ladders = ladders or Ladders()
    return sum(void_all(untrue(notes, sources, today, ladders)) for notes in _unread())


def void_all(reasons: dict[int, str]) -> int:
    """Take back the notifications of these keys, each for its reason; return how many."""
    return sum(
        void_rows([pk for pk, why in reasons.items() if why == reason], reason) for reason in set(reasons.values())
    )


def matter_of(fact: str) -> tuple[str, int]:
    """The label and the key of what the fact of a reminder is about."""
    _kind, label, pk, _act_by, _rung = fact.split(":")
    return label, int(pk)


def _chunks(source: Source, today: date, ladders: Ladders) -> Iterator[list[Any]]:
    """The matters of which something may be told, by their day, in lists of at most CHUNK."""
    ahead = ladders.longest if source.steps is None else max(source.steps, default=-1)
    due = source.rows().filter(act_by__lte=today + timedelta(ahead - source.patience)).order_by("act_by", "pk")
    rows = due
    while chunk := list(rows[:CHUNK]):
        yield chunk
        last = chunk[-1]
        rows = due.filter(act_by__gte=last.act_by).exclude(act_by=last.act_by, pk__lte=last.pk)


def _wish(source: Source, rows: list[Any], today: date, ladders: Ladders) -> _Wish:
    """What should be told of these matters today."""
    holders, wish = source.holders(rows), {}
    for row in rows:
        days_left = source.days_left(row, today)
        if rung := source.ladder(row, ladders).rung(days_left):
            kind = f"{PREFIX}{source.kind_of(row)}_{'overdue' if days_left < 0 else 'due'}"
            fact = f"{kind}:{source.label}:{row.pk}:{row.act_by.isoformat()}:{rung}"
            wish.update({(post.user_id, fact): _Wanted(post, row, kind, days_left) for post in holders(row, days_left)})
    return wish


def _tell(source: Source, wish: _Wish) -> int:
    """Tell what was not told yet, and again what was taken back and is true once more."""
    known = told({fact for _who, fact in wish})
    again = [known[pair] for pair in wish if known.get(pair)]
    missing = {pair: wanted for pair, wanted in wish.items() if pair not in known}
    return (restore(again) if again else 0) + (notify_many(_tellings(source, missing)) if missing else 0)


def _tellings(source: Source, missing: _Wish) -> Iterator[Telling]:
    words = source.words({wanted.row.pk for wanted in missing.values()})
    for (_who, fact), wanted in missing.items():
        # what ended a moment ago has none
        if said := words.get(wanted.row.pk):
            day = wanted.row.act_by
            params = {**said.params, "act_by": day.isoformat(), "days": abs(wanted.days_left)}
            yield Telling(wanted.post, fact, wanted.kind, params, said.url, None if source.only_waits else day)


def _holding(source: Source, keys: set[int], today: date, ladders: Ladders) -> Collection[tuple[int, str]]:
    """By recipient and fact, what holds of these matters today."""
    return _wish(source, list(source.rows().filter(pk__in=keys)), today, ladders)


def _by_label(pairs: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    labels: dict[str, set[int]] = {}
    for label, pk in (matter_of(fact) for _who, fact in pairs):
        labels.setdefault(label, set()).add(pk)
    return labels


def _unread() -> Iterator[list[tuple[int, int, str]]]:
    """The reminders that nobody has read yet, by key, in lists of at most CHUNK."""
    notes = Notification.objects.filter(kind__startswith=PREFIX).unread().order_by("pk")
    last = 0
    while chunk := list(notes.filter(pk__gt=last).values_list("pk", "recipient_id", "fact")[:CHUNK]):
        yield chunk
        last = chunk[-1][0]
