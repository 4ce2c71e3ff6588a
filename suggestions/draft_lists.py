"""The lists of what is being written: a deputy's drafts and invitations, and what waits at a station or with staff."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from suggestions.models import CoSignature, Suggestion
from workflow.counting import Counted, read_beside

#: The list of who is asked to sign along; its rows are signatures.
ASKED = "asked"
#: The deputy's list of suggestions that were handed in stands on a page of its own.
MINE = "mine"


def rows_of(actor: Actor, which: str) -> Any:
    """The rows of one list: signatures for ``ASKED``, else suggestions."""
    if which == ASKED:
        return CoSignature.objects.visible_to(actor).open()
    visible = Suggestion.objects.visible_to(actor)
    if actor.is_deputy:
        return visible.being_written().concerning(actor.person_id)
    return {"type": visible.to_type, "confirm": visible.to_confirm}.get(which, visible.being_written)()


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The lists side by side, each with how much is in it; one query."""
    address, names = reverse("suggestions:drafts"), _names(actor)
    counts = read_beside(actor.user, *(Counted(rows_of(actor, which)) for which, _label in names)) if actor.user else []
    found = [
        {
            "label": label,
            "url": f"{address}?which={which}" if which else address,
            "current": which == current,
            "count": count or 0,
        }
        for (which, label), count in zip(names, counts, strict=False)
    ]
    if actor.is_deputy:
        mine = {"label": _("Handed in"), "url": reverse("suggestions:list"), "current": current == MINE, "count": ""}
        return [mine, *found]
    return found


def known(actor: Actor, which: str) -> str:
    """The list asked for; the first one for what is no list of theirs."""
    names = [name for name, _label in _names(actor)]
    return which if which in names else names[0]


def _names(actor: Actor) -> list[tuple[str, str]]:
    if actor.is_deputy:
        return [("", _("Drafts")), (ASKED, _("I am asked to sign along"))]
    return [
        ("confirm", _("To be confirmed by the deputy")),
        ("type", _("To be typed")),
        (ASKED, _("Asked to sign along")),
        ("", _("All drafts")),
    ]
