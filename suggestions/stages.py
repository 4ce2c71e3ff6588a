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


def stage(suggestion: Suggestion, actor: Actor, assignment_status: str = "", part: str = "") -> str:
    """The word for this reader. ``assignment_status`` and ``part`` are those of the reader's own organ, else the host's."""
    if actor.is_deputy:
        return _for_deputy(suggestion, assignment_status)
    if suggestion.status == S.HANDLING:
        if part == Assignment.Part.CO_HOST and assignment_status == A.ANSWERED:
            return str(_("opinion given"))
        return _handling(suggestion, actor, assignment_status)
    return str(suggestion.get_status_display())


def _for_deputy(suggestion: Suggestion, assignment_status: str) -> str:
    if suggestion.status == S.HANDLING and (suggestion.round > 1 or assignment_status != A.ASSIGNED):
        return _in_hand(suggestion)
    if suggestion.status == S.HANDLING:
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


def plain_steps(suggestion: Suggestion, rows: list[Assignment], *, is_late: bool = False) -> list[dict[str, Any]]:
    """The deputy's four words in their order: received, given to whom, in hand, answered; the present one marked.

    ``rows`` as for ``steps``. What was withdrawn has none.
    """
    if suggestion.status == S.WITHDRAWN:
        return []
    host = next((row for row in rows if row.is_host), None)
    reply = getattr(host, "reply", None) if host else None
    answered = reply.letter_on if reply is not None and reply.released_on is not None else None
    received = None if suggestion.imported_from else suggestion.received_on
    days = [received, suggestion.first_handed_over_on, host.received_on if host else None, answered]
    labels = [_DEPUTY[S.SUBMITTED], _given_to(suggestion, host), _in_hand(suggestion), _DEPUTY[S.REPLIED]]
    at = _word_of(suggestion, host)
    states = ["done" if place < at else "current" if place == at else "todo" for place in range(4)]
    if is_late:
        states[at] = "late"
    bar = zip(labels, days, states, strict=True)
    return [{"label": label, "on": on, "state": state, "note": ""} for label, on, state in bar]


def _word_of(suggestion: Suggestion, host: Assignment | None) -> int:
    """Which of the four words holds; one past them when all is done."""
    places = {S.SUBMITTED: 0, S.REGISTERED: 0, S.AT_FORWARDER: 1, S.HANDLING: 2, S.REPLIED: 3, S.CLOSED: 4}
    untouched = host is not None and host.status == A.ASSIGNED and suggestion.round == 1
    return 1 if suggestion.status == S.HANDLING and untouched else places[S(suggestion.status)]


def _given_to(suggestion: Suggestion, host: Assignment | None) -> str:
    if host is not None:
        return str(_("the county has given it to: %(organ)s")) % {"organ": host.organ.name}
    return str(_DEPUTY[S.AT_FORWARDER] if suggestion.status == S.AT_FORWARDER else _("the county hands it over"))


def _in_hand(suggestion: Suggestion) -> str:
    if suggestion.round > 1:
        return str(_("in hand (time %(round)d)")) % {"round": suggestion.round}
    return str(_DEPUTY[S.HANDLING])


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
