"""The record of a visit in the words of the reader; no word of a voter stands in it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Opinion, Visit, Voter
from deliberations.transitions.visit_machine import VisitVerb
from workflow.chain import REDACT

_LABELS = {**dict(VisitVerb.choices), REDACT: gettext_lazy("words of the record erased")}
_COLUMNS: Mapping[str, Any] = {
    **{field.name: field.verbose_name for model in (Visit, Opinion, Voter) for field in model._meta.fields},
    "name": gettext_lazy("voter's name"),
    "phone": gettext_lazy("voter's phone"),
    "topics": gettext_lazy("topics carried along"),
}


def timeline(visit: Visit, actor: Actor) -> list[dict[str, Any]]:
    """The visit's events, newest first."""
    events = visit.events.select_related("actor__person", "post__organ", "on_behalf_of", "detail").order_by("-seq")
    states = dict(Visit.Status.choices)
    return [
        {
            "when": event.at,
            "who": _who(event),
            "label": _LABELS.get(event.verb, event.verb),
            "how": event.get_how_display() if event.how != How.IN_SYSTEM else "",
            "before": states.get(event.from_state, "") if event.from_state != event.to_state else "",
            "after": states.get(event.to_state, "") if event.from_state != event.to_state else "",
            # why somebody of the committee looked is for the committee
            "reason": event.detail.reason if actor.is_committee else "",
            "changes": _told(event),
        }
        for event in events
    ]


def _told(event: Any) -> list[str]:
    """What a correction touched; before and after of texts are digests, which say nothing to a reader."""
    if event.verb != VisitVerb.CORRECT:
        return []
    names = [str(_COLUMNS.get(name, name)) for name in event.detail.changes]
    return [_("Changed: %(what)s") % {"what": "、".join(names)}] if names else []


def _who(event: Any) -> str:
    if event.actor is None:
        return _("the portal")
    name = f"{event.actor.person.name} ({event.post})" if event.post else event.actor.person.name
    if event.on_behalf_of is None:
        return name
    return _("%(name)s for %(other)s") % {"name": name, "other": event.on_behalf_of.name}
