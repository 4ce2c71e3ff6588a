"""The record of a station and of a mandate in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from stations.models import Mandate, Station, StationEvent, StationStaff
from stations.transitions.machines import MANDATE, Verb

_LABELS: Mapping[str, Any] = {
    "code": gettext_lazy("code"),
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "township": gettext_lazy("Township"),
    "address": gettext_lazy("address"),
    "is_key": gettext_lazy("key station"),
    "station": gettext_lazy("station"),
    "duty": gettext_lazy("duty"),
    "person": gettext_lazy("full name"),
    "since": gettext_lazy("since"),
    "until": gettext_lazy("last day"),
    "on": gettext_lazy("with effect from"),
    "deputy": gettext_lazy("deputy"),
    "certificate_no": gettext_lazy("deputy certificate number"),
    **dict(StationStaff.Duty.choices),
}
_VALUES: Mapping[str, Any] = {
    **dict(Station.Kind.choices),
    **dict(StationStaff.Duty.choices),
    "True": gettext_lazy("yes"),
    "False": gettext_lazy("no"),
}
_PHONE = "_phone"


def of_station(station: Station, actor: Actor) -> list[dict[str, Any]]:
    """Everything recorded of the station and its deputies, newest first."""
    events = StationEvent.objects.filter(station=station).select_related(*READ_ALONG).order_by("-seq")
    return [_told(event, actor) for event in events]


def of_mandate(mandate: Mandate, actor: Actor) -> list[dict[str, Any]]:
    """What was recorded of the mandate, at whichever station, newest first."""
    events = StationEvent.objects.filter(part=MANDATE.name, part_key=mandate.uuid).exclude(verb=Verb.GIVE_UP)
    return [_told(event, actor) for event in events.select_related(*READ_ALONG).order_by("-at", "-id")]


def _told(event: StationEvent, actor: Actor) -> dict[str, Any]:
    told = row(
        event,
        dict(Verb.choices),
        dict((Mandate if event.part else Station).Status.choices),
        _sentences(event.detail.changes),
        of_part=event.part,
    )
    # why a deputy was suspended is not for everybody at the station
    return {**told, "reason": ""} if event.part and not actor.is_committee else told


def _sentences(changes: Mapping[str, Any]) -> list[str]:
    told = [_sentence(name, value) for name, value in changes.items() if name != "source"]
    if source := changes.get("source"):
        told.append(_("from the sheet “%(sheet)s”, row %(row)s") % source)
    return told


def _sentence(name: str, value: Any) -> str:
    if name.endswith(_PHONE):
        return _("%(duty)s: new telephone number") % {"duty": _LABELS[name.removesuffix(_PHONE)]}
    if isinstance(value, list):
        value = " → ".join(_in_words(side) for side in value)
    return _("%(label)s: %(value)s") % {"label": _LABELS.get(name, name), "value": _in_words(value)}


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value) or "—"
    return str(_VALUES.get(value, value)) or "—"
