"""The record of a cycle in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import How
from deliberations.models import Cycle, NoticeReceipt, PublicityRecord, Resolution, Topic
from deliberations.transitions.machines import RECEIPT, TOPIC, Verb
from workflow.chain import REDACT

_VERBS = {**dict(Verb.choices), REDACT: lazy("words of the record erased")}
_STATES: Mapping[str, Mapping[str, Any]] = {
    "": dict(Cycle.Status.choices),
    TOPIC.name: dict(Topic.Status.choices),
    RECEIPT.name: dict(NoticeReceipt.Status.choices),
}
_LABELS: Mapping[str, Any] = {
    "title": lazy("title"),
    "first_meeting_on": lazy("first deliberation meeting"),
    "policy_basis": lazy("policy basis"),
    "stations": lazy("stations"),
    "station": lazy("station"),
    "planned_on": lazy("meeting planned for"),
    "topic": lazy("topic"),
    "body": lazy("decided by"),
    "number": lazy("number of the minutes"),
    "on": lazy("date"),
    "notice": lazy("notice"),
    "days_ahead": lazy("days ahead"),
    "lead_days": lazy("days the rule asks for"),
    "agreed_by": lazy("who agreed"),
    "training": lazy("training"),
    "present": lazy("deputies present"),
    "due": lazy("deputies expected"),
    "channel": lazy("channel"),
}
_VALUES: Mapping[Any, Any] = {**dict(Resolution.Body.choices), **dict(PublicityRecord.Channel.choices)}


def timeline(cycle: Cycle) -> list[dict[str, Any]]:
    """The cycle's events, newest first."""
    events = cycle.events.select_related("actor__person", "post__organ", "on_behalf_of", "detail").order_by("-seq")
    return [_told(event) for event in events]


def _told(event: Any) -> dict[str, Any]:
    before, after = (event.part_from, event.part_to) if event.part else (event.from_state, event.to_state)
    states = _STATES.get(event.part, {}) if before != after else {}
    return {
        "when": event.at,
        "who": _who(event),
        "label": _VERBS.get(event.verb, event.verb),
        "how": event.get_how_display() if event.how != How.IN_SYSTEM else "",
        "before": states.get(before, ""),
        "after": states.get(after, ""),
        "reason": event.detail.reason,
        "changes": [_sentence(name, value) for name, value in event.detail.changes.items()],
    }


def _who(event: Any) -> str:
    if event.actor is None:
        return _("the portal")
    name = f"{event.actor.person.name} ({event.post})" if event.post else event.actor.person.name
    if event.on_behalf_of is None:
        return name
    return _("%(name)s for %(other)s") % {"name": name, "other": event.on_behalf_of.name}


def _sentence(name: str, value: Any) -> str:
    told = (" → " if name in _PAIRS else "、").join(value) if isinstance(value, list) else _VALUES.get(value, value)
    return _("%(label)s: %(value)s") % {"label": _LABELS.get(name, name), "value": told}


#: Told as what was and what is.
_PAIRS = ("title", "first_meeting_on", "policy_basis")
