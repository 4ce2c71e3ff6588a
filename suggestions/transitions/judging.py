"""The deputy's judgement and what follows from it: closed, followed up, or handled again until the deputy is satisfied."""

from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from files.models import Attachment
from stations.models import Mandate
from suggestions import deadlines, policies, recipients
from suggestions.models import Assignment, ClockKind, Evaluation, Rating, Reply, Suggestion, Verdict
from suggestions.transitions import clocks
from suggestions.transitions.assigning import new_assignments, parts_of, start_co_host_clocks
from suggestions.transitions.council import escalate
from suggestions.transitions.ending import settle
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.parts import May, check_day, open_reply
from suggestions.transitions.telling import tell
from suggestions.transitions.verdicts import make_known
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

#: Of several sources for one deputy the first of these counts: the deputy's own word, then the committee's
#: call-back, then the signed form entered by the liaison, last the form that the organ handed in (scenario 36).
RANK = (
    Evaluation.Source.OWN,
    Evaluation.Source.CALL_BACK,
    Evaluation.Source.LIAISON_SCAN,
    Evaluation.Source.ORGAN_FORM,
    Evaluation.Source.IMPORTED,
)

#: What a new round takes over: the organ has signed for the matter before, there is no second receipt.
_CARRIED = ("received_on", "received_by", "leader", "handler", "phone")


@transaction.atomic
def evaluate(
    reply: Reply,
    *,
    actor: Actor,
    version: int,
    mandate: Mandate,
    source: str,
    attitude: str,
    result: str,
    on: date,
    text: str = "",
    private_remark: str = "",
    number_called: str = "",
    scan: Attachment | None = None,
) -> Evaluation:
    """Enter a signatory's judgement of a released reply, from one of its lawful sources.

    Raises NotAllowed for an organ (invariant 6, scenario 19), Invalid for a form without its scan, a call-back
    without its number or a dissatisfied one without its words.
    """
    case = open_reply(reply, Verb.EVALUATE, _may(mandate, source), actor=actor, version=version)
    _check_words(source, result, attitude, text, number_called, scan)
    check_day(on, "on", reply.letter_on)
    check_new(reply, mandate, source)
    evaluation = Evaluation(reply=reply, mandate=mandate, source=source, attitude=attitude, result=result, on=on)
    evaluation.text, evaluation.private_remark = text, private_remark
    evaluation.number_called, evaluation.scan = number_called, scan
    let_one_count(evaluation)
    evaluation.save(force_insert=True)
    behalf = actor if source == Evaluation.Source.OWN else actor.recording(mandate.person, _road(source))
    changes = {"mandate": str(mandate.uuid), "source": source, "attitude": attitude, "result": result}
    record(case, SUGGESTION, Verb.EVALUATE, actor=behalf, changes=changes)
    if mandate.pk == case.speaker_id:
        judge(case, reply)
    return evaluation


@transaction.atomic
def release_verdict(suggestion: Suggestion, *, actor: Actor, version: int) -> Suggestion:
    """Let the verdict take effect: satisfied closes, dissatisfied opens the next round (R61). Staff only press it.

    Satisfied with an answer whose commitments are not all kept is followed up until they are (scenario 20).
    The outcome is fixed by the verdict; nobody chooses it here. Dissatisfied as often as the rule says, it comes
    before the council of chairpersons as well (scenario 17).
    """
    case = lock(suggestion, version=version)
    permit(policies.can_release_verdict(actor, case))
    SUGGESTION.require(case, Verb.RELEASE_VERDICT)
    verdict = require_verdict(case)
    today = clock.today()
    make_known(case, today)
    clocks.meet(case, ClockKind.RELEASE)
    clocks.void(case, ClockKind.FEEDBACK)
    if verdict.value == Rating.DISSATISFIED:
        _next_round(case, actor, today)
        escalate(case)
    else:
        settle(case, actor, verdict)
    return case


def require_verdict(case: Suggestion) -> Verdict:
    """The verdict of the present round, prefetched or not; raises Conflict while there is none."""
    verdict = next((row for row in case.verdicts.all() if row.round == case.round), None)
    if verdict is None:
        raise Conflict("no_verdict", _("The lead deputy has not judged this reply yet."))
    return verdict


def _next_round(case: Suggestion, actor: Actor, today: date) -> None:
    before = list(
        case.assignments.filter(round=case.round).exclude(status="ENDED").select_related("organ", "hand_over")
    )
    host = next(assignment for assignment in before if assignment.is_host)
    co_hosts = [assignment.organ for assignment in before if not assignment.is_host]
    state = Suggestion.Status.HANDLING
    changes = {"verdict": Rating.DISSATISFIED, "round": case.round + 1}
    fields = {"round": case.round + 1}
    record(case, SUGGESTION, Verb.RELEASE_VERDICT, actor=actor, to=state, changes=changes, fields=fields)
    basis = clocks.Basis()
    reply = clocks.start(case, ClockKind.REPLY, today, partial(deadlines.rework_due, today), basis=basis)
    assignments = new_assignments(case, host.hand_over, parts_of(host.organ, co_hosts), Assignment.Status.ACCEPTED)
    _carry_names(before, assignments)
    start_co_host_clocks(case, assignments, today, basis)
    tell(case, "next_round", [*recipients.of_handlers(case), *recipients.of_signatories(case)], reply.act_by)


def _carry_names(before: list[Assignment], after: list[Assignment]) -> None:
    known = {assignment.organ_id: assignment for assignment in before}
    for assignment in after:
        for name in _CARRIED:
            setattr(assignment, name, getattr(known[assignment.organ_id], name))
    Assignment.objects.bulk_update(after, _CARRIED)


def judge(case: Suggestion, reply: Reply) -> None:
    """The round's verdict by the rule that the lead, or who continues, decides; changed only until it is released."""
    counting = reply.evaluations.get(mandate_id=case.speaker_id, counts=True)
    Verdict.objects.update_or_create(suggestion=case, round=case.round, defaults={"value": counting.verdict})
    clocks.meet(case, ClockKind.FEEDBACK, on=counting.on)
    if not case.clocks.filter(kind=ClockKind.RELEASE, round=case.round, voided_on=None).exists():
        today = clock.today()
        clocks.start(case, ClockKind.RELEASE, today, partial(deadlines.release_due, today))
    tell(case, "verdict_waits", recipients.of_staff())


def _may(mandate: Mandate, source: str) -> May:
    return lambda actor, assignment: policies.can_evaluate(actor, assignment.suggestion, mandate, source)


def let_one_count(new: Evaluation) -> None:
    """Of all sources for one deputy the first in rank counts; a form that nobody has confirmed is outranked by any."""
    others = new.reply.evaluations.filter(mandate=new.mandate)
    best = min((RANK.index(other.source) for other in others), default=len(RANK))
    new.counts = RANK.index(new.source) < best
    if new.counts:
        others.update(counts=False)


def check_new(reply: Reply, mandate: Mandate, source: str) -> None:
    """Raise Conflict when the deputy's judgement is there from that source."""
    if reply.evaluations.filter(mandate=mandate, source=source).exists():
        sentence = _("%(name)s has already judged this reply in this way.")
        raise Conflict("evaluated", sentence, name=mandate.person.name)


def _check_words(
    source: str, result: str, attitude: str, text: str, number_called: str, scan: Attachment | None
) -> None:
    on_paper = source in (Evaluation.Source.LIAISON_SCAN, Evaluation.Source.ORGAN_FORM)
    if on_paper and scan is None:
        raise Invalid("scan", "scan_missing", _("Add the scan or a photo of the signed form."))
    if source == Evaluation.Source.CALL_BACK and not number_called:
        raise Invalid("number_called", "number_missing", _("Enter the number that was called."))
    if Rating.DISSATISFIED in (result, attitude) and not text:
        raise Invalid("text", "words_missing", _("Say what is wrong, so that it can be done better."))


def _road(source: str) -> str:
    return How.TELEPHONE if source == Evaluation.Source.CALL_BACK else How.PAPER
