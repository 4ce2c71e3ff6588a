"""A later date for the reply (F5): asked for by the host, agreed by the office, granted or refused by the committee.

There is no other way to change a date. Only the statutory limit of the first handling can be moved, never beyond
six months from the first hand-over (Deputies Law art. 51).
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Person, Post
from suggestions import deadlines, recipients
from suggestions.models import Assignment, Extension, Suggestion, SuggestionClock
from suggestions.policies import key as policies
from suggestions.transitions import clocks, leaders
from suggestions.transitions.machines import EXTENSION, SUGGESTION, Verb
from suggestions.transitions.parts import May, check_day, open_part
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import Conflict, Invalid, Stale, born, move, record
from workflow.rules import rules_in_force

#: States in which a request waits for somebody.
OPEN = (Extension.Status.REQUESTED, Extension.Status.OFFICE_AGREED)
_MUST_AGREE = _("The date of a key suggestion moves only when %(name)s, who is in charge, agrees.")


@transaction.atomic
def request_extension(
    assignment: Assignment,
    *,
    actor: Actor,
    version: int,
    new_due_on: date,
    reason: str,
    measures: str,
    explained_on: date,
    explained_how: str,
    signed_by: str,
) -> Extension:
    """The host asks for a later date, having explained it to the deputy.

    Raises NotAllowed, Stale, Conflict where no later date is possible or a request is open, Invalid for the day.
    """
    may = policies.can_request_extension
    case = open_part(assignment, Verb.REQUEST_EXTENSION, may, actor=actor, version=version)
    require_extensible(assignment)
    limit = _running(case)
    _check_new_day(case, limit, new_due_on)
    check_day(explained_on, "explained_on", case.first_handed_over_on)
    extension = Extension.objects.create(
        assignment=assignment,
        requested_on=clock.today(),
        old_due_on=limit.due_on,
        new_due_on=new_due_on,
        reason=reason,
        measures=measures,
        explained_on=explained_on,
        explained_how=explained_how,
        signed_by=signed_by,
    )
    asked = born(extension, EXTENSION)
    changes = _told(extension)
    record(case, SUGGESTION, Verb.REQUEST_EXTENSION, actor=actor, part=asked, reason=reason, changes=changes)
    tell(case, Verb.REQUEST_EXTENSION, _first_to_decide(assignment), limit.act_by, act_by=new_due_on.isoformat())
    return extension


@transaction.atomic
def agree_extension(extension: Extension, *, actor: Actor, version: int) -> Extension:
    """The government office, through which it came, agrees; the committee then decides.

    Raises NotAllowed, Conflict, Stale.
    """
    case = _open(extension, Verb.AGREE_EXTENSION, policies.can_agree_extension, actor, version)
    moved = move(extension, EXTENSION, Verb.AGREE_EXTENSION)
    record(case, SUGGESTION, Verb.AGREE_EXTENSION, actor=actor, part=moved, changes=_told(extension))
    tell(case, Verb.AGREE_EXTENSION, recipients.of_staff(), act_by=extension.new_due_on.isoformat())
    return extension


@transaction.atomic
def grant_extension(
    extension: Extension, *, actor: Actor, version: int, agreed_by: Person | None = None, how: str = ""
) -> Extension:
    """The reply is due on the day asked for; the day until now stays in the record (invariant 4).

    Of a key suggestion the deputy chairperson in charge grants, or staff record that person's word, given by
    telephone or on paper (R60, scenario 13). Raises NotAllowed, Stale, Invalid without that word, and Conflict
    where the office has not agreed, the reply is given, or the day asked for has passed.
    """
    case = _open(extension, Verb.GRANT_EXTENSION, policies.can_decide_extension, actor, version)
    require_office_agreed(extension)
    limit = _running(case)
    if extension.new_due_on < clock.today():
        raise Conflict("day_passed", _("The day asked for, %(day)s, has passed."), day=extension.new_due_on.isoformat())
    behalf = leaders.on_word(case, actor, agreed_by, how, _MUST_AGREE)
    said = behalf.on_behalf_of.name if behalf.on_behalf_of else str(actor.user.person.name if actor.user else "")
    moved = move(extension, EXTENSION, Verb.GRANT_EXTENSION, decided_on=clock.today(), agreed_by=said)
    _move_limit(case, limit, extension)
    record(case, SUGGESTION, Verb.GRANT_EXTENSION, actor=behalf, part=moved, changes=_told(extension))
    told = [*recipients.of_host(case), *recipients.of_signatories(case)]
    tell(case, Verb.GRANT_EXTENSION, told, act_by=extension.new_due_on.isoformat())
    return extension


@transaction.atomic
def refuse_extension(extension: Extension, *, actor: Actor, version: int, reason: str) -> Extension:
    """The date stays as it is, and the host is told why. Raises NotAllowed, Conflict, Stale."""
    case = _open(extension, Verb.REFUSE_EXTENSION, policies.can_refuse_extension, actor, version)
    moved = move(extension, EXTENSION, Verb.REFUSE_EXTENSION, decided_on=clock.today())
    changes = _told(extension)
    record(case, SUGGESTION, Verb.REFUSE_EXTENSION, actor=actor, part=moved, reason=reason, changes=changes)
    tell(case, Verb.REFUSE_EXTENSION, recipients.of_host(case), extension.old_due_on)
    return extension


def open_extension(assignment: Assignment) -> Extension | None:
    """The request of this host that waits to be decided."""
    return next((row for row in assignment.extensions.all() if row.status in OPEN), None)


def require_open_extension(assignment: Assignment) -> Extension:
    """The open request; raises Conflict when there is none."""
    extension = open_extension(assignment)
    if extension is None:
        raise Conflict("no_request", _("No later date is asked for."))
    return extension


def require_to_agree(assignment: Assignment) -> None:
    """Raise Conflict unless a request waits for the government office."""
    if require_open_extension(assignment).status != Extension.Status.REQUESTED:
        raise Conflict("agreed", _("The government office has agreed already."))


def require_to_grant(assignment: Assignment) -> None:
    """Raise Conflict unless a request waits for the committee."""
    require_office_agreed(require_open_extension(assignment))


def require_office_agreed(extension: Extension) -> None:
    """Raise Conflict while the government office, through which the suggestion came, has not agreed."""
    waits = extension.status == Extension.Status.REQUESTED
    if waits and policies.came_through_office(extension.assignment):
        raise Conflict("office_first", _("The government office, which allotted it, has not agreed yet."))


def require_extensible(assignment: Assignment) -> None:
    """Raise Conflict where no later date can be asked for: each reason has its sentence."""
    case = assignment.suggestion
    if case.round > 1:
        raise Conflict("later_round", _("Only the first answer can get a later date; handling again has one month."))
    if open_extension(assignment) is not None:
        raise Conflict("request_open", _("A later date is asked for already and not decided."))
    limit = _running(case)
    if limit.due_on < clock.today():
        raise Conflict("overdue", _("The date, %(day)s, has passed; it no longer moves."), day=limit.due_on.isoformat())
    latest = latest_day(case)
    if limit.due_on >= latest:
        sentence = _("The six months from the first hand-over, %(day)s, are reached; the law allows no later date.")
        raise Conflict("six_months", sentence, day=latest.isoformat())


def latest_day(case: Suggestion) -> date:
    """Six months from the first hand-over; raises Conflict for what was never handed over."""
    if case.first_handed_over_on is None:
        raise Conflict("not_handed_over", _("It was not handed over yet."))
    return deadlines.latest_reply(case.first_handed_over_on, rules_in_force(case.first_handed_over_on)[1])


def _open(extension: Extension, verb: str, may: May, actor: Actor, version: int) -> Suggestion:
    case = open_part(extension.assignment, verb, may, actor=actor, version=version)
    extension.refresh_from_db(fields=["status"])
    EXTENSION.require(extension, verb)
    return case


def _running(case: Suggestion) -> SuggestionClock:
    limit = clocks.reply_clock(case)
    if limit is None or not limit.is_running:
        raise Conflict("no_limit", _("No limit for a reply is running."))
    return limit


def _check_new_day(case: Suggestion, limit: SuggestionClock, new_due_on: date) -> None:
    if new_due_on <= limit.due_on:
        sentence = _("The date asked for must lie after the present one, %(day)s.")
        raise Invalid("new_due_on", "not_later", sentence, day=limit.due_on.isoformat())
    latest = latest_day(case)
    if new_due_on > latest:
        sentence = _("Not later than %(day)s: six months from the first hand-over, by law.")
        raise Invalid("new_due_on", "beyond_six_months", sentence, day=latest.isoformat())


def _move_limit(case: Suggestion, limit: SuggestionClock, extension: Extension) -> None:
    """Move the running limit; ``original_due_on`` stays, co-hosts' limits too. Raises Stale when it was met meanwhile."""
    new = deadlines.extended_due(extension.new_due_on, limit.due_on, latest_day(case), load_calendar())
    rows = SuggestionClock.objects.running().filter(pk=limit.pk, due_on=extension.old_due_on)
    dates = {"due_on": new.due_on, "act_by": new.act_by, "trace": new.as_json(), "provisional": new.provisional}
    if rows.update(**dates, rule_key=new.rule) != 1:
        raise Stale


def _first_to_decide(assignment: Assignment) -> list[Post]:
    if policies.came_through_office(assignment):
        return recipients.of_organ(assignment.hand_over.to)
    return recipients.of_staff()


def _told(extension: Extension) -> dict[str, str]:
    dates = f"{extension.old_due_on} → {extension.new_due_on}"
    return {"organ": extension.assignment.organ.name, "due_on": dates}
