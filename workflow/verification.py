"""The truth of the whole record: every case of every app, in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from workflow import chain, guards
from workflow.models import Case

#: Cases that are in memory at a time, with their events.
CHUNK = 200


@dataclass
class Findings:
    """What was looked at, what was found wrong and what was erased by an act; each place with its sentence."""

    cases: int = 0
    events: int = 0
    faults: list[dict[str, str]] = field(default_factory=list)
    redactions: list[dict[str, str]] = field(default_factory=list)

    def note(self, kind: list[dict[str, str]], place: str, sentences: list[str]) -> None:
        """Add sentences about a place."""
        kind.extend({"place": place, "sentence": sentence} for sentence in sentences)


def verify() -> Findings:
    """Check the guards and every chain. Memory grows with what is wrong or erased only."""
    found = Findings()
    found.note(found.faults, "guards", [f"{name} is missing" for name in guards.missing(connection)])
    for model in case_models():
        found.note(found.faults, model._meta.label, _orphans(model))
        for case in _with_events(model).iterator(chunk_size=CHUNK):
            _look_at(case, found)
    return found


def case_models() -> Iterator[type[Case]]:
    """Every root of the installed apps."""
    for model in apps.get_models():
        if issubclass(model, Case):
            yield model


def _look_at(case: Case, found: Findings) -> None:
    events = case.events.all()  # type: ignore[attr-defined]
    place = f"{case._meta.label}:{case.pk}"
    found.cases += 1
    found.events += len(events)
    found.note(found.faults, place, _faults(case))
    found.note(found.redactions, place, chain.redactions(events))


def _faults(case: Case) -> list[str]:
    """The faults of a case; one that was acted on between the reading of case and events is read again."""
    while found := chain.faults(case, case.events.all()):  # type: ignore[attr-defined]
        fresh = _with_events(type(case)).get(pk=case.pk)
        if (fresh.version, fresh.head_hash) == (case.version, case.head_hash):
            return found
        case = fresh
    return []


def _with_events(model: Any) -> QuerySet[Any]:
    event = model._meta.get_field("events").related_model
    events = event._base_manager.select_related("detail", *event.WHO).order_by("seq")
    return model._base_manager.order_by("pk").prefetch_related(Prefetch("events", queryset=events))


def _orphans(model: Any) -> list[str]:
    """Events whose case is gone; a table that serves several kinds of case names exactly one in each row."""
    relation = model._meta.get_field("events")
    named = {f"{relation.field.name}__isnull": False}
    case = model._base_manager.filter(pk=OuterRef(relation.field.attname))
    alone = relation.related_model._base_manager.filter(**named).exclude(Exists(case))
    number = alone.count()
    return [f"{number} events belong to no case"] if number else []
