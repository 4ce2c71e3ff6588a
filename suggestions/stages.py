"""Where a suggestion stands, in the words of whoever reads: committee, organ or deputy (three vocabularies).

Computed from state, round and assignments; never stored.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from suggestions.models import Assignment, Rating, Suggestion

S, A = Suggestion.Status, Assignment.Status

#: What an organ reads of its own part: with "to be handled again", "completed" and "handling stopped" six words.
_ORGAN = {
    A.ASSIGNED: _("to be signed for"),
    A.ACCEPTED: _("in hand"),
    A.OBJECTED: _("objection pending"),
    A.ANSWERED: _("replied"),
}

#: What a deputy reads: a draft, four words and plain ends.
_DEPUTY: dict[str, Any] = {
    S.DRAFT: _("draft"),
    S.SIGNING: _("draft"),
    S.RETURNED: _("please complete it"),
    S.SUBMITTED: _("received"),
    S.REGISTERED: _("received"),
    S.AT_FORWARDER: _("the county has given it to the government office"),
    S.HANDLING: _("in hand"),
    S.REPLIED: _("an answer has come"),
    S.FOLLOW_UP: _("an answer has come, the rest is followed up"),
    S.CLOSED: _("all done"),
    S.WITHDRAWN: _("you withdrew it"),
    S.DISCARDED: _("draft discarded"),
    S.ANNULLED: _("import taken back"),
}

#: What the committee reads while its staff hold back the verdict of a round.
_HELD_BACK = {
    Rating.SATISFIED: _("satisfied, to be released"),
    Rating.BASICALLY: _("basically satisfied, to be released"),
    Rating.DISSATISFIED: _("dissatisfied, to be released"),
}

#: What the committee reads once the deputy was reminded twice in vain (scenario 18).
NO_FEEDBACK = _("no opinion from the deputy yet (not counted in the satisfaction rate)")

#: States that a deputy's four words do not reach.
_OUTSIDE = (S.DRAFT, S.SIGNING, S.DISCARDED, S.REFUSED, S.REFERRED, S.WITHDRAWN, S.ANNULLED)


def stage(
    suggestion: Suggestion,
    actor: Actor,
    assignment_status: str = "",
    part: str = "",
    *,
    organ: str = "",
    verdict: str = "",
    is_silent: bool = False,
) -> str:
    """The word for this reader.

    ``assignment_status`` and ``part`` are those of the reader's own organ, else the host's; ``organ`` is the host's
    name; ``verdict`` what the present round came to, which only the committee reads before it is released;
    ``is_silent`` whether the deputy has been asked in vain.
    """
    if actor.is_deputy:
        return _for_deputy(suggestion, assignment_status, organ)
    if suggestion.status == S.HANDLING:
        if part == Assignment.Part.CO_HOST and assignment_status == A.ANSWERED:
            return str(_("opinion given"))
        return _handling(suggestion, actor, assignment_status)
    if suggestion.status == S.WITHDRAWN and actor.is_organ:
        return str(_("handling stopped"))
    if suggestion.status == S.REPLIED and actor.is_committee:
        unjudged = NO_FEEDBACK if is_silent else _("replied, the deputy is to judge")
        return str(_HELD_BACK[Rating(verdict)] if verdict else unjudged)
    if suggestion.status == S.FOLLOW_UP and actor.is_organ:
        return str(_("opinion given") if part == Assignment.Part.CO_HOST else _ORGAN[A.ACCEPTED])
    return str(S(suggestion.status).label)


def stage_of_row(row: Any, actor: Actor) -> str:
    """The word for a row of ``SuggestionQuerySet.for_list``."""
    told = {"organ": row.host_name or "", "verdict": row.verdict_value or ""}
    is_silent = getattr(row, "is_silent", False)
    return stage(row, actor, row.assignment_status or "", row.part or "", is_silent=is_silent, **told)


def _for_deputy(suggestion: Suggestion, assignment_status: str, organ: str) -> str:
    if suggestion.status == S.HANDLING and (suggestion.round > 1 or assignment_status != A.ASSIGNED):
        return _in_hand(suggestion)
    if suggestion.status == S.HANDLING:
        given = _("the county has given it to: %(organ)s") if organ else _("the county has handed it over")
        return str(given) % {"organ": organ}
    if suggestion.status == S.REFUSED:
        return str(_("not taken as a suggestion: %(reason)s")) % {"reason": suggestion.get_refusal_display()}
    if suggestion.status == S.REFERRED:
        return str(_("passed on to: %(where)s")) % {"where": suggestion.referred_to}
    return str(_DEPUTY[suggestion.status])


def _handling(suggestion: Suggestion, actor: Actor, assignment_status: str) -> str:
    if suggestion.round > 1 and assignment_status != A.ANSWERED:
        if actor.is_organ:
            return str(_("to be handled again"))
        return str(_("handling no. %(round)d")) % {"round": suggestion.round}
    if assignment_status == A.OBJECTED and not actor.is_organ:
        return str(A.OBJECTED.label)
    if assignment_status == A.ACCEPTED and not (actor.is_organ or actor.is_government_office):
        return str(_("being handled"))
    word = _ORGAN.get(assignment_status)  # type: ignore[call-overload]
    return str(word or _("being handled"))


def present(suggestion: Suggestion, rows: Iterable[Assignment]) -> list[Assignment]:
    """Of these the parts of the present round that organs have; once all have ended, the newest first.

    What was taken from an organ whose objection was granted is no longer present.
    """
    of_round = [row for row in rows if row.round == suggestion.round]
    live = [row for row in of_round if row.status != A.ENDED]
    return live or sorted(of_round, key=lambda row: row.pk, reverse=True)


def steps(suggestion: Suggestion, rows: list[Assignment], *, is_late: bool = False) -> list[dict[str, Any]]:
    """The bar over a case: submitted, registered, handed over, received, contacted, replied, judged, closed.

    ``rows`` are the present round's assignments with contacts and reply prefetched; a step imported from a
    ledger that does not tell it is *unknown*, not missing. What was found to be no suggestion has the two steps it
    took, a discarded draft none.
    """
    if suggestion.status in (S.DISCARDED, S.ANNULLED):
        return []
    if suggestion.status in (S.REFUSED, S.REFERRED):
        return [_step(_("submitted"), suggestion.received_on), _examined(suggestion)]
    host = next((row for row in rows if row.is_host), None)
    reply = getattr(host, "reply", None) if host else None
    released = reply if reply is not None and reply.released_on is not None else None
    judged = _judgement(suggestion, released)
    bar = [
        _submission(suggestion),
        _step(_("registered"), suggestion.registered_on, unknown=bool(suggestion.imported_from)),
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

    ``rows`` as for ``steps``. A draft has none, nor what ended before an answer: its word says all.
    """
    if suggestion.status in _OUTSIDE:
        return []
    host = next((row for row in rows if row.is_host), None)
    reply = getattr(host, "reply", None) if host else None
    answered = reply.letter_on if reply is not None and reply.released_on is not None else None
    received = None if suggestion.imported_from else suggestion.received_on
    days = [received, suggestion.first_handed_over_on, host.received_on if host else None, answered]
    first = _DEPUTY[S.RETURNED if suggestion.status == S.RETURNED else S.SUBMITTED]
    labels = [first, _given_to(suggestion, host), _in_hand(suggestion), _DEPUTY[S.REPLIED]]
    at = _word_of(suggestion, host)
    states = ["done" if place < at else "current" if place == at else "todo" for place in range(4)]
    if is_late:
        states[at] = "late"
    bar = zip(labels, days, states, strict=True)
    return [{"label": label, "on": on, "state": state, "note": ""} for label, on, state in bar]


def _word_of(suggestion: Suggestion, host: Assignment | None) -> int:
    """Which of the four words holds; one past them when all is done."""
    places = {
        S.RETURNED: 0,
        S.SUBMITTED: 0,
        S.REGISTERED: 0,
        S.AT_FORWARDER: 1,
        S.HANDLING: 2,
        S.REPLIED: 3,
        S.FOLLOW_UP: 3,
        S.CLOSED: 4,
    }
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


def _submission(suggestion: Suggestion) -> dict[str, Any]:
    """The first step: a draft has still to be submitted, what was returned once more."""
    imported = bool(suggestion.imported_from)
    if suggestion.status in (S.DRAFT, S.SIGNING):
        return _step(_("submitted"), None)
    if suggestion.status == S.RETURNED:
        return _step(_("submitted"), None, note=suggestion.get_status_display())
    return _step(_("submitted"), None if imported else suggestion.received_on, unknown=imported)


def _examined(suggestion: Suggestion) -> dict[str, Any]:
    """The step at which it was found to be no suggestion, and why or where it went; the record tells the day."""
    refused = suggestion.status == S.REFUSED
    note = suggestion.get_refusal_display() if refused else suggestion.referred_to
    return {"label": suggestion.get_status_display(), "on": None, "state": "done", "note": note}


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
    """The counting evaluation of who continues it, else of the lead, as far as the reader may see it."""
    rows = reply.evaluations.all() if reply is not None else ()
    counting = {row.mandate_id: row for row in rows if row.counts}
    return counting.get(suggestion.speaker_id) or counting.get(suggestion.lead_id)


def _unknown(suggestion: Suggestion, host: Assignment | None) -> bool:
    first_round = suggestion.round == 1
    return bool(suggestion.imported_from) and first_round and host is not None


def _first_contact(host: Assignment | None) -> Any:
    contacts = list(host.contacts.all()) if host else []
    return contacts[0].on if contacts else None
