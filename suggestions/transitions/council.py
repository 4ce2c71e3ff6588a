"""What the council of chairpersons does with a suggestion: study it, let it go on, or end it (F15, invariant 10)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from deliberations.transitions.resolutions import Paper, resolve, told
from suggestions import recipients
from suggestions.models import Assignment, ClockKind, Evaluation, Rating, Reply, Suggestion
from suggestions.policies import key as policies
from suggestions.transitions import clocks
from suggestions.transitions.key import on_paper
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION, Verb
from suggestions.transitions.telling import tell, tell_who_tells
from suggestions.transitions.verdicts import make_known
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, move, permit, record
from workflow.rules import rules_in_force

Basis = Suggestion.ClosingBasis


@transaction.atomic
def put_on_agenda(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> Suggestion:
    """Let the council of chairpersons study it, at any time. Raises NotAllowed, Conflict when it is on the agenda."""
    case = lock(suggestion, version=version)
    permit(policies.can_put_on_agenda(actor, case))
    SUGGESTION.require(case, Verb.PUT_ON_AGENDA)
    require_off_agenda(case)
    _put(case, actor, reason)
    return case


def escalate(case: Suggestion) -> None:
    """Put a locked case on the agenda by itself once it was answered in vain as often as the rule says (scenario 17).

    The next round runs meanwhile: nothing waits for the council.
    """
    allowed = rules_in_force(clock.today())[1]["agenda_after_rounds"]
    vain = case.verdicts.filter(value=Rating.DISSATISFIED, released_on__isnull=False).count()
    if vain >= allowed and case.agenda_on is None:
        _put(case, SYSTEM, "")


@transaction.atomic
def go_on(suggestion: Suggestion, *, actor: Actor, version: int, paper: Paper, reason: str = "") -> Suggestion:
    """Enter that the council lets it be handled further; it leaves the agenda.

    Raises NotAllowed, Stale, Conflict for what is not on the agenda, Invalid for the minutes.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_record_decision(actor, case))
    SUGGESTION.require(case, Verb.GO_ON)
    require_on_agenda(case)
    changes = told(resolve(paper))
    fields = {"agenda_on": None}
    record(case, SUGGESTION, Verb.GO_ON, actor=on_paper(actor), reason=reason, changes=changes, fields=fields)
    tell(case, Verb.GO_ON, recipients.of_host(case))
    return case


@transaction.atomic
def end_by_resolution(
    suggestion: Suggestion, *, actor: Actor, version: int, basis: str, paper: Paper, reason: str
) -> Suggestion:
    """Enter that the council ends it without the deputy being satisfied; counted apart, never as satisfied.

    Raises NotAllowed, Stale, Conflict for what was never answered or waits for a satisfied verdict's release, and
    Invalid for a basis that does not fit or the minutes (invariants 2, 10, scenario 38).
    """
    case = lock(suggestion, version=version)
    permit(policies.can_record_decision(actor, case))
    SUGGESTION.require(case, Verb.END_BY_RESOLUTION)
    require_endable(case)
    _check_basis(case, basis)
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why; the deputy reads it."))
    resolution, today = resolve(paper), clock.today()
    posts = [*recipients.of_handlers(case), *recipients.of_signatories(case)]
    ended = _end_assignments(case)
    make_known(case, today)
    clocks.void(case, *ClockKind)
    fields = {"closed_on": today, "closing_basis": basis, "closing_resolution": resolution, "agenda_on": None}
    changes = {**told(resolution), "basis": basis, "organs": ended}
    behalf = on_paper(actor)
    record(case, SUGGESTION, Verb.END_BY_RESOLUTION, actor=behalf, reason=reason, changes=changes, fields=fields)
    tell(case, Verb.END_BY_RESOLUTION, posts)
    tell_who_tells(case)
    return case


def require_off_agenda(case: Suggestion) -> None:
    """Raise Conflict when the council has it before it."""
    if case.agenda_on is not None:
        sentence = _("It is on the agenda of the council of chairpersons since %(day)s.")
        raise Conflict("on_agenda", sentence, day=case.agenda_on.isoformat())


def require_on_agenda(case: Suggestion) -> None:
    """Raise Conflict unless the council has it before it."""
    if case.agenda_on is None:
        raise Conflict("not_on_agenda", _("It is not on the agenda of the council of chairpersons."))


def require_endable(case: Suggestion) -> None:
    """Raise Conflict for what was never answered, and for what the deputy is content with."""
    answered = Reply.objects.filter(assignment__suggestion=case, status=Reply.Status.RELEASED)
    # only an answer opens a later round
    if case.round == 1 and not answered.exists():
        raise Conflict("never_answered", _("It was never answered; nothing ends without an answer."))
    # released and followed up, it may still end by resolution: what was promised may prove impossible
    held_back = [row.value for row in case.verdicts.all() if row.round == case.round and row.released_on is None]
    if set(held_back) - {Rating.DISSATISFIED}:
        raise Conflict("verdict_waits", _("The deputy is satisfied; release the verdict, which completes it."))


def is_unjudged(case: Suggestion) -> bool:
    """Whether it is answered and nobody has said what they think of the answer."""
    present = {"reply__assignment__suggestion": case, "reply__assignment__round": case.round, "counts": True}
    return case.status == Suggestion.Status.REPLIED and not Evaluation.objects.filter(**present).exists()


def _check_basis(case: Suggestion, basis: str) -> None:
    if basis not in Suggestion.BY_RESOLUTION:
        raise Invalid("basis", "no_basis", _("Choose on what it ends."))
    if basis == Basis.NOT_GIVEN and not is_unjudged(case):
        sentence = _("“No opinion was given” fits only an answer that nobody has judged.")
        raise Invalid("basis", "judged", sentence)


def _put(case: Suggestion, actor: Actor, reason: str) -> None:
    fields = {"agenda_on": clock.today(), "agenda_round": case.round}
    changes = {"round": case.round}
    record(case, SUGGESTION, Verb.PUT_ON_AGENDA, actor=actor, reason=reason, changes=changes, fields=fields)
    tell(case, Verb.PUT_ON_AGENDA, recipients.of_staff())


def _end_assignments(case: Suggestion) -> list[str]:
    """Whoever still has it in hand stops; what was answered stays answered."""
    open_parts = case.assignments.filter(
        round=case.round, status__in=[Assignment.Status.ASSIGNED, Assignment.Status.ACCEPTED]
    )
    rows = list(open_parts.select_related("organ"))
    for assignment in rows:
        move(assignment, ASSIGNMENT, Verb.END_BY_RESOLUTION)
    return [assignment.organ.name for assignment in rows]
