"""The record of a cycle in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.timeline import READ_ALONG, row
from deliberations.models import (
    Attendance,
    Cycle,
    CycleStep,
    NoticeReceipt,
    PublicityRecord,
    Resolution,
    Topic,
    TrainingFile,
)
from deliberations.transitions.machines import RECEIPT, TOPIC, Verb
from deliberations.transitions.training_machine import TrainingVerb

_VERBS = {**dict(Verb.choices), **dict(TrainingVerb.choices)}
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
    "deputy": gettext_lazy("deputy"),
    "attendance": gettext_lazy("attendance"),
    "leave": gettext_lazy("on leave"),
    "absent": gettext_lazy("absent"),
    "way": gettext_lazy("way of signing in"),
    "kind": gettext_lazy("kind"),
    "count": gettext_lazy("how many"),
    "file": gettext_lazy("file"),
    "channel": gettext_lazy("channel"),
    "publicity": gettext_lazy("publication"),
    "topics": gettext_lazy("topics"),
    "place": gettext_lazy("place"),
    "lecturer": gettext_lazy("lecturer"),
    "content": gettext_lazy("content"),
    "hours": gettext_lazy("hours"),
    "link": gettext_lazy("link"),
    "picture": gettext_lazy("picture"),
    "reach": gettext_lazy("reads or broadcasts"),
    "copied_from": gettext_lazy("copied from"),
    "left_out": gettext_lazy("left out"),
    "groups": gettext_lazy("groups"),
    "leaders": gettext_lazy("contact leaders"),
    **dict(CycleStep.Step.choices),
}
_VALUES: Mapping[Any, Any] = {
    **dict(Attendance.State.choices),
    **dict(Attendance.Way.choices),
    **dict(TrainingFile.Kind.choices),
    **dict(Resolution.Body.choices),
    **dict(PublicityRecord.Channel.choices),
}


def timeline(cycle: Cycle) -> list[dict[str, Any]]:
    """The cycle's events, newest first."""
    return [_told(event) for event in cycle.events.select_related(*READ_ALONG).order_by("-seq")]


def _told(event: Any) -> dict[str, Any]:
    changes = [_sentence(name, value) for name, value in event.detail.changes.items()]
    return row(event, _VERBS, _STATES.get(event.part, {}), changes, of_part=event.part)


def _sentence(name: str, value: Any) -> str:
    told = _listed(name, value) if isinstance(value, list) else _VALUES.get(value, value)
    return _("%(label)s: %(value)s") % {"label": _LABELS.get(name, name), "value": told}


def _listed(name: str, values: list[Any]) -> str:
    pair = len(values) == 2 and name not in _LISTS
    return (" → " if pair else "、").join(str(_VALUES.get(value, value)) for value in values)


#: Told as a list of several; every other list is what was and what is.
_LISTS = ("stations", "left_out", "groups", "leaders")
