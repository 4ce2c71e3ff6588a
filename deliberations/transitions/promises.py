"""What becomes of a promise made on the spot (R52): reported, kept, denied, not kept, taken up as a suggestion."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Person
from deliberations.models import Promise
from deliberations.policies import promises as policies
from deliberations.transitions.meeting_machines import PROMISE, PromiseVerb
from deliberations.transitions.promise_telling import promisers, receivers, tell
from files.models import Attachment
from stations.recipients import of_staff
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

_TOLD = (How.PAPER, How.TELEPHONE)


@transaction.atomic
def report_done(
    promise: Promise,
    *,
    actor: Actor,
    version: int,
    text: str,
    on: date,
    picture: Attachment | None = None,
    how: str = How.IN_SYSTEM,
) -> Promise:
    """The organ says what was done and when; staff record it after a call or from paper, and say which.

    Raises NotAllowed, Conflict, Stale, Invalid.
    """
    case = _opened(promise, PromiseVerb.REPORT_DONE, policies.can_report_done, actor, version)
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what was done."))
    if not case.made_on <= on <= clock.today():
        raise Invalid("on", "not_since", _("The day lies between the promise and today."))
    speaker = actor if policies.speaks_for_promiser(actor, case) else _recording(actor, None, how)
    fields = {"report": text.strip(), "reported_on": on, "picture": picture}
    # the next report overwrites the columns; the record keeps each
    record(
        case, PROMISE, PromiseVerb.REPORT_DONE, actor=speaker, reason=text.strip(), changes={"on": on}, fields=fields
    )
    tell(case, "reported", receivers(case))
    return case


@transaction.atomic
def confirm_kept(promise: Promise, *, actor: Actor, version: int, how: str = How.IN_SYSTEM) -> Promise:
    """The deputy finds it kept, or station or staff write down that the deputy said so.

    Raises NotAllowed, Conflict, Stale, and Invalid when nobody says how the deputy said it.
    """
    case = _opened(promise, PromiseVerb.CONFIRM_KEPT, policies.can_answer, actor, version)
    speaker = _for_the_deputy(actor, case, how)
    record(case, PROMISE, PromiseVerb.CONFIRM_KEPT, actor=speaker, fields={"settled_on": clock.today()})
    tell(case, "kept", promisers(case))
    return case


@transaction.atomic
def deny(promise: Promise, *, actor: Actor, version: int, words: str, how: str = How.IN_SYSTEM) -> Promise:
    """The deputy finds that it was not done as reported: it is open again, with what the deputy says.

    Raises as ``confirm_kept``, and Invalid without words.
    """
    case = _opened(promise, PromiseVerb.DENY, policies.can_answer, actor, version)
    if not words.strip():
        raise Invalid("words", "words_missing", _("Say what is still lacking."))
    speaker = _for_the_deputy(actor, case, how)
    record(case, PROMISE, PromiseVerb.DENY, actor=speaker, reason=words.strip())
    tell(case, "denied", [*promisers(case), *of_staff()])
    return case


@transaction.atomic
def declare_not_kept(promise: Promise, *, actor: Actor, version: int, reason: str) -> Promise:
    """Staff record, once its day is over, that it was not kept. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(promise, PromiseVerb.DECLARE_NOT_KEPT, policies.can_declare_not_kept, actor, version)
    require_overdue(case)
    if not reason.strip():
        raise Invalid("reason", "words_missing", _("Say why it counts as not kept."))
    _not_kept(case, actor, reason.strip())
    return case


@transaction.atomic
def take_up(promise: Promise, *, actor: Actor) -> Promise:
    """A suggestion takes its place, with one click (scenario 4): what is open and overdue is first recorded as not kept.

    Raises NotAllowed, and Conflict for one that is not due, is reported as done, or was kept.
    """
    case = lock(promise)
    permit(policies.can_take_up(actor, case))
    if case.status == Promise.Status.MADE:
        require_overdue(case)
        _not_kept(case, actor, "")
    record(case, PROMISE, PromiseVerb.TAKE_UP, actor=actor)
    return case


def require_overdue(promise: Promise) -> None:
    """Raise Conflict on or before the day it was promised for."""
    if clock.today() <= promise.due_on:
        raise Conflict("not_due", _("It is promised for %(day)s; until then it can be kept."), day=promise.due_on)


def can_be_taken_up(promise: Promise) -> bool:
    """Not kept, or still open after its day."""
    if promise.status == Promise.Status.MADE:
        return clock.today() > promise.due_on
    return promise.status == Promise.Status.NOT_KEPT


def _opened(
    promise: Promise, verb: PromiseVerb, may: Callable[[Actor, Promise], bool], actor: Actor, version: int
) -> Promise:
    case = lock(promise, version=version)
    permit(may(actor, case))
    PROMISE.require(case, verb)
    return case


def _not_kept(case: Promise, actor: Actor, reason: str) -> None:
    fields = {"settled_on": clock.today()}
    record(case, PROMISE, PromiseVerb.DECLARE_NOT_KEPT, actor=actor, reason=reason, fields=fields)
    tell(case, "not_kept", [*promisers(case), *receivers(case)])


def _for_the_deputy(actor: Actor, case: Promise, how: str) -> Actor:
    if policies.is_for(actor, case):
        return actor
    return _recording(actor, case.meeting_opinion.speaker.person, how)


def _recording(actor: Actor, person: Person | None, how: str) -> Actor:
    if how not in _TOLD:
        raise Invalid("how", "how_missing", _("Say how it was told."))
    return actor.recording(person, how)
