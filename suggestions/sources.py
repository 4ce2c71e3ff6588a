"""Where a suggestion comes from: the meeting, the promise, the visit and the voters' words behind it (R49, scenario 5).

Whoever sees the suggestion reads the words, never a name or a number; confidential ones only who sees the visit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Meeting, MeetingOpinion, Opinion, Promise, Telling, Visit
from suggestions import stages
from suggestions.models import Source, Suggestion
from suggestions.voices import TELLABLE
from suggestions.voices import to_tell as voters_to_tell

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
    """The sources of a suggestion that the reader sees, in the order of collecting; two queries."""
    rows = list(_with_all(suggestion.sources, actor))
    voices = list(_voices(rows, actor)) if rows else []
    return [_origin(row, {voice.pk: voice for voice in voices if _is_behind(voice, row)}) for row in rows]


def to_tell(suggestion: Suggestion, origins: Iterable[Origin]) -> list[Opinion]:
    """The voters behind a suggestion with a result whom the reader of its sources has still to tell."""
    if suggestion.status not in TELLABLE and suggestion.round == 1:
        return []
    waiting = {voice.pk: voice for origin in origins for voice in origin.voters if voice.waits}  # type: ignore[attr-defined]
    return [waiting[pk] for pk in sorted(waiting)]


def collected(rows: Iterable[Any], actor: Actor) -> dict[int, Became]:
    """What each row of one kind became, by its key, in the reader's words; two queries for all."""
    found = list(rows)
    if not found:
        return {}
    pairs = cases_of(found)
    if not pairs:
        return {}
    cases = Suggestion.objects.visible_to(actor).for_list(actor).in_bulk(set(pairs.values()))
    return {pk: _became(cases.get(case), actor) for pk, case in pairs.items()}


def cases_of(found: list[Any]) -> dict[int, int]:
    """The suggestion of each row that became one; a voter's opinion also by way of a meeting or a promise made there.

    Says nothing of who sees it.
    """
    if not found:
        return {}
    if isinstance(found[0], Opinion):
        rows = Opinion.objects.filter(pk__in=[row.pk for row in found]).annotate(became=Coalesce(*_WAYS))
        return dict(rows.exclude(became=None).values_list("pk", "became"))
    relation = _RELATIONS[type(found[0])]
    return dict(Source.objects.filter(**{f"{relation}__in": found}).values_list(relation, "suggestion"))


def _became(case: Any, actor: Actor) -> Became:
    if case is None:
        return Became()
    return Became(case, stages.stage(case, actor, case.assignment_status or "", case.part or ""))


def _with_all(sources: Any, actor: Actor) -> Any:
    """With the meeting opinion and the promise behind each, and ``sees_meeting``."""
    said = ("meeting_opinion", "promise__meeting_opinion")
    people = [
        f"{row}__{part}" for row in said for part in ("speaker__person", "topic", "meeting__station", "county_lead")
    ]
    meeting = Coalesce(*(OuterRef(f"{row}__meeting") for row in said))
    seen = Meeting.objects.visible_to(actor).filter(pk=meeting)
    return sources.select_related(*people, "promise__organ").annotate(sees_meeting=Exists(seen))


def _voices(rows: list[Source], actor: Actor) -> Any:
    """The voters' opinions behind the sources, one row for each way there, with what the reader may do with each."""
    meeting_opinions = [said.pk for row in rows if (said := _said(row))]
    behind = Q(collected__in=rows) | Q(deliberated__in=meeting_opinions)
    return (
        Opinion.objects.filter(behind)
        .select_related("visit__station")
        .annotate(
            said_as=F("deliberated__pk"),
            collected_as=F("collected__pk"),
            sees_visit=Exists(Visit.objects.visible_to(actor).filter(pk=OuterRef("visit"))),
            is_told=Exists(Telling.objects.filter(opinion=OuterRef("pk"), final=True)),
            waits=Exists(voters_to_tell(actor).filter(pk=OuterRef("pk"))),
        )
    )


def _said(row: Source) -> MeetingOpinion | None:
    return row.promise.meeting_opinion if row.promise else row.meeting_opinion


def _is_behind(voice: Any, row: Source) -> bool:
    said = _said(row)
    return voice.said_as == said.pk if said else voice.collected_as == row.pk


def _origin(row: Any, voters: dict[int, Any]) -> Origin:
    said = _said(row)
    shown = [opinion for opinion in voters.values() if not opinion.confidential or opinion.sees_visit]
    meeting = said.meeting if said else None
    return Origin(meeting, row.sees_meeting, said, row.promise, shown, len(voters) - len(shown))
