"""Where a suggestion comes from: the meeting, the promise, the visit and the voters' words behind it (R49, scenario 5).

Whoever sees the suggestion reads the words, never a name or a number; confidential ones only who sees the visit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Meeting, MeetingOpinion, Opinion, Promise, Visit
from suggestions import stages
from suggestions.models import Source, Suggestion

#: Under which relation of a source each kind of row stands.
_RELATIONS: dict[type, str] = {MeetingOpinion: "meeting_opinion", Promise: "promise"}
#: The ways of a voter's opinion into a suggestion: at once, through a meeting, through a promise made there.
_WAYS = ("collected__suggestion", "deliberated__collected__suggestion", "deliberated__promise__collected__suggestion")


@dataclass
class Origin:
    """One source, as far as the reader may see it."""

    meeting: Meeting | None = None
    sees_meeting: bool = False
    said: MeetingOpinion | None = None
    promise: Promise | None = None
    voters: list[Opinion] = field(default_factory=list)
    #: How many voters' opinions the reader may not read.
    withheld: int = 0


@dataclass(frozen=True)
class Became:
    """The suggestion that a row was collected into; without ``suggestion`` the reader does not see it."""

    suggestion: Suggestion | None = None
    stage: str = ""


def sources_of(suggestion: Suggestion, actor: Actor) -> list[Origin]:
    """The sources of a suggestion that the reader sees, in the order of collecting; at most seven queries."""
    rows = list(_with_all(suggestion.sources))
    if not rows:
        return []
    visits = _visible(Visit, {opinion.visit_id for row in rows for opinion in _voters(row)}, actor)
    meetings = _visible(Meeting, {said.meeting_id for row in rows if (said := _said(row))}, actor)
    return [_origin(row, visits, meetings) for row in rows]


def collected(rows: Iterable[Any], actor: Actor) -> dict[int, Became]:
    """What each row of one kind became, by its key, in the reader's words; two queries for all."""
    found = list(rows)
    if not found:
        return {}
    pairs = _pairs(found)
    if not pairs:
        return {}
    cases = Suggestion.objects.visible_to(actor).for_list(actor).in_bulk(set(pairs.values()))
    return {pk: _became(cases.get(case), actor) for pk, case in pairs.items()}


def _pairs(found: list[Any]) -> dict[int, int]:
    """The suggestion of each row that became one; a voter's opinion also by way of a meeting or a promise made there."""
    if isinstance(found[0], Opinion):
        rows = Opinion.objects.filter(pk__in=[row.pk for row in found]).annotate(became=Coalesce(*_WAYS))
        return dict(rows.exclude(became=None).values_list("pk", "became"))
    relation = _RELATIONS[type(found[0])]
    return dict(Source.objects.filter(**{f"{relation}__in": found}).values_list(relation, "suggestion"))


def _became(case: Any, actor: Actor) -> Became:
    if case is None:
        return Became()
    return Became(case, stages.stage(case, actor, case.assignment_status or "", case.part or ""))


def _with_all(sources: Any) -> Any:
    said = ("meeting_opinion", "promise__meeting_opinion")
    people = [
        f"{row}__{part}" for row in said for part in ("speaker__person", "topic", "meeting__station", "county_lead")
    ]
    rows = sources.select_related(*people, "promise__organ", "opinion__visit__station", "opinion__topic")
    opinions = ("visit__station", "tellings")
    basis = [f"{row}__basis__{part}" for row in said for part in opinions]
    return rows.prefetch_related(*basis, "opinion__tellings")


def _said(row: Source) -> MeetingOpinion | None:
    return row.promise.meeting_opinion if row.promise else row.meeting_opinion


def _voters(row: Source) -> list[Opinion]:
    said = _said(row)
    return list(said.basis.all()) if said else [row.opinion] if row.opinion else []


def _visible(model: Any, keys: set[int], actor: Actor) -> set[int]:
    return set(model.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _origin(row: Source, visits: set[int], meetings: set[int]) -> Origin:
    said, voters = _said(row), _voters(row)
    shown = [opinion for opinion in voters if not opinion.confidential or opinion.visit_id in visits]
    for opinion in shown:
        opinion.sees_visit = opinion.visit_id in visits  # type: ignore[attr-defined]
        opinion.is_told = any(telling.final for telling in opinion.tellings.all())  # type: ignore[attr-defined]
    meeting = said.meeting if said else None
    sees_meeting = meeting is not None and meeting.pk in meetings
    return Origin(meeting, sees_meeting, said, row.promise, shown, len(voters) - len(shown))
