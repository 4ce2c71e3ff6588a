"""The record of a meeting in the words of the reader."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberations.models import MeetingOpinion
from deliberations.transitions.meeting_machines import MeetingVerb
from deliberations.transitions.news import NewsVerb

VERBS = {**dict(MeetingVerb.choices), **dict(NewsVerb.choices)}
_LABELS: dict[str, Any] = {
    "order": gettext_lazy("opinion no."),
    "held_on": gettext_lazy("date"),
    "time": gettext_lazy("hour"),
    "place": gettext_lazy("place"),
    "chair": gettext_lazy("chaired by"),
    "present": gettext_lazy("present"),
    "leave": gettext_lazy("on leave"),
    "absent": gettext_lazy("absent"),
    "basis": gettext_lazy("voters' opinions behind it"),
    "before": gettext_lazy("outcome before"),
    "conditions_limited": gettext_lazy("conditions limited"),
    "due_on": gettext_lazy("to be kept by"),
    "way": gettext_lazy("which way it takes"),
    "on": gettext_lazy("date"),
    "counted": gettext_lazy("opinions"),
    "explained": gettext_lazy("explained"),
    "promised": gettext_lazy("promised on the spot"),
    "forwarded": gettext_lazy("forwarded"),
}
#: Of what was corrected the record says only that it was.
_COLUMNS: dict[str, Any] = {
    field.name: field.verbose_name
    for field in MeetingOpinion._meta.fields
    if field.name in ("speaker", "topic", "field")
} | {"text": gettext_lazy("what is put forward")}
_VALUES: dict[Any, Any] = {
    **dict(MeetingOpinion.Outcome.choices),
    **dict(MeetingOpinion.Way.choices),
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
}


def told(event: Any) -> list[str]:
    """What an event tells beside its act, one sentence for each thing."""
    changes = event.detail.changes
    touched = [str(_COLUMNS[name]) for name in changes if name in _COLUMNS]
    lines = [_sentence(name, value) for name, value in changes.items() if name in _LABELS and value != 0]
    return lines + ([_("Changed: %(what)s") % {"what": "、".join(touched)}] if touched else [])


def _sentence(name: str, value: Any) -> str:
    said = " → ".join(str(one) for one in value) if isinstance(value, list) else _VALUES.get(value, value)
    if isinstance(value, int) and not isinstance(value, bool):
        said = value
    return _("%(label)s: %(value)s") % {"label": _LABELS[name], "value": said}
