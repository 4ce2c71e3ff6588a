"""The record of a visit in the words of the reader; no word of a voter stands in it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from deliberations.models import Opinion, Visit, Voter
from deliberations.transitions.news import NewsVerb
from deliberations.transitions.visit_machine import VisitVerb

_VERBS = {**dict(VisitVerb.choices), **dict(NewsVerb.choices)}
_COLUMNS: Mapping[str, Any] = {
    **{field.name: field.verbose_name for model in (Visit, Opinion, Voter) for field in model._meta.fields},
    "name": gettext_lazy("voter's name"),
    "phone": gettext_lazy("voter's phone"),
    "topics": gettext_lazy("topics carried along"),
}


def timeline(visit: Visit, actor: Actor) -> list[dict[str, Any]]:
    """The visit's events, newest first; why somebody of the committee looked is for the committee."""
    states = dict(Visit.Status.choices)
    told = [
        row(event, _VERBS, states, _told(event), **_by_a_voter(event))
        for event in visit.events.select_related(*READ_ALONG).order_by("-seq")
    ]
    return told if actor.is_committee else [{**entry, "reason": ""} for entry in told]


def _by_a_voter(event: Any) -> dict[str, Any]:
    """What comes by the public page was written by a voter, not by the portal."""
    return {"who": _("a voter, by the public page")} if event.verb == VisitVerb.RECEIVE else {}


def _told(event: Any) -> list[str]:
    """What a correction touched; before and after of texts are digests, which say nothing to a reader."""
    if event.verb != VisitVerb.CORRECT:
        return []
    names = [str(_COLUMNS.get(name, name)) for name in event.detail.changes]
    return [_("Changed: %(what)s") % {"what": "、".join(names)}] if names else []
