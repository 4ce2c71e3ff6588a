"""The voter's name is revealed to call back, the voter is told, the visit is settled."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Opinion, Telling, TownshipTask, Visit
from deliberations.policies import visits as policies
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visit_telling import tell, visitors
from deliberations.transitions.visiting import part_of
from workflow import clock, sealing
from workflow.engine import Conflict, Invalid, lock, permit, record


@transaction.atomic
def tell_voter(
    opinion: Opinion,
    *,
    actor: Actor,
    version: int,
    on: date,
    how: str,
    text: str = "",
    reached: bool = True,
    final: bool = False,
) -> Telling:
    """Write down that the voter was told, or not reached; ``final`` when nothing more will follow (D18).

    Raises NotAllowed, Stale, Conflict when the last word was said, Invalid for an impossible day or no words.
    """
    case = lock(opinion.visit, version=version)
    permit(policies.can_tell(actor, case))
    VISIT.require(case, VisitVerb.TELL)
    require_untold(opinion)
    _check_day(on, case.on)
    if final and reached and TownshipTask.objects.undone().filter(opinion=opinion).exists():
        sentence = _("The township or village has not settled it yet; the last word comes after its result.")
        raise Invalid("final", "task_open", sentence)
    if reached and not text.strip():
        raise Invalid("text", "text_missing", _("Write down what the voter was told."))
    telling = Telling(opinion=opinion, on=on, how=how, text=text.strip(), reached=reached, final=final)
    telling.by = actor.user  # type: ignore[assignment]
    telling.save(force_insert=True)
    changes = {"on": on, "by": how, "reached": reached, "final": final}
    record(case, VISIT, VisitVerb.TELL, actor=actor, part=part_of(opinion), changes=changes)
    return telling


@transaction.atomic
def reveal(opinion: Opinion, *, actor: Actor, reason: str = "") -> tuple[str, str]:
    """Name and number of the voter, for this once; that they were seen, by whom and why, stands in the record.

    Raises NotAllowed, Invalid when somebody of the committee gives no reason, Conflict when there is nothing to
    reveal or the key that sealed it is gone.
    """
    case = lock(opinion.visit)
    permit(policies.can_reveal(actor, case))
    if policies.needs_reason(actor) and not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say what you need the name for."))
    require_named(opinion)
    try:
        name, phone = opinion.voter.unseal()  # type: ignore[union-attr]
    except sealing.Broken as broken:
        sentence = _("It cannot be opened: the key is missing or the entry was damaged. Tell the administrator.")
        raise Conflict("sealed", sentence) from broken
    record(case, VISIT, VisitVerb.REVEAL, actor=actor, part=part_of(opinion), reason=reason.strip())
    return name, phone


@transaction.atomic
def close(case: Visit, *, actor: Actor, version: int) -> Visit:
    """Settle a visit whose every voter was told, asked not to be, or could not be reached (F10).

    Raises NotAllowed, Stale, and Conflict while somebody is still to be told.
    """
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.CLOSE)
    require_settled(case)
    record(case, VISIT, VisitVerb.CLOSE, actor=actor)
    tell(case, "visit.closed", visitors(case))
    return case


def require_settled(case: Visit) -> None:
    """Raise Conflict while an opinion has no route or its voter waits for an answer."""
    if case.opinions.filter(route="").exists():
        raise Conflict("not_routed", _("An opinion has no route yet."))
    waiting = case.opinions.to_tell().count()
    if waiting:
        raise Conflict("not_told", _("Still to be told what became of it: %(count)s."), count=waiting)


def require_untold(opinion: Opinion) -> None:
    """Raise Conflict when the voter had the last word on it."""
    if opinion.tellings.filter(final=True).exists():
        raise Conflict("told", _("The voter has had the last word on this already."))


def require_named(opinion: Opinion) -> None:
    """Raise Conflict when the voter gave neither name nor number."""
    if opinion.voter is None or not opinion.voter.is_named:
        raise Conflict("anonymous", _("The voter gave no name."))


def _check_day(on: date, earliest: date) -> None:
    if on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
    if on < earliest:
        raise Invalid("on", "too_early", _("This day must not lie before %(day)s."), day=earliest.isoformat())
