"""What a row of any record says to its reader, as ``components/timeline.html`` shows it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import How
from workflow.chain import REDACT

#: What ``acted_by`` reads of an event; without it each row costs queries.
READ_ALONG = ("actor__person", "post__organ", "on_behalf_of", "detail")
_ERASED = gettext_lazy("words of the record erased")


def acted_by(event: Any) -> str:
    """Who acted, under which post and for whom."""
    if event.actor is None:
        return _("the portal")
    name = event.actor.person.name
    if event.post:
        name = _("%(name)s (%(post)s)") % {"name": name, "post": event.post}
    if event.on_behalf_of is None:
        return name
    return _("%(name)s for %(other)s") % {"name": name, "other": event.on_behalf_of.name}


def row(
    event: Any,
    verbs: Mapping[str, Any],
    states: Mapping[str, Any],
    changes: Iterable[Any] = (),
    *,
    of_part: Any = False,
    **other: Any,
) -> dict[str, Any]:
    """An event as a row of a timeline; ``other`` takes the place of what it would say itself.

    ``verbs`` are the words for the acts, ``states`` those for the states of the case or, ``of_part``, of the part
    that the event moved.
    """
    before, after = (event.part_from, event.part_to) if of_part else (event.from_state, event.to_state)
    moved = states if before != after else {}
    return {
        "when": event.at,
        "who": acted_by(event),
        "label": _ERASED if event.verb == REDACT else verbs.get(event.verb, event.verb),
        "how": event.get_how_display() if event.how != How.IN_SYSTEM else "",
        "before": moved.get(before, ""),
        "after": moved.get(after, ""),
        "reason": event.detail.reason,
        "changes": [] if event.verb == REDACT else list(changes),
        **other,
    }
