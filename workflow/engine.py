"""How anything moves: tables of transitions, refusals, the locked case, the conditional update, the event.

A verb of an app reads, in one transaction::

    case = lock(suggestion, version=version)
    permit(policies.can_hand_over(actor, case))
    record(case, SUGGESTION, Verb.HAND_OVER, actor=actor, to=…, changes={…})
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import chain, clock
from workflow.models import Case, Event
from workflow.requests import request_id


class Refused(Exception):
    """An act that does not happen, with a stable code and a sentence for the person who tried."""

    status = 400

    def __init__(self, code: str, sentence: Any, **params: Any) -> None:
        super().__init__(code)
        self.code, self._sentence, self.params = code, sentence, params

    @property
    def sentence(self) -> str:
        """The sentence in the language of the reader."""
        return str(self._sentence) % self.params if self.params else str(self._sentence)

    def __str__(self) -> str:
        return self.sentence


class NotAllowed(Refused):
    """The actor has no right to this act (403)."""

    status = 403

    def __init__(self, sentence: Any = None) -> None:
        super().__init__("not_allowed", sentence or _("Your post does not allow this."))


class Conflict(Refused):
    """The case is not, or no longer, in a state in which this act is possible (409)."""

    status = 409


class Invalid(Refused):
    """What was entered cannot be accepted (422); ``field`` names the input."""

    status = 422

    def __init__(self, field: str, code: str, sentence: Any, **params: Any) -> None:
        super().__init__(code, sentence, **params)
        self.field = field


class Stale(Conflict):
    """Somebody else was faster, or the page was opened before the last change."""

    def __init__(self) -> None:
        super().__init__(
            "stale", _("This matter has changed since you opened the page. Please look at it again and repeat.")
        )


class ActsAs(Protocol):
    """Whoever acts: what the event stores of them."""

    def event_fields(self) -> Mapping[str, Any]:
        """Values of the event's columns that say who acted."""


@dataclass(frozen=True)
class Transition:
    """One row of a machine: a verb, the states it starts from, the states it may lead to.

    No source means the case is born by it; no target means the state stays.
    """

    verb: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Machine:
    """The whole life of one kind of row, readable on one screen."""

    name: str
    states: type[models.TextChoices]
    transitions: tuple[Transition, ...]
    table: dict[str, Transition] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", {row.verb: row for row in self.transitions})

    def allows(self, obj: Any, verb: str) -> bool:
        """Whether the verb starts from the state the row is in."""
        return obj.status in self.table[verb].sources

    def require(self, obj: Any, verb: str) -> None:
        """Raise Conflict unless the verb starts from the state the row is in."""
        if not self.allows(obj, verb):
            raise Conflict(
                "wrong_state",
                _("This is not possible now: the state is “%(state)s”."),
                state=self.states(obj.status).label,
            )

    def target(self, obj: Any, verb: str, to: str | None) -> str:
        """The state the verb leads to: the one named, the only one, or the present one."""
        targets = self.table[verb].targets
        if to is None:
            to = targets[0] if len(targets) == 1 else obj.status
        if targets and to not in targets:
            raise ValueError(f"{self.name}: {verb} does not lead to {to}")
        return to


@dataclass(frozen=True)
class Moved:
    """What happened to a part of a case, as its event tells it."""

    part: str
    key: UUID
    before: str
    after: str


CaseT = TypeVar("CaseT", bound=Case)


def permit(allowed: bool, sentence: Any = None) -> None:
    """Raise NotAllowed unless the policy said yes."""
    if not allowed:
        raise NotAllowed(sentence)


def lock(case: CaseT, *, version: int | None = None) -> CaseT:
    """The case, read afresh under a row lock (on SQLite the transaction itself is the lock).

    Raises Stale when ``version`` is given and the case has moved on since. Must run in a transaction.
    """
    # __class__ and not type(): the user of a request is a lazy object
    fresh = case.__class__._base_manager.select_for_update().get(pk=case.pk)
    if version is not None and fresh.version != version:
        raise Stale
    return fresh


def lock_all(cases: Iterable[CaseT]) -> list[CaseT]:
    """Several cases locked in the order of their keys, so that two acts never wait for each other."""
    return [lock(case) for case in sorted(cases, key=lambda case: case.pk)]


def move(row: Any, machine: Machine, verb: str, *, to: str | None = None, **fields: Any) -> Moved:
    """Move a part of a locked case by one conditional UPDATE; raises Conflict or Stale."""
    machine.require(row, verb)
    before, after = row.status, machine.target(row, verb, to)
    rows = type(row)._base_manager.filter(pk=row.pk, status=before)
    if rows.update(status=after, **fields) != 1:
        raise Stale
    _set(row, status=after, **fields)
    return Moved(machine.name, row.uuid, before, after)


def born(row: Any, machine: Machine) -> Moved:
    """How the event tells of a part that was just created."""
    return Moved(machine.name, row.uuid, "", row.status)


def record(
    case: Case,
    machine: Machine,
    verb: str,
    *,
    actor: ActsAs,
    to: str | None = None,
    part: Moved | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Event:
    """Move the root by one conditional UPDATE and append the event, in the caller's transaction.

    ``fields`` are further columns of the root; ``changes`` are told in the event and must hold no name,
    phone or words of a voter. Raises Conflict for a state the verb does not start from, Stale when
    another act came first.
    """
    machine.require(case, verb)
    return _append(case, verb, machine.target(case, verb, to), actor, part, reason, changes, fields)


def birth(case: Case, verb: str, *, actor: ActsAs, reason: str = "", changes: Mapping[str, Any] | None = None) -> Event:
    """The first event of a case that was just created in the state it is in."""
    return _append(case, verb, case.status, actor, None, reason, changes, None)


def birth_all(
    cases: Sequence[Case], verb: str, *, actor: ActsAs, changes: Sequence[Mapping[str, Any]]
) -> Sequence[Case]:
    """Insert fresh cases, at least one, each with its first event; ``changes`` stand in the order of the cases.

    What ``birth`` does for one that was inserted before, in a few statements for all.
    """
    firsts = [_event(case, verb, case.status, actor, None, "", told) for case, told in zip(cases, changes, strict=True)]
    for case, (event, _detail) in zip(cases, firsts, strict=True):
        _set(case, version=event.seq, head_hash=event.hash)
    for rows in (cases, *zip(*firsts, strict=True)):
        type(rows[0])._base_manager.bulk_create(rows)
    return cases


def redact(case: Case, seq: int, *, actor: ActsAs, reason: str) -> Event:
    """Blank the words of the event ``seq`` of a locked case by an act of its own; hash and digest stay.

    The caller has asked the policy. ``reason`` says why (a person asked for erasure), never what was erased.
    Raises Conflict when there is no such event, when it is blank already, or is itself a redaction.
    """
    event = _append(case, chain.REDACT, case.status, actor, None, reason, {"event": seq}, None)
    words = _detail_model(event)._base_manager.filter(
        **{f"event__{_events(case).field.name}": case, "event__seq": seq, "redacted_by_seq": None}
    )
    chosen = list(words.exclude(event__verb=chain.REDACT).values_list("pk", flat=True))
    blank = {"salt": "", "reason": "", "changes": {}, "redacted_by_seq": event.seq}
    if not words.filter(pk__in=chosen).update(**blank):
        raise Conflict("nothing_to_redact", _("There are no words to erase in this entry of the record."))
    return event


def _append(
    case: Case,
    verb: str,
    to: str,
    actor: ActsAs,
    part: Moved | None,
    reason: str,
    changes: Mapping[str, Any] | None,
    fields: Mapping[str, Any] | None,
) -> Event:
    event, detail = _event(case, verb, to, actor, part, reason, changes)
    _advance(case, event, dict(fields or {}))
    event.save(force_insert=True)
    detail.save(force_insert=True)
    return event


def _event(
    case: Case,
    verb: str,
    to: str,
    actor: ActsAs,
    part: Moved | None,
    reason: str,
    changes: Mapping[str, Any] | None,
) -> tuple[Event, Any]:
    """The next event of a case and its words, chained and hashed but not written."""
    events = _events(case)
    event = events.related_model(**{events.field.name: case}, verb=verb, to_state=to, **actor.event_fields())
    event.seq, event.prev_hash = case.version + 1, case.head_hash
    event.from_state = case.status if case.version else ""
    event.round = getattr(case, "round", None)
    event.request_id, event.at, event.algorithm = request_id(), clock.now(), chain.ALGORITHM
    if part is not None:
        event.part, event.part_key = part.part, part.key
        event.part_from, event.part_to = part.before, part.after
    detail = _detail_model(event)(salt=chain.salt(), reason=reason, changes=_plain(changes))
    event.detail_digest = chain.detail_digest(detail)
    event.hash = chain.event_hash(event, case)
    detail.event = event
    return event, detail


def _advance(case: Case, event: Event, fields: dict[str, Any]) -> None:
    new = {**fields, "status": event.to_state, "version": event.seq, "head_hash": event.hash}
    unchanged = type(case)._base_manager.filter(pk=case.pk, status=case.status, version=case.version)
    if unchanged.update(**new) != 1:
        raise Stale
    _set(case, **new)


def _plain(changes: Mapping[str, Any] | None) -> Any:
    """As JSON will give it back, so that the digest of what is stored is the digest of what was meant."""
    return json.loads(json.dumps(changes or {}, cls=DjangoJSONEncoder))


def _events(case: Case) -> Any:
    """The relation from a root to its table of events."""
    meta: Any = case._meta
    return meta.get_field("events")


def _detail_model(event: Event) -> Any:
    meta: Any = event._meta
    return meta.get_field("detail").related_model


def _set(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
