"""The record of accounts in the words of the reader: as one account's timeline and as the list over all."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts import policies
from accounts.filters import EventFilter
from accounts.models import AccountEvent, Officer, Organ, OrganName, Role, User
from accounts.timeline import READ_ALONG, row
from accounts.transitions.accounts import Verb
from workflow.engine import permit
from workflow.models import CalendarYear
from workflow.paging import listing

_LABELS: Mapping[str, Any] = {
    "username": gettext_lazy("user name"),
    "role": gettext_lazy("role"),
    "organ": gettext_lazy("organ"),
    "title": gettext_lazy("job title"),
    "since": gettext_lazy("first day"),
    "until": gettext_lazy("last day"),
    "to": gettext_lazy("handed on to"),
    "from": gettext_lazy("taken over from"),
    "name": gettext_lazy("name"),
    "person": gettext_lazy("full name"),
    "name_kind": gettext_lazy("kind"),
    "kind": gettext_lazy("kind"),
    "successor": gettext_lazy("goes on as"),
    "on": gettext_lazy("from"),
    "duty": gettext_lazy("duty"),
    "sign_mode": gettext_lazy("replies are signed"),
    "phone": gettext_lazy("telephone of the office"),
    "forwards_through": gettext_lazy("receives through"),
    "valid_from": gettext_lazy("valid from"),
    "values": gettext_lazy("rules"),
    "year": gettext_lazy("year"),
    "standing": gettext_lazy("standing"),
    "holidays": gettext_lazy("holidays"),
    "workdays": gettext_lazy("make-up working days"),
    "moved": gettext_lazy("limits moved"),
    "receptions_moved": gettext_lazy("reception days moved"),
    "form": gettext_lazy("form"),
    "file": gettext_lazy("file"),
    "material": gettext_lazy("material"),
    "number": gettext_lazy("number"),
    "copies": gettext_lazy("copies"),
    "stations": gettext_lazy("stations"),
    "station": gettext_lazy("station"),
    "received_by": gettext_lazy("received by"),
    "received_on": gettext_lazy("received on"),
    "device": gettext_lazy("which phone"),
    "why": gettext_lazy("why"),
    "again": gettext_lazy("again"),
    "lost": gettext_lazy("phones ended as lost"),
    "district": gettext_lazy("electoral district"),
    "seats": gettext_lazy("seats"),
    "township": gettext_lazy("Township"),
    "item": gettext_lazy("what there must be"),
    "evidence": gettext_lazy("what shows it"),
    "order": gettext_lazy("order"),
    "in_use": gettext_lazy("in use"),
}
_VALUES: Mapping[str, Mapping[str, Any]] = {
    "role": dict(Role.choices),
    "duty": dict(Officer.Duty.choices),
    "kind": dict(Organ.Kind.choices),
    "name_kind": dict(OrganName.Kind.choices),
    "sign_mode": dict(Organ.SignMode.choices),
    "standing": dict(CalendarYear.Standing.choices),
    "again": {"yes": gettext_lazy("yes")},
    "lost": {"yes": gettext_lazy("yes")},
    "why": {
        "lost": gettext_lazy("reported as lost"),
        "replaced": gettext_lazy("bound anew"),
        "wrong_pin": gettext_lazy("wrong PIN five times"),
        "revoked": gettext_lazy("taken back by the liaison or the commission"),
    },
}


def events(request: HttpRequest) -> HttpResponse:
    """Every act on every account, newest first, for those who watch over it."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_read_record(actor))
    rows = AccountEvent.objects.visible_to(actor).select_related("user__person", *READ_ALONG)
    order = (("at", "desc"), ("pk", "desc"))
    context = listing(request, rows, EventFilter, order, counted=gettext_lazy("%(count)s acts"))
    for event in context["rows"]:
        event.told = told(event)
    return render(request, "accounts/events.html", context)


def timeline(user: User) -> list[dict[str, Any]]:
    """What happened to one account and what its holder did to organs, newest first."""
    return [told(event) for event in user.events.select_related(*READ_ALONG).order_by("-seq")]


def told(event: AccountEvent) -> dict[str, Any]:
    """An event as ``components/timeline.html`` shows it."""
    changes = _sentence(event.detail.changes)
    return row(event, dict(Verb.choices), dict(User.Status.choices), [changes] if changes else [])


def _sentence(changes: Mapping[str, Any]) -> str:
    told = ((_LABELS.get(name, name), _value(name, value)) for name, value in changes.items())
    return " · ".join(f"{label} {value}" for label, value in told if value)


def _value(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {_value(key, part)}" for key, part in value.items())
    if isinstance(value, list):
        return " → ".join(_value(name, part) or "—" for part in value)
    return str(_VALUES.get(name, {}).get(value, "" if value is None else value))
