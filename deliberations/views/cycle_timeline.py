"""The record of a cycle in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import How
from deliberations.models import Cycle, NoticeReceipt, PublicityRecord, Resolution, Topic
from deliberations.transitions.machines import RECEIPT, TOPIC, Verb
from workflow.chain import REDACT

_VERBS = {**dict(Verb.choices), REDACT: gettext_lazy("words of the record erased")}
_STATES: Mapping[str, Mapping[str, Any]] = {
    "": dict(Cycle.Status.choices),
    TOPIC.name: dict(Topic.Status.choices),
    RECEIPT.name: dict(NoticeReceipt.Status.choices),
}
_LABELS: Mapping[str, Any] = {
    "title": gettext_lazy("title"),
    "first_meeting_on": gettext_lazy("first deliberation meeting"),
    "policy_basis": gettext_lazy("policy basis"),
    "stations": gettext_lazy("stations"),
    "station": gettext_lazy("station"),
    "planned_on": gettext_lazy("meeting planned for"),
    "topic": gettext_lazy("topic"),
    "body": gettext_lazy("decided by"),
    "number": gettext_lazy("number of the minutes"),
    "on": gettext_lazy("date"),
    "notice": gettext_lazy("notice"),
    "days_ahead": gettext_lazy("days ahead"),
    "lead_days": gettext_lazy("days the rule asks for"),
    "agreed_by": gettext_lazy("who agreed"),
    "training": gettext_lazy("training"),
    "present": gettext_lazy("deputies present"),
    "due": gettext_lazy("deputies expected"),
    "channel": gettext_lazy("channel"),
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
