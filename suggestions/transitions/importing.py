"""Taking over the county's old ledger: what it tells, and nothing that it does not (D10).

One event per case says from which row it comes; the acts that led there are not invented. What the ledger
does not tell stays empty: the days of registration, closing and evaluation, receipt, contact and the co-hosts'
opinions. A suggestion sorts under the day of its hand-over, because it had come in by then.

"Closed" is closed as reported, on the deputy's opinion or, without one, on the ledger's word alone. But nobody
closes over a dissatisfied deputy (R61): such a case waits for its next round, whatever the ledger says.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import SubjectField
from stations.models import CongressSession, Level, Mandate, Term
from suggestions import deadlines, policies
from suggestions.models import (
    Assignment,
    ClockKind,
    CoSignature,
    Evaluation,
    HandOver,
    Rating,
    Reply,
    ResultClass,
    Suggestion,
    SuggestionClock,
    Verdict,
)
from suggestions.transitions import clocks
from suggestions.transitions.intake import search_text, series_of
from suggestions.transitions.machines import Verb
from suggestions.transitions.replying import content_digest
from workflow import clock, numbering
from workflow.calendars import load_calendar
from workflow.engine import Conflict, birth, permit
from workflow.periods import Deadline
from workflow.rules import rules_in_force

S = Suggestion.Status


@dataclass(frozen=True)
class Source:
    """Where a row stands: the file with its SHA-256, the sheet, the row as Excel counts, the digest of its cells."""

    file: str
    sha256: str
    sheet: str
    row: int
    digest: str

    def __str__(self) -> str:
        return f"{self.file} {self.sheet}!{self.row}"


@dataclass(frozen=True, kw_only=True)
class LedgerCase:
    """What one row tells of a suggestion. ``status`` is HANDLING, REPLIED or CLOSED, as the ledger reports it."""

    source: Source
    serial: int
    title: str
    facts: str
    demand: str = ""
    lead: Mandate
    co_signers: tuple[Mandate, ...] = ()
    field: SubjectField
    is_key: bool = False
    host: Organ
    co_hosts: tuple[Organ, ...] = ()
    handed_over_on: date
    stated_due_on: date | None = None
    status: str
    letter_on: date | None = None
    doc_no: str = ""
    result_class: ResultClass | None = None
    opinion: str = ""
    remark: str = ""

    @property
    def is_replied(self) -> bool:
        """Whether there is a reply to take over."""
        return self.status != S.HANDLING

    @property
    def state(self) -> str:
        """Where the case stands from now on."""
        closed_over = self.status == S.CLOSED and self.opinion == Rating.DISSATISFIED
        return S.REPLIED if closed_over else self.status


@transaction.atomic
def open_session(term_number: int, number: int, *, actor: Actor) -> CongressSession:
    """The session of the county's present term, made when it is new; a term that has no number yet takes it.

    Raises Conflict for a session of another term: its deputies are not those of the present roster.
    """
    permit(policies.can_import(actor))
    term = Term.objects.select_for_update().get(level=Level.COUNTY, is_current=True)
    if term.number is None:
        term.number = term_number
        term.save(update_fields=["number"])
    if term.number != term_number:
        sentence = _("This ledger is of term %(other)s, but the roster is of term %(present)s.")
        raise Conflict("other_term", sentence, other=term_number, present=term.number)
    return CongressSession.objects.get_or_create(term=term, number=number)[0]


def known_serials(session: CongressSession) -> set[int]:
    """The numbers that suggestions of the session already bear."""
    series, scope = series_of(Suggestion(origin=Suggestion.Origin.SESSION, session=session))
    serials = Suggestion.objects.filter(series=series, scope=scope).values_list("serial", flat=True)
    return {serial for serial in serials if serial is not None}


@transaction.atomic
def import_cases(rows: Sequence[LedgerCase], *, session: CongressSession, actor: Actor) -> list[Suggestion]:
    """Take over the rows of a session's ledger, one event each; nobody is told.

    Raises NotAllowed, and Conflict for a number that is known already. Takes three statements per case and a
    dozen for all.
    """
    permit(policies.can_import(actor))
    _require_new_numbers(rows, session)
    limits = _limits(rows)
    cases = [_case(row, session, is_complex) for row, (is_complex, _clock) in zip(rows, limits, strict=True)]
    Suggestion.objects.bulk_create(cases)
    for case in cases[-1:]:
        numbering.reserve(case.series, case.scope, max(row.serial for row in rows))
    _sign(rows, cases)
    _start_reply_clocks(rows, cases, limits)
    _answer(rows, _assign(rows, cases))
    for row, case in zip(rows, cases, strict=True):
        birth(case, Verb.IMPORT, actor=actor, reason=row.remark, changes=_told(row))
    return cases


def _require_new_numbers(rows: Sequence[LedgerCase], session: CongressSession) -> None:
    serials = Counter(row.serial for row in rows)
    again = known_serials(session).intersection(serials) or {serial for serial, times in serials.items() if times > 1}
    if again:
        raise Conflict("duplicate_number", _("Number %(serial)s is already given."), serial=min(again))


def _case(row: LedgerCase, session: CongressSession, is_complex: bool) -> Suggestion:
    case = Suggestion(
        status=row.state,
        created_at=clock.now(),
        origin=Suggestion.Origin.SESSION,
        session=session,
        lead=row.lead,
        delegation=row.lead.delegation,
        title=row.title,
        facts=row.facts,
        demand=row.demand,
        # the ledger tells no deputy's consent to publish
        publicity=Suggestion.Publicity.NONE,
        serial=row.serial,
        received_on=row.handed_over_on,
        field=row.field,
        is_key=row.is_key,
        reply_term=Suggestion.ReplyTerm.COMPLEX if is_complex else Suggestion.ReplyTerm.NORMAL,
        first_handed_over_on=row.handed_over_on,
        imported_from=str(row.source)[:200],
    )
    case.series, case.scope = series_of(case)
    if row.state == S.CLOSED:
        case.closing_basis = row.opinion or Suggestion.ClosingBasis.REPORTED
    case.search_text = search_text(case, row.co_signers)
    return case


def _sign(rows: Sequence[LedgerCase], cases: Sequence[Suggestion]) -> None:
    CoSignature.objects.bulk_create(
        CoSignature(suggestion=case, mandate=mandate)
        for row, case in zip(rows, cases, strict=True)
        for mandate in row.co_signers
    )


Limit = tuple[bool, tuple[Deadline, Any]]


def _limits(rows: Iterable[LedgerCase]) -> list[Limit]:
    """For each row whether its term is the complex one, its statutory limit and the rule set that bore it."""
    rules = {day: rules_in_force(day) for day in {row.handed_over_on for row in rows}}
    calendar = load_calendar()
    limits = []
    for row in rows:
        rule_set, values = rules[row.handed_over_on]
        is_complex, deadline = deadlines.ledger_due(row.handed_over_on, row.stated_due_on, values, calendar)
        limits.append((is_complex, (deadline, rule_set)))
    return limits


def _start_reply_clocks(rows: Sequence[LedgerCase], cases: Sequence[Suggestion], limits: Sequence[Limit]) -> None:
    fresh = []
    for row, case, (_complex, (deadline, rule_set)) in zip(rows, cases, limits, strict=True):
        fresh.append(clocks.new(case, ClockKind.REPLY, row.handed_over_on, deadline, rule_set))
        fresh[-1].met_on = row.letter_on if row.is_replied else None
    SuggestionClock.objects.bulk_create(fresh)


def _assign(rows: Sequence[LedgerCase], cases: Sequence[Suggestion]) -> list[Assignment]:
    """Hand-over and assignments as the ledger names them; returns the hosts'.

    The committee hands over to the office through which the host receives, if there is one (D15).
    """
    given = [
        HandOver(suggestion=case, to=row.host.forwards_through or row.host, on=row.handed_over_on)
        for row, case in zip(rows, cases, strict=True)
    ]
    HandOver.objects.bulk_create(given)
    hosts, co_hosts = [], []
    for row, hand_over in zip(rows, given, strict=True):
        part = Assignment.Part.HOST if row.co_hosts else Assignment.Part.SOLE
        hosts.append(_assignment(row, hand_over, row.host, part))
        co_hosts += [_assignment(row, hand_over, organ, Assignment.Part.CO_HOST) for organ in row.co_hosts]
    Assignment.objects.bulk_create([*hosts, *co_hosts])
    return hosts


def _assignment(row: LedgerCase, hand_over: HandOver, organ: Organ, part: str) -> Assignment:
    status = Assignment.Status.ANSWERED if row.is_replied else Assignment.Status.ACCEPTED
    return Assignment(suggestion=hand_over.suggestion, hand_over=hand_over, organ=organ, part=part, status=status)


def _answer(rows: Sequence[LedgerCase], hosts: Sequence[Assignment]) -> None:
    """Replies and the deputies' opinions; of a closed case both are already known to those concerned."""
    answered = [(row, _reply(row, host)) for row, host in zip(rows, hosts, strict=True) if row.is_replied]
    Reply.objects.bulk_create(reply for _row, reply in answered)
    judged = [(row, reply) for row, reply in answered if row.opinion]
    Evaluation.objects.bulk_create(_evaluation(row, reply) for row, reply in judged)
    Verdict.objects.bulk_create(
        Verdict(suggestion=reply.assignment.suggestion, round=1, value=row.opinion, released_on=_released_on(row))
        for row, reply in judged
    )


def _reply(row: LedgerCase, host: Assignment) -> Reply:
    reply = Reply(assignment=host, status=Reply.Status.RELEASED, doc_no=row.doc_no, result_class=row.result_class)
    reply.letter_on, reply.released_on = row.letter_on, clock.today()
    reply.sha256 = content_digest(reply)
    return reply


def _evaluation(row: LedgerCase, reply: Reply) -> Evaluation:
    source, released_on = Evaluation.Source.IMPORTED, _released_on(row)
    return Evaluation(reply=reply, mandate=row.lead, source=source, result=row.opinion, released_on=released_on)


def _released_on(row: LedgerCase) -> date | None:
    return clock.today() if row.state == S.CLOSED else None


def _told(row: LedgerCase) -> dict[str, Any]:
    source = row.source
    return {
        "file_sha256": source.sha256,
        "sheet": source.sheet,
        "row": source.row,
        "row_digest": source.digest,
        "serial": row.serial,
        "reported": row.status,
    }
