"""An objection is decided (F4): another organ handles it, more do, host and co-host change places, or all stays.

The reply term runs on, whoever handles it in the end (D14).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ, Person
from suggestions import recipients
from suggestions.models import Assignment, ClockKind, Objection, Suggestion
from suggestions.policies import objecting as policies
from suggestions.transitions import clocks, leaders
from suggestions.transitions.assigning import Parts, assign, check_organs, start_receipt
from suggestions.transitions.machines import ASSIGNMENT, OBJECTION, SUGGESTION, Verb
from suggestions.transitions.objecting import (
    beside,
    needs_leader,
    open_objection_of,
    require_office_agreed,
    told_of,
)
from suggestions.transitions.telling import tell, tell_off
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, move, record

A, Part = Assignment.Status, Assignment.Part
_MUST_AGREE = _("Of a key suggestion this needs the word of %(name)s, who is in charge.")


@dataclass(frozen=True)
class _LineUp:
    """Who handles it afterwards: which parts end, which stay, and which organs get a new one.

    ``told`` names who handles it before and after, the host first.
    """

    ended: list[Assignment]
    kept: list[Assignment]
    fresh: Parts
    told: tuple[str, str]

    @property
    def host(self) -> str:
        """The name of the host, if it is another one now."""
        return next((organ.name for organ, part in self.fresh if part != Part.CO_HOST), "")

    @property
    def is_helped(self) -> bool:
        """Whether anybody co-hosts."""
        return any(not row.is_host for row in self.kept) or any(part == Part.CO_HOST for _organ, part in self.fresh)


@transaction.atomic
def grant_objection(
    objection: Objection,
    *,
    actor: Actor,
    version: int,
    host: Organ,
    co_hosts: Sequence[Organ] = (),
    decision: str,
    decided_by: str = "",
    agreed_by: Person | None = None,
    how: str = "",
) -> Objection:
    """Decide who handles it: ``host`` answers, ``co_hosts`` help beside those that do; a host that is replaced helps.

    The objecting organ leaves it, unless it is named. Whoever gets another part signs for it anew and may object in
    turn. Once it was passed round as often as the rule says, ``decided_by`` names the county leader who settled it,
    and nobody objects any more; of a key suggestion the deputy chairperson in charge grants, or staff record that
    person's word. Raises NotAllowed, Stale, Conflict where the office has not agreed, Invalid for the organs or a
    missing name.
    """
    together = beside(objection, Verb.GRANT_OBJECTION)
    case = open_objection_of(objection, Verb.GRANT_OBJECTION, policies.can_decide_objection, actor, version)
    require_office_agreed(objection)
    _check_leader(objection, decided_by)
    check_organs("host", host, co_hosts)
    basis = clocks.Basis()
    for one in (objection, *together):
        behalf = leaders.on_word(one.assignment.suggestion, actor, agreed_by, how, _MUST_AGREE)
        decided = _decide(one, Verb.GRANT_OBJECTION, decision, decided_by)
        line_up = _line_up(one.assignment, host, co_hosts)
        told = {**told_of(one), "handled_by": list(line_up.told)}
        _apply(one.assignment, line_up)
        record(
            one.assignment.suggestion, SUGGESTION, Verb.GRANT_OBJECTION, actor=behalf, part=decided, reason=decision,
            changes=told,
        )  # fmt: skip
        _hand_on(one, line_up, basis)
    _tell_granted(case, objection)
    return objection


@transaction.atomic
def refuse_objection(
    objection: Objection, *, actor: Actor, version: int, decision: str, decided_by: str = ""
) -> Objection:
    """All stays as it was: the organ handles it, and is told why. A county leader's word settles it as for a grant.

    Raises NotAllowed, Conflict, Stale, Invalid without the county leader's name where it needs one.
    """
    together = beside(objection, Verb.REFUSE_OBJECTION)
    case = open_objection_of(objection, Verb.REFUSE_OBJECTION, policies.can_refuse_objection, actor, version)
    _check_leader(objection, decided_by)
    basis = clocks.Basis()
    for one in (objection, *together):
        decided = _decide(one, Verb.REFUSE_OBJECTION, decision, decided_by)
        record(
            one.assignment.suggestion, SUGGESTION, Verb.REFUSE_OBJECTION, actor=actor, part=decided, reason=decision,
            changes=told_of(one),
        )  # fmt: skip
        _back(one.assignment, Verb.REFUSE_OBJECTION, basis)
    tell(case, Verb.REFUSE_OBJECTION, recipients.of_organ(objection.assignment.organ))
    return objection


def _check_leader(objection: Objection, decided_by: str) -> None:
    if needs_leader(objection.number) and not decided_by.strip():
        sentence = _("It was passed round too often: name the county leader who settled it.")
        raise Invalid("decided_by", "no_leader", sentence)


def _decide(objection: Objection, verb: str, decision: str, decided_by: str) -> Moved:
    decided = move(
        objection, OBJECTION, verb, decided_on=clock.today(), decision=decision, decided_by=decided_by.strip()
    )
    clocks.meet(objection.assignment.suggestion, ClockKind.OBJECTION, assignment=objection.assignment)
    return decided


def _line_up(assignment: Assignment, host: Organ, co_hosts: Sequence[Organ]) -> _LineUp:
    """Nobody but the objecting organ leaves; raises Invalid where nothing would change."""
    case = assignment.suggestion
    rows = case.assignments.filter(round=case.round).exclude(status=A.ENDED).select_related("organ")
    live = [assignment if row.pk == assignment.pk else row for row in rows]
    others = [row.organ for row in live if row.pk != assignment.pk]
    helping = [organ for organ in dict.fromkeys([*others, *co_hosts]) if organ != host]
    wanted = {host: True, **dict.fromkeys(helping, False)}
    kept = [row for row in live if wanted.get(row.organ) is row.is_host]
    staying = {row.organ_id for row in kept}
    first = Part.HOST if helping else Part.SOLE
    fresh = [(organ, first if hosts else Part.CO_HOST) for organ, hosts in wanted.items() if organ.pk not in staying]
    if len(kept) == len(live) and not fresh:
        sentence = _("Nothing would change; refuse the objection if all is to stay.")
        raise Invalid("host", "nothing_changes", sentence)
    before = sorted(live, key=lambda row: not row.is_host)
    told = "、".join(row.organ.name for row in before), "、".join(organ.name for organ in wanted)
    return _LineUp([row for row in live if row not in kept], kept, fresh, told)


def _apply(assignment: Assignment, line_up: _LineUp) -> None:
    """End the parts that end, before others take their place; raises Conflict for one that objects as well."""
    for row in line_up.ended:
        clocks.void_of(row, ClockKind.RECEIPT, ClockKind.CO_HOST)
        if row.pk == assignment.pk:
            # without a day for an objection it is known as taken from the organ, which sees it no longer
            move(row, ASSIGNMENT, Verb.GRANT_OBJECTION, to=A.ENDED, objection_until=None)
        elif row.status == A.OBJECTED:
            raise Conflict("objects_too", _("%(organ)s objects as well; decide on that first."), organ=row.organ.name)
        else:
            move(row, ASSIGNMENT, Verb.CHANGE_PART)


def _hand_on(objection: Objection, line_up: _LineUp, basis: clocks.Basis) -> None:
    """Give the new parts; who asked only for more organs goes on with its own."""
    assignment = objection.assignment
    case = assignment.suggestion
    if assignment in line_up.kept:
        _back(assignment, Verb.GRANT_OBJECTION, basis)
    for row in line_up.kept:
        if row.is_host:
            row.part = Part.HOST if line_up.is_helped else Part.SOLE
            row.save(update_fields=["part"])
    if line_up.fresh:
        assign(case, assignment.hand_over, line_up.fresh, basis, settled=bool(objection.decided_by))
    if line_up.host:
        tell(case, "new_host", recipients.of_signatories(case), organ=line_up.host)


def _back(assignment: Assignment, verb: str, basis: clocks.Basis) -> None:
    """As it was before the objection; what was not signed for has its days for that anew."""
    before = A.ACCEPTED if assignment.received_on else A.ASSIGNED
    move(assignment, ASSIGNMENT, verb, to=before)
    if before == A.ASSIGNED:
        start_receipt(assignment, basis)


def _tell_granted(case: Suggestion, objection: Objection) -> None:
    """The organ, which may have nothing to read any more, and whoever handles it beside it."""
    organ = objection.assignment.organ
    if not case.assignments.filter(organ=organ).exclude(status=A.ENDED).exists():
        tell_off(case, recipients.of_organ(organ))
    tell(case, Verb.GRANT_OBJECTION, recipients.of_handlers(case), organ=organ.name)
