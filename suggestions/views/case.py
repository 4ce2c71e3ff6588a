"""What a case page says: who has the ball until when, what can be done, what happened."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from suggestions import policies
from suggestions.models import Assignment, Suggestion, SuggestionClock
from suggestions.policies.key import came_through_office
from suggestions.transitions import Verb
from suggestions.transitions.objecting import open_objection
from suggestions.transitions.replying import require_complete
from workflow import clock
from workflow.acting import Act
from workflow.engine import Conflict
from workflow.periods import Light, light

S = Suggestion.Status


def light_of(act_by: date | None, started_on: date | None) -> Light | None:
    """The time light of a running limit; None when nothing runs."""
    if act_by is None or started_on is None:
        return None
    return light(act_by, started_on, clock.today())


def ball(case: Any, present: list[Assignment], reply_clock: SuggestionClock | None) -> dict[str, Any] | None:
    """In whose hands the case is, under which telephone, until when; None when it has ended.

    The case knows ``is_judged``. Before anybody has signed, and where a ledger named nobody, the liaison officer
    of the organ answers the telephone.
    """
    if case.status in (S.CLOSED, S.WITHDRAWN, S.REFUSED, S.REFERRED):
        return None
    host = next((part for part in present if part.is_host), None)
    if host is not None and host.status == host.Status.OBJECTED:
        return {**_decider(host), "clock": reply_clock}
    if case.status == S.HANDLING and host is not None:
        who = {"person": host.handler, "phone": host.phone} if host.phone else _liaison(host.organ.present)
        return {"who": host.organ.name, **who, "clock": reply_clock}
    if case.status == S.AT_FORWARDER:
        office = list(case.hand_overs.all())[-1].to
        return {"who": office.name, **_liaison(office.present), "clock": reply_clock}
    return {"who": _holder(case, host), "person": "", "phone": "", "clock": reply_clock}


def _liaison(organ: Any) -> dict[str, str]:
    """Who answers for an organ that has named nobody for this suggestion."""
    if not organ.liaisons:
        return {"person": "", "phone": organ.phone}
    return {"person": organ.liaisons[0].person.name, "phone": organ.liaisons[0].phone or organ.phone}


def _decider(host: Assignment) -> dict[str, str]:
    """Who decides next on the host's objection."""
    objection, office = open_objection(host), host.hand_over.to
    if objection is None or objection.status != objection.Status.REQUESTED or not came_through_office(host):
        return {"who": _("Deputy affairs commission"), "person": "", "phone": ""}
    return {"who": office.name, "person": "", "phone": office.phone}


def _holder(case: Any, host: Assignment | None) -> str:
    if case.agenda_on and case.status == S.REPLIED:
        return _("Council of chairpersons")
    if case.status == S.REPLIED and not case.is_judged:
        return _("Deputy %(name)s") % {"name": case.speaker.person.name}
    if case.status == S.FOLLOW_UP and host is not None:
        return _keeper(case, host)
    return _("Deputy affairs commission")


def _keeper(case: Any, host: Assignment) -> str:
    """Who has to do something about the commitments: whoever keeps the next one, else the deputy who is asked."""
    rows = host.reply.commitments.all() if hasattr(host, "reply") else ()
    waiting = [row.organ.name for row in rows if row.status == row.Status.OPEN]
    asked = any(row.status == row.Status.REPORTED_DONE for row in rows)
    if asked and not waiting:
        return _("Deputy %(name)s") % {"name": case.speaker.person.name}
    return waiting[0] if waiting else host.organ.name


def presented(acts: list[tuple[Act, Assignment | None]], case: Suggestion, actor: Actor) -> list[dict[str, Any]]:
    """Acts as buttons; the first that is still lacking stands out, the others stand beside it."""
    leading = next((pair for pair in acts if _is_lacking(*pair, case, actor)), None)
    buttons = [_button(act, part, case, stands_out=(act, part) == leading) for act, part in acts]
    if case.status == S.REGISTERED and policies.can_submit(actor):
        # on the evening of a session a hundred sheets are entered, one after the other
        url = reverse("suggestions:submit")
        buttons.append({"label": _("Enter the next sheet"), "url": url, "style": "secondary"})
    return buttons


def lacking(present: list[Assignment], actor: Actor) -> str:
    """What the organ's own draft still lacks before it can be put up for signature, as a sentence."""
    for part in present:
        reply = getattr(part, "reply", None)
        if reply is not None and reply.status == reply.Status.DRAFT and policies.can_draft_reply(actor, part):
            try:
                require_complete(reply)
            except Conflict as refused:
                return refused.sentence
    return ""


def _is_lacking(act: Act, part: Any, case: Suggestion, actor: Actor) -> bool:
    """Whether the case waits for it here: what may be done once more, or is for another to do, is not lacking."""
    if act.verb == Verb.RECORD_CONTACT:
        return not part.contacts.all()
    if act.verb == Verb.GIVE_OPINION:
        return bool(actor.acts_for(part.organ))
    if act.verb == Verb.DRAFT_REPLY:
        return not (hasattr(part, "reply") and part.reply.result_class_id)
    if act.verb == Verb.DELIVER:
        return case.status == S.REPLIED
    return act.style == "primary"


def _button(act: Act, part: Assignment | None, case: Suggestion, *, stands_out: bool) -> dict[str, Any]:
    label = str(act.label)
    if part is not None and not part.is_host:
        label = f"{label} · {part.organ.name}"
    style = "secondary" if act.style == "primary" and not stands_out else act.style
    args = [case.pk, part.pk, act.verb.value] if part else [case.pk, act.verb.value]
    return {
        "label": label,
        "url": reverse("suggestions:part_act" if part else "suggestions:act", args=args),
        "style": style,
    }
