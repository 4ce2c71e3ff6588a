"""From the committee to the organs: hand-over, allotment or its refusal, receipt."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from suggestions import deadlines, policies, recipients
from suggestions.models import Assignment, ClockKind, HandOver, Suggestion
from suggestions.transitions import clocks
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION, Verb
from suggestions.transitions.parts import check_day, open_part
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Invalid, lock, move, permit, record


@transaction.atomic
def hand_over(
    suggestion: Suggestion,
    *,
    actor: Actor,
    version: int,
    to: Organ,
    co_hosts: Sequence[Organ] = (),
    on: date,
    requirements: str = "",
) -> HandOver:
    """Hand over to the government office, which then allots, or directly to a host and co-hosts (D15).

    The statutory reply clock starts on ``on``, whatever the office does later (D14, scenario 6); handed over a
    second time, it runs on. Raises NotAllowed, Conflict, Invalid.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_hand_over(actor, case))
    SUGGESTION.require(case, Verb.HAND_OVER)
    forwards = forwards_suggestions(to)
    _check_hand_over(case, to, co_hosts, on, forwards)
    given = HandOver.objects.create(suggestion=case, to=to, on=on, requirements=requirements)
    first = case.first_handed_over_on or on
    if clocks.reply_clock(case) is None:
        clocks.start(case, ClockKind.REPLY, on, partial(deadlines.reply_due, on, _is_complex(case)))
    state = Suggestion.Status.AT_FORWARDER if forwards else Suggestion.Status.HANDLING
    changes = {"to": to.name, "co_hosts": [organ.name for organ in co_hosts], "on": on}
    fields = {"first_handed_over_on": first}
    record(case, SUGGESTION, Verb.HAND_OVER, actor=actor, to=state, changes=changes, fields=fields)
    if forwards:
        tell(case, Verb.HAND_OVER, recipients.of_organ(to))
    else:
        _assign(case, given, to, co_hosts)
    tell(case, "handed_over_deputies", recipients.of_signatories(case))
    return given


@transaction.atomic
def allot(
    suggestion: Suggestion, *, actor: Actor, version: int, host: Organ, co_hosts: Sequence[Organ] = ()
) -> Suggestion:
    """The government office chooses host and co-hosts; the reply clock goes on from the hand-over."""
    case = lock(suggestion, version=version)
    permit(policies.can_allot(actor, case))
    SUGGESTION.require(case, Verb.ALLOT)
    _check_organs("host", host, co_hosts)
    changes = {"host": host.name, "co_hosts": [organ.name for organ in co_hosts]}
    record(case, SUGGESTION, Verb.ALLOT, actor=actor, changes=changes)
    _assign(case, case.hand_overs.latest("pk"), host, co_hosts)
    return case


@transaction.atomic
def send_back(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> Suggestion:
    """The office returns what is not the government's to the committee, which hands it over anew; the clock runs on."""
    case = lock(suggestion, version=version)
    permit(policies.can_send_back(actor, case))
    record(case, SUGGESTION, Verb.SEND_BACK, actor=actor, reason=reason)
    tell(case, Verb.SEND_BACK, recipients.of_staff())
    return case


@transaction.atomic
def sign_receipt(
    assignment: Assignment, *, actor: Actor, version: int, received_by: str, leader: str, handler: str, phone: str
) -> Assignment:
    """The organ signs for it and names who is responsible, who handles and how to reach them (F2)."""
    case = open_part(assignment, Verb.SIGN_RECEIPT, policies.can_sign_receipt, actor=actor, version=version)
    named = {"received_by": received_by, "leader": leader, "handler": handler, "phone": phone}
    moved = move(assignment, ASSIGNMENT, Verb.SIGN_RECEIPT, received_on=clock.today(), **named)
    changes = {"organ": assignment.organ.name, "received_by": received_by, "leader": leader, "handler": handler}
    record(case, SUGGESTION, Verb.SIGN_RECEIPT, actor=actor, part=moved, changes=changes)
    clocks.meet(case, ClockKind.RECEIPT, assignment=assignment)
    return assignment


def forwards_suggestions(organ: Organ) -> bool:
    """Whether others receive through this organ (the government office)."""
    return organ.kind == Organ.Kind.GOVERNMENT_OFFICE and organ.receivers.exists()


def new_assignments(
    case: Suggestion, given: HandOver, host: Organ, co_hosts: Sequence[Organ], status: str
) -> list[Assignment]:
    """Host and co-hosts of the present round, in the state given."""
    part = Assignment.Part.HOST if co_hosts else Assignment.Part.SOLE
    parts = [(host, part), *((organ, Assignment.Part.CO_HOST) for organ in co_hosts)]
    return [
        Assignment.objects.create(
            suggestion=case, hand_over=given, round=case.round, organ=organ, part=part, status=status
        )
        for organ, part in parts
    ]


def start_co_host_clocks(case: Suggestion, assignments: Sequence[Assignment], today: date) -> None:
    """Each co-host's opinion is due before the host's reply."""
    reply = clocks.reply_clock(case)
    for assignment in assignments:
        if reply is not None and not assignment.is_host:
            count = partial(deadlines.co_host_due, today, reply.due_on)
            clocks.start(case, ClockKind.CO_HOST, today, count, assignment=assignment)


def _assign(case: Suggestion, given: HandOver, host: Organ, co_hosts: Sequence[Organ]) -> None:
    today = clock.today()
    assignments = new_assignments(case, given, host, co_hosts, Assignment.Status.ASSIGNED)
    for assignment in assignments:
        count = partial(deadlines.receipt_due, today)
        receipt = clocks.start(case, ClockKind.RECEIPT, today, count, assignment=assignment)
        tell(case, "assigned", recipients.of_organ(assignment.organ), receipt.act_by)
    start_co_host_clocks(case, assignments, today)


def _is_complex(case: Suggestion) -> bool:
    return case.reply_term == Suggestion.ReplyTerm.COMPLEX


def _check_hand_over(case: Suggestion, to: Organ, co_hosts: Sequence[Organ], on: date, forwards: bool) -> None:
    check_day(on, "on", case.first_handed_over_on)
    if on < case.received_on:
        raise Invalid("on", "too_early", _("It cannot be handed over before the day it came in."))
    if forwards and co_hosts:
        raise Invalid("co_hosts", "office_allots", _("The government office chooses the co-hosts when it allots."))
    _check_organs("to", to, co_hosts)


def _check_organs(field: str, host: Organ, co_hosts: Sequence[Organ]) -> None:
    if host in co_hosts or len(set(co_hosts)) != len(co_hosts):
        raise Invalid("co_hosts", "twice", _("An organ is named twice."))
    for name, organ in [(field, host), *(("co_hosts", organ) for organ in co_hosts)]:
        if organ.closed_on and organ.closed_on <= clock.today():
            raise Invalid(name, "closed", _("%(name)s no longer exists."), name=organ.name)
