"""What each organ gets of a suggestion: its part, its limits, and who is told of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from suggestions import deadlines, recipients
from suggestions.models import Assignment, ClockKind, HandOver, Suggestion
from suggestions.transitions import clocks
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Invalid

Parts = Sequence[tuple[Organ, str]]


def parts_of(host: Organ, co_hosts: Sequence[Organ]) -> Parts:
    """Who hosts, alone or with others, and who helps."""
    part = Assignment.Part.HOST if co_hosts else Assignment.Part.SOLE
    return [(host, part), *((organ, Assignment.Part.CO_HOST) for organ in co_hosts)]


def new_assignments(
    case: Suggestion, given: HandOver, parts: Parts, status: str, objection_until: date | None = None
) -> list[Assignment]:
    """The parts of the present round, in the state given."""
    common = {"suggestion": case, "hand_over": given, "round": case.round, "status": status}
    return [
        Assignment.objects.create(organ=organ, part=part, objection_until=objection_until, **common)
        for organ, part in parts
    ]


def assign(
    case: Suggestion, given: HandOver, parts: Parts, basis: clocks.Basis, *, settled: bool = False
) -> list[Assignment]:
    """Give the parts to be signed for, each with its limits; nobody objects to what a county leader settled."""
    today = clock.today()
    until = None if settled else deadlines.objection_until(today, basis.rules(today)[1], basis.calendar)
    assignments = new_assignments(case, given, parts, Assignment.Status.ASSIGNED, until)
    for assignment in assignments:
        receipt = start_receipt(assignment, basis)
        tell(case, "assigned", recipients.of_organ(assignment.organ), receipt.act_by)
    start_co_host_clocks(case, assignments, today, basis)
    return assignments


def start_receipt(assignment: Assignment, basis: clocks.Basis) -> clocks.SuggestionClock:
    """From today on the organ has the days of the rule to sign for it."""
    today = clock.today()
    count = partial(deadlines.receipt_due, today)
    return clocks.start(assignment.suggestion, ClockKind.RECEIPT, today, count, assignment=assignment, basis=basis)


def start_co_host_clocks(case: Suggestion, assignments: Sequence[Assignment], today: date, basis: clocks.Basis) -> None:
    """Each co-host's opinion is due before the host's reply."""
    reply = clocks.reply_clock(case)
    for assignment in assignments:
        if reply is not None and not assignment.is_host:
            count = partial(deadlines.co_host_due, today, reply.due_on)
            clocks.start(case, ClockKind.CO_HOST, today, count, assignment=assignment, basis=basis)


def check_organs(field: str, host: Organ, co_hosts: Sequence[Organ]) -> None:
    """Raise Invalid when an organ is named twice, or one that no longer exists; ``field`` asks for the host."""
    if host in co_hosts or len(set(co_hosts)) != len(co_hosts):
        raise Invalid("co_hosts", "twice", _("An organ is named twice."))
    for name, organ in [(field, host), *(("co_hosts", organ) for organ in co_hosts)]:
        if organ.closed_on and organ.closed_on <= clock.today():
            raise Invalid(name, "closed", _("%(name)s no longer exists."), name=organ.name)
