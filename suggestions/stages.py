"""Where a suggestion stands, in the words of whoever reads: committee, organ or deputy (three vocabularies).

Computed from state, round and assignments; never stored.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from suggestions.models import Assignment, Suggestion

S, A = Suggestion.Status, Assignment.Status

#: What an organ reads: six words.
_ORGAN = {A.ASSIGNED: _("to be signed for"), A.ACCEPTED: _("in hand"), A.ANSWERED: _("replied")}

#: What a deputy reads: four words and plain ends.
_DEPUTY: dict[str, Any] = {
    S.SUBMITTED: _("received"),
    S.REGISTERED: _("received"),
    S.AT_FORWARDER: _("the county has given it to the government office"),
    S.HANDLING: _("in hand"),
    S.REPLIED: _("an answer has come"),
    S.CLOSED: _("all done"),
    S.WITHDRAWN: _("you withdrew it"),
}


def stage(suggestion: Suggestion, actor: Actor, assignment_status: str = "") -> str:
    """The word for this reader. ``assignment_status`` is that of the reader's own organ, else of the host."""
    if actor.is_deputy:
        return _for_deputy(suggestion, assignment_status)
    if suggestion.status == S.HANDLING:
        return _handling(suggestion, actor, assignment_status)
    return str(suggestion.get_status_display())


def _for_deputy(suggestion: Suggestion, assignment_status: str) -> str:
    if suggestion.status == S.HANDLING and suggestion.round > 1:
        return str(_("in hand (time %(round)d)")) % {"round": suggestion.round}
    if suggestion.status == S.HANDLING and assignment_status == A.ASSIGNED:
        return str(_("the county has handed it over"))
    return str(_DEPUTY[suggestion.status])


def _handling(suggestion: Suggestion, actor: Actor, assignment_status: str) -> str:
    if suggestion.round > 1 and assignment_status != A.ANSWERED:
        if actor.is_organ:
            return str(_("to be handled again"))
        return str(_("handling no. %(round)d")) % {"round": suggestion.round}
    return str(_ORGAN.get(A(assignment_status), _("being handled"))) if assignment_status else str(_("being handled"))


def steps(suggestion: Suggestion, rows: list[Assignment], *, is_late: bool = False) -> list[dict[str, Any]]:
    """The bar over a case: submitted, registered, handed over, received, contacted, replied, judged, closed.

    ``rows`` are the present round's assignments with contacts and reply prefetched; a step imported from a
    ledger that does not tell it is *unknown*, not missing.
    """
    host = next((row for row in rows if row.is_host), None)
    reply = getattr(host, "reply", None) if host else None
    released = reply if reply is not None and reply.released_on is not None else None
    judged = _judgement(suggestion, released)
    imported = bool(suggestion.imported_from)
    bar = [
        _step(_("submitted"), None if imported else suggestion.received_on, unknown=imported),
        _step(_("registered"), suggestion.registered_on, unknown=imported),
        _step(_("handed over"), suggestion.first_handed_over_on),
        _step(_("receipt"), host.received_on if host else None, unknown=_unknown(suggestion, host)),
        _step(_("contact"), _first_contact(host), unknown=_unknown(suggestion, host)),
        _step(_("reply"), released.letter_on if released else None),
        _step(_("evaluation"), judged.on if judged else None, note=judged.get_result_display() if judged else ""),
        _end(suggestion),
    ]
    return _marked(bar, "late" if is_late else "current")


def _step(label: Any, on: Any, unknown: bool = False, note: Any = "") -> dict[str, Any]:
    state = "done" if on else "unknown" if unknown else "todo"
    return {"label": label, "on": on, "state": state, "note": note}


def _end(suggestion: Suggestion) -> dict[str, Any]:
    if suggestion.status == S.WITHDRAWN:
        return _step(_("withdrawn"), suggestion.withdrawn_on)
    return _step(_("completed"), suggestion.closed_on, unknown=suggestion.status == S.CLOSED)


def _marked(bar: list[dict[str, Any]], state: str) -> list[dict[str, Any]]:
    """The first step still to come is where it stands; what has ended stands nowhere."""
    waiting = next((step for step in bar if step["state"] == "todo"), None)
    if waiting is not None and bar[-1]["state"] == "todo":
        waiting["state"] = state
    return bar


def _judgement(suggestion: Suggestion, reply: Any) -> Any:
    """The lead's counting evaluation, as far as the reader may see it."""
    rows = reply.evaluations.all() if reply is not None else ()
    return next((row for row in rows if row.counts and row.mandate_id == suggestion.lead_id), None)


def _unknown(suggestion: Suggestion, host: Assignment | None) -> bool:
    first_round = suggestion.round == 1
    return bool(suggestion.imported_from) and first_round and host is not None


def _first_contact(host: Assignment | None) -> Any:
    contacts = list(host.contacts.all()) if host else []
    return contacts[0].on if contacts else None
