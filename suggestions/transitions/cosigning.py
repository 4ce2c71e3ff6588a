"""Signing along: deputies are asked, and each says yes or no by one click, many in the same minute."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations.models import Mandate
from suggestions.models import CoSignature, Suggestion
from suggestions.policies import drafting as policies
from suggestions.transitions import draft_telling as telling
from suggestions.transitions.drafting import HEARD, require_confirmed, require_ready
from suggestions.transitions.intake import check_own_level
from suggestions.transitions.machines import SUGGESTION, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, Refused, lock, permit, record

C, S = CoSignature.Status, Suggestion.Status
#: From which states of a signature each answer starts: a mind may be changed until it is handed in.
ANSWERS = {Verb.CO_SIGN: ((C.INVITED, C.DECLINED), C.ACCEPTED), Verb.DECLINE: ((C.INVITED, C.ACCEPTED), C.DECLINED)}


@transaction.atomic
def invite(suggestion: Suggestion, *, actor: Actor, version: int, deputies: Sequence[Mandate]) -> Suggestion:
    """Ask deputies to sign along; each is told, through the station who has no account.

    Raises NotAllowed, Stale, Conflict for what is incomplete or unconfirmed, Invalid for who is no county deputy in
    office, leads it, or was asked before.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_invite(actor, case))
    SUGGESTION.require(case, Verb.INVITE)
    require_ready(case)
    _check_invited(case, deputies)
    rows = [CoSignature(suggestion=case, mandate=mandate, status=C.INVITED) for mandate in deputies]
    rows = [_created(row) for row in rows]
    behalf = actor if actor.is_deputy else actor.recording(case.lead.person, actor.how)
    changes = {"deputies": [str(mandate.uuid) for mandate in deputies]}
    record(case, SUGGESTION, Verb.INVITE, actor=behalf, changes=changes)
    telling.asked(case, rows)
    return case


def co_sign(signature: CoSignature, *, actor: Actor, how: str = "") -> CoSignature:
    """Sign along; no version is asked, since many may sign in the same minute and each moves only their own row.

    A signature on paper is recorded by the deputy's station or staff, who say ``how`` it came. Raises NotAllowed,
    Conflict once it was handed in, discarded, or signed already, or when the mandate does not hold.
    """
    return _answer(signature, Verb.CO_SIGN, actor, how)


def decline(signature: CoSignature, *, actor: Actor, how: str = "") -> CoSignature:
    """Not sign along, or no longer; raises like ``co_sign``."""
    return _answer(signature, Verb.DECLINE, actor, how)


def require_answer(signature: CoSignature, verb: str) -> None:
    """Raise Conflict unless this deputy can still give this answer."""
    case = signature.suggestion
    if case.status != S.SIGNING:
        raise Conflict("no_longer_asked", _ENDED.get(case.status, _HANDED_IN), day=case.received_on.isoformat())
    if signature.status not in ANSWERS[Verb(verb)][0]:
        raise Conflict("answered", _("This was answered already: %(answer)s."), answer=C(signature.status).label)
    if verb == Verb.CO_SIGN:
        require_confirmed(case)
        _require_mandate(signature)


_HANDED_IN = _("It was handed in on %(day)s; nobody can sign along any more.")
_ENDED: dict[str, Any] = {
    S.DISCARDED: _("The draft was given up; nothing is to be signed any more."),
    S.RETURNED: _("It was handed in before and is being completed; nobody can sign along any more."),
    S.DRAFT: _("It is being written; nothing is to be signed yet."),
}


@transaction.atomic
def _answer(signature: CoSignature, verb: Verb, actor: Actor, how: str) -> CoSignature:
    case = lock(signature.suggestion)
    row = CoSignature.objects.select_related("mandate__person", "mandate__term").get(pk=signature.pk)
    row.suggestion = case
    permit(policies.can_answer(actor, row))
    require_answer(row, verb)
    behalf = _on_behalf(actor, row, how)
    row.status, row.at = ANSWERS[verb][1], clock.now()
    row.save(update_fields=["status", "at"])
    record(case, SUGGESTION, verb, actor=behalf, changes={"deputy": str(row.mandate.uuid)})
    telling.answered(case)
    return row


def _on_behalf(actor: Actor, row: CoSignature, how: str) -> Actor:
    if policies.is_asked(actor, row):
        return actor
    if how not in HEARD:
        raise Invalid("how", "how_missing", _("Say how the deputy let you know."))
    return actor.recording(row.mandate.person, how)


def _check_invited(case: Suggestion, deputies: Sequence[Mandate]) -> None:
    if not deputies:
        raise Invalid("deputies", "deputies_missing", _("Name the deputies to be asked."))
    try:
        check_own_level(case.lead, deputies)
    except Invalid as refused:
        # the lead was judged when it was drafted; here the field is another
        refused.field = "deputies"
        raise
    known = set(case.cosignatures.values_list("mandate", flat=True))
    for mandate in deputies:
        if mandate.pk in known:
            raise Invalid("deputies", "asked_before", _("%(name)s was asked already."), name=mandate.person.name)


def _require_mandate(signature: CoSignature) -> None:
    """Own level and office hold on the day of signing too."""
    try:
        check_own_level(signature.mandate)
    except Refused as refused:
        raise Conflict(refused.code, refused.sentence) from refused


def _created(row: CoSignature) -> CoSignature:
    row.save(force_insert=True)
    return row
