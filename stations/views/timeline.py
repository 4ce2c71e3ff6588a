"""The record of a station and of a mandate in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from stations.figures import FIGURES
from stations.models import Mandate, ReceptionDay, ReceptionFile, Station, StationEvent, StationStaff
from stations.transitions.machines import MANDATE, Verb
from stations.transitions.reception_machine import RECEPTION, ReceptionVerb

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
    "delegation": gettext_lazy("Delegation"),
    "district": gettext_lazy("electoral district"),
    "employer_post": gettext_lazy("employer and post"),
    "started_on": gettext_lazy("In office since"),
    "by_election": gettext_lazy("elected in a by-election"),
    "certificate_no": gettext_lazy("deputy certificate number"),
    "rule": gettext_lazy("rule"),
    "days": gettext_lazy("reception days"),
    "days_removed": gettext_lazy("reception days taken away"),
    "replaced": gettext_lazy("no longer in office, replaced"),
    "moved": gettext_lazy("moved"),
    "market_days": gettext_lazy("market days"),
    "market_lunar": gettext_lazy("by the lunar calendar"),
    "day": gettext_lazy("date"),
    "other_day": gettext_lazy("other day"),
    "hours": gettext_lazy("hours"),
    "starts_at": gettext_lazy("from"),
    "ends_at": gettext_lazy("to"),
    "place": gettext_lazy("place"),
    "scope": gettext_lazy("for whom and what"),
    "on_duty": gettext_lazy("on duty"),
    "substitute": gettext_lazy("substitute"),
    "with": gettext_lazy("with"),
    "photo": gettext_lazy("photo"),
    "photos": gettext_lazy("photos"),
    "paper": gettext_lazy("kind"),
    "posted_on": gettext_lazy("notice posted on"),
    "days_ahead": gettext_lazy("days ahead"),
    "present": gettext_lazy("present"),
    "on_leave": gettext_lazy("on leave"),
    "absent": gettext_lazy("absent"),
    "characters": gettext_lazy("characters"),
    "month": gettext_lazy("month"),
    "performance_text": gettext_lazy("what it was"),
    **FIGURES,
    **dict(StationStaff.Duty.choices),
}
_VALUES: Mapping[str, Any] = {
    **dict(Station.Kind.choices),
    **dict(StationStaff.Duty.choices),
    **dict(ReceptionFile.Kind.choices),
    "True": gettext_lazy("yes"),
    "False": gettext_lazy("no"),
}
_PHONE = "_phone"
_VERBS = {**dict(Verb.choices), **dict(ReceptionVerb.choices)}
#: The states of what an event may move, by the name of the part; of the station where it moved none.
_STATES: Mapping[str, Any] = {
    "": dict(Station.Status.choices),
    MANDATE.name: dict(Mandate.Status.choices),
    RECEPTION.name: dict(ReceptionDay.Status.choices),
}


def of_station(station: Station, actor: Actor) -> list[dict[str, Any]]:
    """Everything recorded of the station and its deputies, newest first."""
    events = StationEvent.objects.filter(station=station).select_related(*READ_ALONG).order_by("-seq")
    return [_told(event, actor) for event in events]


def of_mandate(mandate: Mandate, actor: Actor) -> list[dict[str, Any]]:
    """What was recorded of the mandate, at whichever station, newest first."""
    events = StationEvent.objects.filter(part=MANDATE.name, part_key=mandate.uuid).exclude(verb=Verb.GIVE_UP)
    return [_told(event, actor) for event in events.select_related(*READ_ALONG).order_by("-at", "-id")]


def of_day(day: ReceptionDay, actor: Actor) -> list[dict[str, Any]]:
    """What was recorded of a reception day, newest first."""
    events = StationEvent.objects.filter(station=day.station_id, part=RECEPTION.name, part_key=day.uuid)
    return [_told(event, actor) for event in events.select_related(*READ_ALONG).order_by("-seq")]


def _told(event: StationEvent, actor: Actor) -> dict[str, Any]:
    told = row(
        event,
        _VERBS,
        _STATES.get(event.part, {}),
        _sentences(event.detail.changes),
        of_part=event.part,
    )
    # why a deputy was suspended is not for everybody at the station
    return {**told, "reason": ""} if event.part == MANDATE.name and not actor.is_committee else told


def _sentences(changes: Mapping[str, Any]) -> list[str]:
    told = [_sentence(name, value) for name, value in changes.items() if name != "source"]
    if source := changes.get("source"):
        told.append(_("from the sheet “%(sheet)s”, row %(row)s") % source)
    return told


def _sentence(name: str, value: Any) -> str:
    if name == "found":
        words = {True: _("there"), False: _("lacking")}
        return "、".join(f"{item}：{words[bool(met)]}" for item, met in value)
    if name.endswith(_PHONE):
        return _("%(duty)s: new telephone number") % {"duty": _LABELS[name.removesuffix(_PHONE)]}
    if isinstance(value, list):
        value = " → ".join(_in_words(side) for side in value)
    return _("%(label)s: %(value)s") % {"label": _LABELS.get(name, name), "value": _in_words(value)}


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value) or "—"
    return "—" if value in (None, "") else str(_VALUES.get(str(value), value))
