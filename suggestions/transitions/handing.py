"""From the committee to the organs: hand-over, allotment or its refusal, receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import Meeting
from deliberations.policies.hand_over_meetings import can_run_hand_over_meeting
from deliberations.transitions.hand_over_machine import HAND_OVER_MEETING, HandOverVerb
from suggestions import deadlines, policies, recipients
from suggestions.models import Assignment, ClockKind, HandOver, Suggestion
from suggestions.transitions import clocks, groups
from suggestions.transitions.assigning import assign, check_organs, parts_of
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION, Verb
from suggestions.transitions.parts import check_day, open_part
from suggestions.transitions.telling import tell
from workflow import clock, numbering
from workflow.engine import Conflict, Invalid, lock, move, permit, record


@dataclass(frozen=True)
class _Giving:
    """One act of handing over: who gives to whom, on which day; the same for all that are given together."""

    actor: Actor
    to: Organ
    co_hosts: Sequence[Organ]
    on: date
    requirements: str
    meeting: Meeting | None
    basis: clocks.Basis


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
    meeting: Meeting | None = None,
    slip_no: str = "",
) -> HandOver:
    """Hand over to the government office, which then allots, or directly to a host and co-hosts (D15).

    The statutory reply clock starts on ``on``, whatever the office does later (D14, scenario 6); handed over a
    second time, it runs on. At a hand-over meeting ``on`` is the meeting's day. The slip takes the next number of its
    year unless it bears one. What it leads goes with it. Raises NotAllowed, Conflict, Invalid.
    """
    held = lock(meeting) if meeting is not None else None
    together = groups.members_with(suggestion)
    case = lock(suggestion, version=version)
    permit(policies.can_hand_over(actor, case))
    groups.require_leading(case)
    giving = _Giving(actor, to, co_hosts, on, requirements, held, clocks.Basis())
    given = _hand(case, giving, slip_no)
    others = [_hand_named(member, giving) for member in together]
    if held is not None:
        _note_at(held, actor, [given, *others])
    return given


@transaction.atomic
def hand_over_many(
    meeting: Meeting,
    *,
    actor: Actor,
    version: int,
    suggestions: Iterable[Suggestion],
    to: Organ,
    requirements: str = "",
) -> list[HandOver]:
    """Hand over all of them at the meeting, in one act, with what is handled together with them: all or none (R56, R60).

    ``version`` is the meeting's; whether each suggestion can be handed over is asked of its locked row. Raises
    NotAllowed, Stale, Invalid, and Conflict that names the first suggestion that cannot.
    """
    held = lock(meeting, version=version)
    permit(can_run_hand_over_meeting(actor))
    HAND_OVER_MEETING.require(held, HandOverVerb.HAND_OVER)
    cases = groups.with_members(suggestions)
    if not cases:
        raise Invalid("suggestions", "none_chosen", _("Choose at least one suggestion."))
    giving = _Giving(actor, to, (), held.held_on, requirements, held, clocks.Basis())
    given = [_hand_named(case, giving) for case in cases]
    _note_at(held, actor, given)
    return given


@transaction.atomic
def allot(
    suggestion: Suggestion, *, actor: Actor, version: int, host: Organ, co_hosts: Sequence[Organ] = ()
) -> Suggestion:
    """The government office chooses host and co-hosts, for what it leads as well; the reply clock goes on."""
    together = groups.members_with(suggestion)
    case = lock(suggestion, version=version)
    permit(policies.can_allot(actor, case))
    SUGGESTION.require(case, Verb.ALLOT)
    groups.require_leading(case)
    check_organs("host", host, co_hosts)
    changes = {"host": host.name, "co_hosts": [organ.name for organ in co_hosts]}
    basis = clocks.Basis()
    for one in (case, *together):
        record(one, SUGGESTION, Verb.ALLOT, actor=actor, changes=changes)
        assign(one, one.hand_overs.latest("pk"), parts_of(host, co_hosts), basis)
    return case


@transaction.atomic
def send_back(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> Suggestion:
    """The office returns what is not the government's to the committee, which hands it over anew; the clock runs on."""
    together = groups.members_with(suggestion)
    case = lock(suggestion, version=version)
    permit(policies.can_send_back(actor, case))
    groups.require_leading(case)
    for one in (case, *together):
        record(one, SUGGESTION, Verb.SEND_BACK, actor=actor, reason=reason)
    tell(case, Verb.SEND_BACK, recipients.of_staff())
    return case


@transaction.atomic
def sign_receipt(
    assignment: Assignment, *, actor: Actor, version: int, received_by: str, leader: str, handler: str, phone: str
) -> Assignment:
    """The organ signs for it and names who is responsible, who handles and how to reach them (F2)."""
    together = groups.parts_with(assignment, Verb.SIGN_RECEIPT)
    case = open_part(assignment, Verb.SIGN_RECEIPT, policies.can_sign_receipt, actor=actor, version=version)
    groups.require_leading(case)
    named = {"received_by": received_by, "leader": leader, "handler": handler, "phone": phone}
    for part in (assignment, *together):
        _sign_for(part, actor, named)
    return assignment


def forwards_suggestions(organ: Organ) -> bool:
    """Whether others receive through this organ (the government office)."""
    return organ.kind == Organ.Kind.GOVERNMENT_OFFICE and organ.receivers.exists()


def waiting_at(meeting: Meeting) -> QuerySet[Suggestion]:
    """What can be handed over at the meeting, by number; who is nominated as key waits for the council.

    What is handled together goes with its leading suggestion and does not stand for itself.
    """
    rows = Suggestion.objects.filter(status=Suggestion.Status.REGISTERED, received_on__lte=meeting.held_on)
    rows = rows.filter(Q(merge_group=None) | Q(merge_group__lead=F("pk")))
    decided = rows.filter(Q(is_key=False, key_nomination="") | Q(is_key=True, supervising_leader__isnull=False))
    chosen = decided.filter(is_key=True) if meeting.key_only else decided
    return chosen.order_by("series", "scope", "serial", "pk")


def require_waiting(meeting: Meeting) -> None:
    """Raise Conflict when no suggestion can be handed over at the meeting."""
    if not waiting_at(meeting).exists():
        raise Conflict("nothing_waits", _("No suggestion waits to be handed over at this meeting."))


def require_to_hand_over(case: Suggestion) -> None:
    """Raise Conflict for what goes with its leading suggestion, or waits for the council."""
    require_key_decided(case)
    groups.require_leading(case)


def require_key_decided(case: Suggestion) -> None:
    """Raise Conflict for a nominated suggestion on which the council has not decided, or one without its leader.

    R60: what is key is handed over with who supervises it, so that designation comes first.
    """
    if case.key_nomination and not case.is_key:
        raise Conflict(
            "key_undecided", _("It is nominated as a key suggestion; the council of chairpersons decides first.")
        )
    if case.is_key and case.supervising_leader_id is None:
        raise Conflict("key_unled", _("A key suggestion is handed over with its supervising deputy chairperson."))


def _note_at(meeting: Meeting, actor: Actor, given: Sequence[HandOver]) -> None:
    changes = {"to": given[0].to.name, "slips": [row.slip_no for row in given]}
    record(meeting, HAND_OVER_MEETING, HandOverVerb.HAND_OVER, actor=actor, changes=changes)


def _hand_named(case: Suggestion, giving: _Giving) -> HandOver:
    """As ``_hand``; a refusal that is the suggestion's own says whose it is."""
    try:
        return _hand(case, giving, "")
    except (Conflict, Invalid) as refused:
        if isinstance(refused, Invalid) and refused.field != "on":
            raise
        sentence = _("%(name)s cannot be handed over: %(why)s Nothing was handed over.")
        raise Conflict("one_of_many", sentence, name=str(case), why=refused.sentence) from refused


def _hand(case: Suggestion, giving: _Giving, slip_no: str) -> HandOver:
    """Hand over a locked case. Raises Conflict, Invalid."""
    to, on, co_hosts = giving.to, giving.on, giving.co_hosts
    SUGGESTION.require(case, Verb.HAND_OVER)
    require_key_decided(case)
    forwards = forwards_suggestions(to)
    _check_hand_over(case, to, co_hosts, on, forwards)
    _check_meeting(case, giving.meeting, on)
    given = HandOver.objects.create(
        suggestion=case, to=to, on=on, requirements=giving.requirements, meeting=giving.meeting,
        slip_no=_slip(slip_no, on),
    )  # fmt: skip
    if clocks.reply_clock(case) is None:
        count = partial(deadlines.reply_due, on, _is_complex(case))
        clocks.start(case, ClockKind.REPLY, on, count, basis=giving.basis)
    state = Suggestion.Status.AT_FORWARDER if forwards else Suggestion.Status.HANDLING
    changes = {"to": to.name, "co_hosts": [organ.name for organ in co_hosts], "on": on, "slip_no": given.slip_no}
    fields = {"first_handed_over_on": case.first_handed_over_on or on}
    record(case, SUGGESTION, Verb.HAND_OVER, actor=giving.actor, to=state, changes=changes, fields=fields)
    if forwards:
        tell(case, Verb.HAND_OVER, recipients.of_organ(to))
    else:
        assign(case, given, parts_of(to, co_hosts), giving.basis)
    tell(case, "handed_over_deputies", recipients.of_signatories(case))
    return given


def _sign_for(assignment: Assignment, actor: Actor, named: dict[str, str]) -> None:
    case = assignment.suggestion
    moved = move(assignment, ASSIGNMENT, Verb.SIGN_RECEIPT, received_on=clock.today(), **named)
    told = {name: named[name] for name in ("received_by", "leader", "handler")}
    changes = {"organ": assignment.organ.name, **told}
    record(case, SUGGESTION, Verb.SIGN_RECEIPT, actor=actor, part=moved, changes=changes)
    clocks.meet(case, ClockKind.RECEIPT, assignment=assignment)


def _slip(number: str, on: date) -> str:
    """The number the slip bears, or the next of its year; raises Invalid for one that another bears."""
    number = number.strip()
    if number and HandOver.objects.filter(slip_no=number).exists():
        raise Invalid("slip_no", "taken", _("Another slip bears the number %(number)s."), number=number)
    while not number:
        following = f"交办〔{on.year}〕{numbering.allot('hand_over', str(on.year)):03d}号"
        if not HandOver.objects.filter(slip_no=following).exists():
            number = following
    return number


def _is_complex(case: Suggestion) -> bool:
    return case.reply_term == Suggestion.ReplyTerm.COMPLEX


def _check_hand_over(case: Suggestion, to: Organ, co_hosts: Sequence[Organ], on: date, forwards: bool) -> None:
    check_day(on, "on", case.first_handed_over_on)
    if on < case.received_on:
        raise Invalid("on", "too_early", _("It cannot be handed over before the day it came in."))
    if forwards and co_hosts:
        raise Invalid("co_hosts", "office_allots", _("The government office chooses the co-hosts when it allots."))
    check_organs("to", to, co_hosts)


def _check_meeting(case: Suggestion, meeting: Meeting | None, on: date) -> None:
    if meeting is None:
        return
    if meeting.kind != Meeting.Kind.HAND_OVER:
        raise Invalid("meeting", "other_kind", _("Suggestions are handed over at hand-over meetings only."))
    HAND_OVER_MEETING.require(meeting, HandOverVerb.HAND_OVER)
    if meeting.held_on != on:
        sentence = _("The meeting was held on %(day)s; what is handed over there bears its day.")
        raise Invalid("on", "not_the_meetings_day", sentence, day=meeting.held_on.isoformat())
    if meeting.key_only and not case.is_key:
        raise Conflict("not_key", _("At this meeting only key suggestions are handed over."))
