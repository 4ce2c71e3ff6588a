"""The record of a suggestion as its reader may know it, for pages and programs."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from suggestions import policies
from suggestions.models import Objection, Suggestion, SuggestionEvent
from suggestions.transitions import Verb

_VERBS = dict(Verb.choices)
_STATES = dict(Suggestion.Status.choices)
_TO_THE_COUNCIL = frozenset({Verb.NOMINATE_KEY, Verb.DECLINE_KEY, Verb.PUT_ON_AGENDA})


def timeline(case: Suggestion, actor: Actor) -> list[dict[str, Any]]:
    """The case's events, newest first, in the words of the reader."""
    return [told(event, actor) for event in case.events.select_related(*READ_ALONG).order_by("-seq")]


def told(event: SuggestionEvent, actor: Actor) -> dict[str, Any]:
    """One event, read along with ``READ_ALONG``, in the words of the reader."""
    return row(event, _VERBS, _STATES, _told(event.detail.changes), **_hidden(event, actor))


def _told(changes: dict[str, Any]) -> list[str]:
    """The organs concerned, what was put in the place of what, and by which decision under whose charge."""
    named = () if "handled_by" in changes else ("to", "host", "organ")
    organs = [changes[key] for key in named if key in changes]
    organs += [changes["commitment"]] if "commitment" in changes else []
    told = ["、".join([*organs, *changes.get("co_hosts", ())]), " → ".join(changes.get("title", ()))]
    told += [
        " → ".join(changes.get(key, ()))
        for key in ("deputies", "class", "handled_by")
        if isinstance(changes.get(key), list)
    ]
    told += [_objected(changes), "、".join(changes.get("numbers", ())), changes.get("left", "")]
    told += [changes.get(key, "") for key in ("due_on", "number", "leader", "supervising_body")]
    return [sentence for sentence in told if sentence]


def _objected(changes: dict[str, Any]) -> str:
    code = changes.get("objection")
    return str(Objection.Reason(code).label) if code else ""


def _hidden(event: Any, actor: Actor) -> dict[str, str]:
    """What stands in the place of that which the reader is not to know."""
    # what is said to the council of chairpersons stays within the committee
    if event.verb in _TO_THE_COUNCIL and not actor.is_committee:
        return {"reason": ""}
    # why a draft was taken back is not for those who do not read drafts
    if event.verb == Verb.RETURN_REPLY and policies.is_on_deputys_side(actor):
        return {"reason": ""}
    # how a deputy judged is seen by the organ only once released; who typed it is the committee's matter
    if event.verb == Verb.EVALUATE and not (actor.is_committee or actor.is_deputy):
        return {"who": _("the deputy's side")}
    return {}
