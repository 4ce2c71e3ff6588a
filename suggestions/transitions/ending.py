"""How a suggestion with which the deputy is content ends: at once, or when the last commitment is kept."""

from accounts.actor import Actor
from suggestions import recipients
from suggestions.models import Commitment, Suggestion, Verdict
from suggestions.querysets import CommitmentQuerySet
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.telling import tell, tell_who_tells
from workflow import clock
from workflow.engine import record


def unkept(case: Suggestion) -> CommitmentQuerySet:
    """The commitments of the latest answer that are still followed, the one due first in front."""
    open_ones: CommitmentQuerySet = Commitment.objects.open()
    return open_ones.filter(reply__assignment__suggestion=case).order_by("due_on", "pk")


def settle(case: Suggestion, actor: Actor, verdict: Verdict) -> None:
    """On release of a verdict that is content: completed, or followed up while a commitment is open (scenario 20)."""
    waits = unkept(case).first()
    if waits is None:
        close(case, Verb.RELEASE_VERDICT, actor, verdict)
        return
    state, changes = Suggestion.Status.FOLLOW_UP, {"verdict": verdict.value}
    record(case, SUGGESTION, Verb.RELEASE_VERDICT, actor=actor, to=state, changes=changes)
    tell(case, "follow_up", [*recipients.of_handlers(case), *recipients.of_signatories(case)], waits.due_on)


def close(case: Suggestion, verb: str, actor: Actor, verdict: Verdict) -> None:
    """Complete a locked case on what its deputy said of the last answer, and tell everybody."""
    fields = {"closed_on": clock.today(), "closing_basis": verdict.value}
    state, changes = Suggestion.Status.CLOSED, {"verdict": verdict.value}
    record(case, SUGGESTION, verb, actor=actor, to=state, changes=changes, fields=fields)
    tell(case, "closed", [*recipients.of_handlers(case), *recipients.of_signatories(case)])
    tell_who_tells(case)
