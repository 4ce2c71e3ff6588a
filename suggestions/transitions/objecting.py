"""An organ says that it should not handle a suggestion, or not as host (F4): raised, let in late, agreed by the office.

The reply term runs on. How it is decided stands in ``deciding``.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ, Post
from suggestions import deadlines, recipients
from suggestions.models import Assignment, ClockKind, Objection, Reply, Suggestion
from suggestions.policies import key as key_policies
from suggestions.policies import objecting as policies
from suggestions.transitions import clocks, extending, groups
from suggestions.transitions.machines import ASSIGNMENT, OBJECTION, SUGGESTION, Verb
from suggestions.transitions.parts import May, open_part
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, born, move, record
from workflow.rules import rules_in_force

#: States in which an objection waits for somebody.
OPEN = (Objection.Status.REQUESTED, Objection.Status.OFFICE_AGREED)
#: Reasons for which nobody in the county can be named.
_UNNAMED = (Objection.Reason.HIGHER_LEVEL,)


@transaction.atomic
def raise_objection(
    assignment: Assignment,
    *,
    actor: Actor,
    version: int,
    reason: str,
    basis: str,
    proposed: Organ | None = None,
    signed_by: str = "",
) -> Objection:
    """The organ objects, host or co-host, within the working days of the rule; the reply term runs on (scenario 9).

    ``signed_by`` is the main leader, needed once it was objected to as often as the rule says. Raises NotAllowed,
    Stale, Conflict where no objection is possible (any more), Invalid for who is proposed or has not signed.
    """
    together = groups.parts_with(assignment, Verb.OBJECT)
    case = open_part(assignment, Verb.OBJECT, policies.can_object, actor=actor, version=version)
    groups.require_leading(case)
    require_objectable(assignment)
    _check_proposed(assignment, reason, proposed)
    if needs_leader(next_number(case)) and not signed_by.strip():
        raise Invalid("signed_by", "not_signed", _("It was objected to before: this time the main leader signs."))
    words = {"reason": reason, "basis": basis, "proposed": proposed, "signed_by": signed_by.strip()}
    limits = clocks.Basis()
    raised = [_raise(part, actor, words, limits) for part in (assignment, *_able(together, _require_open))]
    due = assignment.clocks.running().get(kind=ClockKind.OBJECTION).act_by
    tell(case, Verb.OBJECT, first_to_decide(assignment), due, organ=assignment.organ.name)
    return raised[0]


@transaction.atomic
def reopen_objection(assignment: Assignment, *, actor: Actor, version: int, until: date, reason: str) -> Assignment:
    """Let the organ object after its days have passed, until a day that is named (scenario 9).

    Raises NotAllowed, Stale, Conflict where the days still run or a county leader has settled it, Invalid for the day.
    """
    may = policies.can_reopen_objection
    together = groups.parts_with(assignment, Verb.REOPEN_OBJECTION)
    case = open_part(assignment, Verb.REOPEN_OBJECTION, may, actor=actor, version=version)
    groups.require_leading(case)
    require_reopenable(assignment)
    if until < clock.today():
        raise Invalid("until", "passed", _("This day has passed."))
    for part in (assignment, *_able(together, _require_closed)):
        _let_in(part, actor, until, reason)
    tell(case, Verb.REOPEN_OBJECTION, recipients.of_organ(assignment.organ), until, act_by=until.isoformat())
    return assignment


@transaction.atomic
def agree_objection(objection: Objection, *, actor: Actor, version: int, proposed: Organ | None = None) -> Objection:
    """The government office, which allotted it, agrees and may name who should handle it; the committee then decides.

    Raises NotAllowed, Conflict, Stale, Invalid for who is proposed.
    """
    together = beside(objection, Verb.AGREE_OBJECTION)
    case = open_objection_of(objection, Verb.AGREE_OBJECTION, policies.can_agree_objection, actor, version)
    if proposed == objection.assignment.organ:
        raise Invalid("proposed", "itself", _("Name another organ."))
    for one in (objection, *together):
        moved = move(one, OBJECTION, Verb.AGREE_OBJECTION, proposed=proposed or one.proposed)
        changes = told_of(one)
        record(one.assignment.suggestion, SUGGESTION, Verb.AGREE_OBJECTION, actor=actor, part=moved, changes=changes)
    tell(case, Verb.AGREE_OBJECTION, recipients.of_staff(), organ=objection.assignment.organ.name)
    return objection


def open_objection(assignment: Assignment) -> Objection | None:
    """The objection to this assignment that waits to be decided."""
    return next((row for row in assignment.objections.all() if row.status in OPEN), None)


def require_open_objection(assignment: Assignment) -> Objection:
    """The open objection; raises Conflict when there is none."""
    objection = open_objection(assignment)
    if objection is None:
        raise Conflict("no_objection", _("There is no objection to decide."))
    groups.require_leading(assignment.suggestion)
    return objection


def require_to_agree(assignment: Assignment) -> None:
    """Raise Conflict unless an objection waits for the government office."""
    if require_open_objection(assignment).status != Objection.Status.REQUESTED:
        raise Conflict("agreed", _("The government office has agreed already."))


def require_to_grant(assignment: Assignment) -> None:
    """Raise Conflict unless an objection waits for the committee."""
    require_office_agreed(require_open_objection(assignment))


def require_office_agreed(objection: Objection) -> None:
    """Raise Conflict while the government office, through which the suggestion came, has not agreed."""
    waits = objection.status == Objection.Status.REQUESTED
    if waits and key_policies.came_through_office(objection.assignment):
        raise Conflict("office_first", _("The government office, which allotted it, has not agreed yet."))


def require_objectable(assignment: Assignment) -> None:
    """Raise Conflict where no objection is possible: each reason has its sentence (scenario 9)."""
    groups.require_leading(assignment.suggestion)
    _require_open(assignment)


def require_reopenable(assignment: Assignment) -> None:
    """Raise Conflict unless the days for an objection have passed and it can still be let in."""
    _require_closed(assignment)
    groups.require_leading(assignment.suggestion)


def _require_open(assignment: Assignment) -> None:
    _require_unsettled_first_round(assignment.suggestion)
    reply = getattr(assignment, "reply", None)
    if reply is not None and reply.status != Reply.Status.DRAFT:
        raise Conflict("reply_under_way", _("The reply is put up for signature; take it back to revise first."))
    if any(row.status in extending.OPEN for row in assignment.extensions.all()):
        raise Conflict("later_date_asked", _("You ask for a later date to answer it; that is decided first."))
    until = assignment.objection_until
    if until is None or until < clock.today():
        sentence = _TOO_LATE[until is not None, key_policies.came_through_office(assignment)]
        raise Conflict("too_late", sentence, day=until.isoformat() if until else "")


def _require_closed(assignment: Assignment) -> None:
    until = assignment.objection_until
    if until is not None and until >= clock.today():
        raise Conflict("still_open", _("The organ can object until %(day)s anyway."), day=until.isoformat())
    _require_unsettled_first_round(assignment.suggestion)


def next_number(case: Suggestion) -> int:
    """Which objection to the suggestion the next one would be, over all organs."""
    return Objection.objects.filter(assignment__suggestion=case).count() + 1


def needs_leader(number: int) -> bool:
    """Whether this is passed round so often that main leaders sign and a county leader settles it (Yulin)."""
    return number > rules_in_force(clock.today())[1]["objections_before_leader"]


def is_settled(case: Suggestion) -> bool:
    """Whether a county leader has settled who handles it: nobody objects any more."""
    return any(row.decided_by for part in case.assignments.all() for row in part.objections.all())


def first_to_decide(assignment: Assignment) -> list[Post]:
    """The government office for what it allotted, else staff."""
    if key_policies.came_through_office(assignment):
        return recipients.of_organ(assignment.hand_over.to)
    return recipients.of_staff()


def open_objection_of(objection: Objection, verb: str, may: May, actor: Actor, version: int) -> Suggestion:
    """The locked case of an objection on which the verb is possible now; raises NotAllowed, Conflict, Stale."""
    case = open_part(objection.assignment, verb, may, actor=actor, version=version)
    groups.require_leading(case)
    objection.refresh_from_db(fields=["status"])
    OBJECTION.require(objection, verb)
    return case


def beside(objection: Objection, verb: str) -> list[Objection]:
    """The open objections of the same organ to what is handled together with the suggestion; all locked."""
    found = []
    for part in groups.parts_with(objection.assignment, verb):
        row = open_objection(part)
        if row is not None:
            row.assignment = part
            found.append(row)
    return found


def told_of(objection: Objection) -> dict[str, str]:
    """What the record says of an objection: whose, and why."""
    return {"organ": objection.assignment.organ.name, "objection": objection.reason}


def _let_in(assignment: Assignment, actor: Actor, until: date, reason: str) -> None:
    case, changes = assignment.suggestion, {"organ": assignment.organ.name, "due_on": until.isoformat()}
    moved = move(assignment, ASSIGNMENT, Verb.REOPEN_OBJECTION, objection_until=until)
    record(case, SUGGESTION, Verb.REOPEN_OBJECTION, actor=actor, part=moved, reason=reason, changes=changes)


def _raise(assignment: Assignment, actor: Actor, words: dict[str, Any], limits: clocks.Basis) -> Objection:
    case, today = assignment.suggestion, clock.today()
    move(assignment, ASSIGNMENT, Verb.OBJECT)
    number = next_number(case)
    objection = Objection.objects.create(assignment=assignment, number=number, requested_on=today, **words)
    asked, changes = born(objection, OBJECTION), told_of(objection)
    record(case, SUGGESTION, Verb.OBJECT, actor=actor, part=asked, reason=objection.basis, changes=changes)
    # nobody has to sign for what they do not want to have
    clocks.void_of(assignment, ClockKind.RECEIPT)
    clocks.clear_of(assignment, ClockKind.OBJECTION)
    count = partial(deadlines.objection_decision_due, today)
    clocks.start(case, ClockKind.OBJECTION, today, count, assignment=assignment, basis=limits)
    return objection


def _check_proposed(assignment: Assignment, reason: str, proposed: Organ | None) -> None:
    if proposed is None and reason not in _UNNAMED:
        raise Invalid("proposed", "nobody_proposed", _("Say which organ it concerns."))
    if proposed == assignment.organ:
        raise Invalid("proposed", "itself", _("Name another organ."))


def _require_unsettled_first_round(case: Suggestion) -> None:
    if case.round > 1:
        raise Conflict("later_round", _("It is handled again; who handles it is no longer in question."))
    if is_settled(case):
        raise Conflict("settled", _("A county leader has settled who handles it; nobody objects any more."))


def _able(parts: Iterable[Assignment], check: Callable[[Assignment], None]) -> list[Assignment]:
    """Those that the check does not refuse."""
    able = []
    for part in parts:
        try:
            check(part)
        except Conflict:
            continue
        able.append(part)
    return able


#: Whether there were days for it, and whether it came through the government office.
_TOO_LATE: Mapping[tuple[bool, bool], Any] = {
    (True, True): _(
        "Objections were possible until %(day)s. The government office or the deputy affairs commission can let a "
        "late one in."
    ),
    (True, False): _("Objections were possible until %(day)s. The deputy affairs commission can let a late one in."),
    (False, True): _(
        "No days are set for an objection here. The government office or the deputy affairs commission can let one in."
    ),
    (False, False): _("No days are set for an objection here. The deputy affairs commission can let one in."),
}
