"""What is hashed, and how a chain of events is checked.

Canonical JSON (sorted keys, UTF-8, no blanks) without any number made by the database, so that moving
between SQLite and PostgreSQL keeps every hash.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from workflow.models import Case, Event, EventDetail

ALGORITHM = "sha256"
#: The verb of the act that blanks an event's words.
REDACT = "redact"


def canonical(value: Any) -> bytes:
    """The one byte string that stands for a JSON value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def salt() -> str:
    """A fresh salt for an event's words."""
    return secrets.token_hex(16)


def detail_digest(detail: EventDetail) -> str:
    """The salted digest of an event's words."""
    return digest({"salt": detail.salt, "reason": detail.reason, "changes": detail.changes})


def event_hash(event: Event, root: Case) -> str:
    """The hash of an event: its facts, its root, and the hash before it."""
    facts = {
        "root": f"{root._meta.label_lower}:{root.uuid}",
        "seq": event.seq,
        "verb": event.verb,
        "from": event.from_state,
        "to": event.to_state,
        "part": [event.part, str(event.part_key or ""), event.part_from, event.part_to],
        "round": event.round,
        "who": event.who(),
        "detail": event.detail_digest,
        "request": event.request_id,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "prev": event.prev_hash,
        "algorithm": event.algorithm,
    }
    return digest(facts)


def faults(root: Case, events: Iterable[Event]) -> list[str]:
    """Every way in which a case and its events, in order of ``seq``, do not agree; empty when all is well."""
    found: list[str] = []
    blanked: dict[int, int] = {}
    acts: dict[int, int] = {}
    prev, count, state = "", 0, ""
    for count, event in enumerate(events, start=1):
        found += _event_faults(event, root, count, prev, state)
        _note_redaction(event, blanked, acts)
        prev, state = event.hash, event.to_state
    found += [
        f"event {seq}: blanked, but event {by} is no redaction of it" for seq, by in blanked.items() - acts.items()
    ]
    return found + _root_faults(root, count, prev, state)


def redactions(events: Iterable[Event]) -> list[str]:
    """Which words were blanked, and by which act."""
    details = ((event.seq, getattr(event, "detail", None)) for event in events)
    return [
        f"event {seq}: redacted by event {detail.redacted_by_seq}"
        for seq, detail in details
        if detail is not None and detail.redacted_by_seq is not None
    ]


def _root_faults(root: Case, count: int, prev: str, state: str) -> list[str]:
    found = []
    if not count:
        found.append("there is no event")
    if count != root.version:
        found.append(f"version is {root.version} but there are {count} events")
    if prev != root.head_hash:
        found.append("head_hash is not the last event's hash")
    if count and state != root.status:
        found.append(f"status is {root.status} but the last event leads to {state}")
    return found


def _event_faults(event: Event, root: Case, seq: int, prev: str, state: str) -> list[str]:
    found = []
    if event.seq != seq:
        found.append(f"event {event.seq} stands at place {seq}")
    if event.prev_hash != prev:
        found.append(f"event {event.seq}: previous hash broken")
    if event.from_state != state:
        found.append(f"event {event.seq}: starts from {event.from_state or '-'}, not from {state or '-'}")
    if event.hash != event_hash(event, root):
        found.append(f"event {event.seq}: altered")
    return found + _detail_faults(event)


def _detail_faults(event: Event) -> list[str]:
    detail = getattr(event, "detail", None)
    if detail is None:
        return [f"event {event.seq}: its words are gone"]
    if detail.redacted_by_seq is not None:
        left = detail.salt or detail.reason or detail.changes
        return [f"event {event.seq}: redacted, but words are left"] if left else []
    if detail_digest(detail) != event.detail_digest:
        return [f"event {event.seq}: its words were altered"]
    return []


def _note_redaction(event: Event, blanked: dict[int, int], acts: dict[int, int]) -> None:
    """Remember what was blanked by which event, and which event says that it blanked what."""
    detail = getattr(event, "detail", None)
    if detail is None:
        return
    if detail.redacted_by_seq is not None:
        blanked[event.seq] = detail.redacted_by_seq
    if event.verb == REDACT and "event" in detail.changes:
        acts[detail.changes["event"]] = event.seq
