"""Taking an imported roster back: what it made goes, what it changed is again as it was.

Persons, mandates, organs and staff have no record of their own, so the batch keeps a journal: which rows were made,
and for each changed one its columns before and after. A station has a record and is never deleted; a new one is
closed, and opened again when a roster names it anew. Townships, terms and delegations stay.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Officer, Organ, OrganName, Person
from files.models import ImportBatch
from stations import policies
from stations.models import Mandate, Station, StationStaff
from stations.transitions.machines import STATION, Verb
from workflow.engine import Conflict, lock, permit, record
from workflow.gathering import gather

#: What can be deleted again, in an order in which nothing is deleted that another still points to.
_DELETED: tuple[type[models.Model], ...] = (StationStaff, Mandate, Officer, OrganName, Organ, Person)
_WATCHED: tuple[type[models.Model], ...] = (*_DELETED, Station)
#: Columns of a station that its record moves.
_OF_THE_RECORD = frozenset({"status", "version", "head_hash", "uuid", "created_at", "qr_token"})

Snapshot = Mapping[str, Mapping[int, Mapping[str, Any]]]


def snapshot() -> Snapshot:
    """Every row that a roster may make or change, as it is now; one query for all tables."""
    found = gather(*(model._base_manager.all() for model in _WATCHED))
    return {
        model._meta.label: {row.pk: {name: getattr(row, name) for name in _columns(model)} for row in rows}
        for model, rows in zip(_WATCHED, found, strict=True)
    }


def compared(before: Snapshot, after: Snapshot) -> dict[str, Any]:
    """The journal: keys of the rows that were made, and for the changed ones each column before and after."""
    made = {label: [pk for pk in rows if pk not in before[label]] for label, rows in after.items()}
    changed = {label: dict(_changes(before[label], rows)) for label, rows in after.items()}
    return json.loads(json.dumps({"made": made, "changed": changed}, cls=DjangoJSONEncoder))


@transaction.atomic
def take_back_roster(batch: ImportBatch, *, actor: Actor) -> int:
    """Undo a batch; returns how many rows were made or changed by it.

    Raises NotAllowed, and Conflict when a row was changed since or when something was built on it.
    """
    permit(policies.can_keep_roster(actor))
    made, changed = batch.journal.get("made", {}), batch.journal.get("changed", {})
    for model in _WATCHED:
        _restore(model, changed.get(model._meta.label, {}), actor, batch)
    for station in Station.objects.filter(pk__in=made.get(Station._meta.label, ())):
        _close(station, actor, batch)
    for model in _DELETED:
        _delete(model, made.get(model._meta.label, ()))
    return sum(map(len, made.values())) + sum(map(len, changed.values()))


def was_closed_by_taking_back(station: Station) -> bool:
    """Whether a closed station is only waiting for the corrected roster."""
    if station.status != Station.Status.CLOSED:
        return False
    last = station.events.select_related("detail").order_by("seq").last()
    return last is not None and "batch" in last.detail.changes


def _columns(model: type[models.Model]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return [name for name in names if model is not Station or name not in _OF_THE_RECORD]


def _changes(before: Mapping[int, Any], after: Mapping[int, Any]) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """JSON knows only texts as keys."""
    for pk, row in after.items():
        known = before.get(pk)
        if known is not None and known != row:
            yield str(pk), {name: [known[name], row[name]] for name in row if known[name] != row[name]}


def _restore(model: Any, changed: Mapping[str, Mapping[str, list[Any]]], actor: Actor, batch: ImportBatch) -> None:
    rows = model._base_manager.in_bulk([int(pk) for pk in changed])
    for pk, columns in changed.items():
        row = rows.get(int(pk))
        old = {name: _value(model, name, pair[0]) for name, pair in columns.items()}
        if row is None or any(getattr(row, name) != _value(model, name, pair[1]) for name, pair in columns.items()):
            raise _worked_with(row or model._meta.verbose_name)
        if isinstance(row, Station):
            record(lock(row), STATION, Verb.UPDATE, actor=actor, changes={"batch": batch.pk}, fields=old)
        else:
            model._base_manager.filter(pk=row.pk).update(**old)


def _value(model: Any, name: str, told: Any) -> Any:
    """A column's value as it came out of JSON."""
    return model._meta.get_field(name).to_python(told)


def _close(station: Station, actor: Actor, batch: ImportBatch) -> None:
    """A station that something was built on, or that was changed since, has more than its first event."""
    if station.version > 1 or station.status != Station.Status.ACTIVE:
        raise _worked_with(station)
    record(lock(station), STATION, Verb.CLOSE, actor=actor, changes={"batch": batch.pk})


def _delete(model: Any, keys: Any) -> None:
    rows = model._base_manager.filter(pk__in=keys)
    if rows.count() != len(keys):
        raise _worked_with(model._meta.verbose_name)
    if model is Organ:
        # they go together, whichever receives through which
        rows.update(forwards_through=None)
    named = _joined(model, keys)
    if named is not None:
        raise _worked_with(named)
    try:
        rows.delete()
    except ProtectedError as protected:
        raise _worked_with(next(iter(protected.protected_objects))) from protected


def _joined(model: Any, keys: Any) -> Any:
    """A row that is named in a list of another: Django would take it out of there without a word."""
    lists = [field for field in model._meta.get_fields() if field.many_to_many and field.auto_created]
    for relation in lists:
        if relation.through._meta.auto_created:
            found = model._base_manager.filter(pk__in=keys, **{f"{relation.name}__isnull": False}).first()
            if found is not None:
                return found
    return None


def _worked_with(what: Any) -> Conflict:
    sentence = _("Something was built on this roster since (%(what)s); it cannot be taken back any more.")
    return Conflict("worked_with", sentence, what=str(what)[:80])
