"""A telephone call by the committee's staff about what is late (电话催办): recorded, and taken back if ticked by mistake."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from stations.models import Mandate, Station
from suggestions.transitions.parts import check_day
from supervision import policies
from supervision.models import Call, CallItem
from supervision.pressing.calls import Party, party_of
from supervision.pressing.late import relation
from supervision.transitions.pressing_machines import CALL, CallVerb
from workflow import clock
from workflow.engine import Conflict, Invalid, birth, lock, permit, record


@transaction.atomic
def record_call(
    party: Organ | Mandate | Station,
    *,
    actor: Actor,
    items: Sequence[str],
    outcome: str,
    promised_on: date | None = None,
    words: str = "",
    number: str = "",
    on: date | None = None,
) -> Call:
    """That somebody was rung up about these matters, named as on the list, and what came of it.

    Raises NotAllowed, Conflict when nothing is owed any more, and Invalid for a matter that is not owed by this party,
    no matter at all, a day still to come, and a promised day that is missing, past, or belongs to no promise.
    """
    permit(policies.can_call(actor))
    assert actor.user is not None  # whoever holds a post has an account
    owing = require_owing(party)
    on = on or clock.today()
    check_day(on, "on", None)
    _check_promise(outcome, promised_on, on)
    lates = _chosen(owing, items)
    told = {"outcome": outcome, "promised_on": promised_on, "words": words.strip(), "number": number.strip(), "on": on}
    call = Call.objects.create(**{relation(party): party}, **told, by=actor.user, created_at=clock.now())
    CallItem.objects.bulk_create(CallItem(call=call, **{relation(late.matter): late.matter}) for late in lates.values())
    # the number stays out of the record, which is never emptied
    changes: dict[str, Any] = {"party": str(party), "on": on, "outcome": outcome, "promised_on": promised_on}
    about = [late.line[:60] for late in lates.values()]
    birth(call, CallVerb.RECORD, actor=actor, reason=words.strip(), changes=changes | {"items": about})
    return call


@transaction.atomic
def take_back_call(call: Call, *, actor: Actor, version: int, reason: str) -> Call:
    """It was ticked by mistake: the call stays in the record and counts no more. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = lock(call, version=version)
    permit(policies.can_call(actor))
    CALL.require(case, CallVerb.TAKE_BACK)
    if not reason.strip():
        raise Invalid("reason", "required", _("Say why."))
    record(case, CALL, CallVerb.TAKE_BACK, actor=actor, reason=reason.strip())
    return case


def require_owing(party: Organ | Mandate | Station) -> Party:
    """The party as the list has it; raises Conflict when there is nothing to call about."""
    found = party_of(relation(party), party.pk)
    if found is None:
        raise Conflict("nothing_owed", _("Nothing is owed here any more, so there is nothing to call about."))
    return found


def _chosen(owing: Party, items: Sequence[str]) -> dict[str, Any]:
    """What is owed, by the matters chosen."""
    known = {item.late.key: item.late for item in owing.items}
    if not items:
        raise Invalid("items", "required", _("Choose what the call was about."))
    if set(items) - set(known):
        raise Invalid("items", "not_owed", _("Something of this was settled meanwhile. Look at what is left."))
    return {key: known[key] for key in items}


def _check_promise(outcome: str, promised_on: date | None, on: date) -> None:
    if outcome not in Call.Outcome.values:
        raise Invalid("outcome", "unknown", _("Choose what came of the call."))
    if outcome == Call.Outcome.PROMISED and promised_on is None:
        raise Invalid("promised_on", "required", _("Enter the day that was promised."))
    if outcome != Call.Outcome.PROMISED and promised_on is not None:
        raise Invalid("promised_on", "no_promise", _("A day belongs only to a promise."))
    if promised_on is not None and promised_on < on:
        raise Invalid("promised_on", "past", _("The promised day must not lie before the call."))
