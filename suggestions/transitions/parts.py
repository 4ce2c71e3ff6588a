"""What the acts on a part of a suggestion begin with: lock the case, permit, require states and round."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from suggestions.models import Assignment, Reply, Suggestion
from suggestions.transitions.machines import ASSIGNMENT, REPLY, SUGGESTION
from workflow import clock
from workflow.engine import Conflict, Invalid, Machine, lock, permit

May = Callable[[Actor, Assignment], bool]


def open_part(assignment: Assignment, verb: str, may: May, *, actor: Actor, version: int) -> Suggestion:
    """The locked case of an assignment on which the verb is possible now; raises NotAllowed, Conflict, Stale."""
    case = _lock(assignment, version)
    permit(may(actor, assignment))
    require_part(assignment, verb)
    return case


def open_reply(reply: Reply, verb: str, may: May, *, actor: Actor, version: int) -> Suggestion:
    """The locked case of a reply on which the verb is possible now; raises NotAllowed, Conflict, Stale."""
    assignment = reply.assignment
    case = _lock(assignment, version)
    reply.refresh_from_db()
    reply.assignment = assignment
    permit(may(actor, assignment))
    require_reply(reply, verb)
    return case


def require_part(assignment: Assignment, verb: str) -> None:
    """Raise Conflict unless case and assignment let the verb start, in the present round."""
    case = assignment.suggestion
    SUGGESTION.require(case, verb)
    _require(ASSIGNMENT, assignment, verb)
    if assignment.round != case.round:
        raise Conflict("earlier_round", _("This belongs to an earlier round."))


def require_reply(reply: Reply, verb: str) -> None:
    """Raise Conflict unless case, assignment and reply let the verb start, in the present round."""
    case = reply.assignment.suggestion
    SUGGESTION.require(case, verb)
    _require(ASSIGNMENT, reply.assignment, verb)
    _require(REPLY, reply, verb)
    if reply.assignment.round != case.round:
        raise Conflict("earlier_round", _("This belongs to an earlier round."))


def check_day(day: date, field: str, earliest: date | None) -> None:
    """Raise Invalid for a day still to come or one before ``earliest``."""
    if day > clock.today():
        raise Invalid(field, "in_future", _("This day is still to come."))
    if earliest and day < earliest:
        raise Invalid(field, "too_early", _("This day must not lie before %(day)s."), day=earliest.isoformat())


def _lock(assignment: Assignment, version: int) -> Suggestion:
    case = lock(assignment.suggestion, version=version)
    assignment.refresh_from_db()
    assignment.suggestion = case
    return case


def _require(machine: Machine, row: Assignment | Reply, verb: str) -> None:
    if verb in machine.table:
        machine.require(row, verb)
