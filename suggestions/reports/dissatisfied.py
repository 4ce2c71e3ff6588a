"""Rounds that did not satisfy the deputy, and those in which no answer came in time (table 8)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.actor import Actor
from deliberations.models import Cycle
from suggestions.models import Assignment, ClockKind, Evaluation, Rating, Reply, Suggestion, SuggestionClock
from suggestions.querysets import HELD
from suggestions.reports.ledger import NO_FEEDBACK, OPINIONS, cases, in_order, verdicts

#: Why, in the words of the table.
ATTITUDE, RESULT, NO_REPLY = "态度", "结果", "未答复"
CHUNK = 500


def count(actor: Actor, cycle: Cycle | None, today: date) -> int:
    """How many rows there are."""
    shown = _shown(actor, cycle)
    return _bad(actor).filter(suggestion__in=shown).count() + _late(today).filter(suggestion__in=shown).count()


def rows(actor: Actor, cycle: Cycle | None, today: date) -> Iterator[list[Any]]:
    """One row per round, in the order of the numbers: number, title, deputy, organ, reason, round, rework."""
    for case in _with_all(concerned(actor, cycle, today), actor).iterator(chunk_size=CHUNK):
        story = _Story(case)
        told = [story.vain(verdict) for verdict in case.known if verdict.value == Rating.DISSATISFIED]
        told += [story.unanswered(limit) for limit in case.limits if _is_late(limit, today)]
        yield from sorted(told, key=lambda row: row[5])


def concerned(actor: Actor, cycle: Cycle | None, today: date) -> QuerySet:
    """The suggestions that have such a round."""
    in_vain = Exists(_bad(actor).filter(suggestion=OuterRef("pk")))
    return _shown(actor, cycle).filter(in_vain | Exists(_late(today).filter(suggestion=OuterRef("pk"))))


def _shown(actor: Actor, cycle: Cycle | None) -> QuerySet:
    return cases(actor, cycle).exclude(status=Suggestion.Status.WITHDRAWN)


def _bad(actor: Actor) -> QuerySet:
    return verdicts(actor).filter(value=Rating.DISSATISFIED)


def _late(today: date) -> QuerySet:
    return _limits().filter(met_on=None, due_on__lt=today)


def _is_late(limit: SuggestionClock, today: date) -> bool:
    return limit.met_on is None and limit.due_on < today


def _limits() -> QuerySet:
    return SuggestionClock.objects.filter(kind=ClockKind.REPLY, voided_on=None).order_by("round")


def _with_all(found: QuerySet, actor: Actor) -> QuerySet:
    hosts = Assignment.objects.filter(HELD).exclude(part=Assignment.Part.CO_HOST)
    # who judged is shown to whom the verdict is: both are released by one act
    judged = Evaluation.objects.filter(counts=True)
    return in_order(found.select_related("lead__person")).prefetch_related(
        Prefetch("verdicts", verdicts(actor), "known"),
        Prefetch("clocks", _limits(), "limits"),
        Prefetch("assignments", hosts.select_related("organ__successor", "reply"), "hosts"),
        Prefetch("hosts__reply__evaluations", judged, "judged"),
    )


class _Story:
    """One case by rounds."""

    def __init__(self, case: Any) -> None:
        self.case = case
        self.hosts = {host.round: host for host in case.hosts}
        self.verdicts = {verdict.round: verdict for verdict in case.known}
        self.due_on = {limit.round: limit.due_on for limit in case.limits}

    def vain(self, verdict: Any) -> list[Any]:
        """A round whose answer did not satisfy, and what the next one came to."""
        after = verdict.round + 1
        reply, again = self._reply(after), self.verdicts.get(after)
        judged = OPINIONS[again.value] if again else NO_FEEDBACK
        return [
            *self._head(verdict.round), self._why(verdict.round), verdict.round, self.due_on.get(after),
            reply.letter_on if reply else None, judged if reply else "",
        ]  # fmt: skip

    def unanswered(self, limit: SuggestionClock) -> list[Any]:
        """A round in which no answer came by its day."""
        return [*self._head(limit.round), NO_REPLY, limit.round, limit.due_on, None, ""]

    def _head(self, number: int) -> list[Any]:
        host = self.hosts.get(number)
        organ = host.organ.present.name if host else ""
        return [self.case.number, self.case.title, self.case.lead.person.name, organ]

    def _why(self, number: int) -> str:
        reply = self._reply(number)
        mine = [row for row in reply.judged if row.mandate_id == self.case.speaker_id] if reply else []
        found = {
            ATTITUDE: any(row.attitude == Rating.DISSATISFIED for row in mine),
            RESULT: any(row.result == Rating.DISSATISFIED for row in mine),
        }
        return "、".join(word for word, holds in found.items() if holds)

    def _reply(self, number: int) -> Any:
        reply = getattr(self.hosts.get(number), "reply", None)
        return reply if reply and reply.status == Reply.Status.RELEASED else None
