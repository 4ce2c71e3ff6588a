"""Key suggestions: intake nominates, a recorded resolution of the council of chairpersons designates (R57, R58)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Organ, Person, Post
from deliberations.models import Resolution
from deliberations.transitions.resolutions import Paper, resolve, told
from stations.recipients import by_person, current_posts
from suggestions import recipients
from suggestions.models import Suggestion
from suggestions.policies import key as policies
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record


@dataclass(frozen=True)
class Choice:
    """One suggestion that the council made key: as it was when it was looked at, who is in charge, and why."""

    suggestion: Suggestion
    version: int
    leader: Person
    body: Organ
    key_reason: str


@transaction.atomic
def nominate_key(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> Suggestion:
    """Nominate for the council of chairpersons, and say why (R57). Raises NotAllowed, Conflict, Stale, Invalid."""
    case = lock(suggestion, version=version)
    permit(policies.can_nominate_key(actor, case))
    SUGGESTION.require(case, Verb.NOMINATE_KEY)
    require_no_nomination(case)
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why it is nominated."))
    fields = {"key_nomination": reason.strip()}
    record(case, SUGGESTION, Verb.NOMINATE_KEY, actor=actor, reason=reason.strip(), fields=fields)
    return case


@transaction.atomic
def designate_key(
    suggestion: Suggestion,
    *,
    actor: Actor,
    version: int,
    paper: Paper,
    leader: Person,
    body: Organ,
    key_reason: str,
) -> Suggestion:
    """Enter that the council made it a key suggestion, who leads its supervision, and which body follows it (R58).

    Raises NotAllowed, Conflict when it is key already, Stale, and Invalid for a leader who is no (deputy) chairperson,
    a body that is none of the congress, or the minutes.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_record_decision(actor, case))
    return _designate(case, actor, resolve(paper), Choice(case, version, leader, body, key_reason))


@transaction.atomic
def designate_many(choices: Iterable[Choice], *, actor: Actor, paper: Paper) -> list[Suggestion]:
    """Enter the council's whole list under one paper: all or none, each with an event of its own.

    Raises as ``designate_key``; a Conflict names the suggestion that it is about.
    """
    permit(policies.can_record_decision(actor))
    ordered = sorted(choices, key=lambda choice: choice.suggestion.pk)
    if not ordered:
        raise Invalid("", "none_chosen", _("Choose at least one suggestion."))
    resolution = resolve(paper)
    cases = [_locked(choice) for choice in ordered]
    return [_designate(case, actor, resolution, choice) for case, choice in zip(cases, ordered, strict=True)]


@transaction.atomic
def decline_key(suggestion: Suggestion, *, actor: Actor, version: int, paper: Paper, reason: str = "") -> Suggestion:
    """Enter that the council did not choose a nominated suggestion. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = lock(suggestion, version=version)
    permit(policies.can_record_decision(actor, case))
    SUGGESTION.require(case, Verb.DECLINE_KEY)
    require_nomination(case)
    changes = told(resolve(paper))
    fields = {"key_nomination": ""}
    record(
        case, SUGGESTION, Verb.DECLINE_KEY, actor=on_paper(actor), reason=reason, changes=changes, fields=fields
    )  # fmt: skip
    return case


def require_no_nomination(case: Suggestion) -> None:
    """Raise Conflict when it is nominated or key already."""
    require_not_designated(case)
    if case.key_nomination:
        raise Conflict("nominated", _("It is nominated already; the council of chairpersons decides."))


def require_nomination(case: Suggestion) -> None:
    """Raise Conflict unless it is nominated and not decided."""
    require_not_designated(case)
    if not case.key_nomination:
        raise Conflict("not_nominated", _("It is not nominated as a key suggestion."))


def require_not_designated(case: Suggestion) -> None:
    """Raise Conflict when a resolution made it key; what an old ledger marks as key may still get its resolution."""
    if case.key_resolution_id is not None:
        raise Conflict("key_already", _("It is a key suggestion already."))


def on_paper(actor: Actor) -> Actor:
    """Staff record what the council decided; a member of it enters the decision in person."""
    return actor.recording(None, How.PAPER) if actor.is_staff else actor


def chairs() -> list[Person]:
    """Whoever may be in charge of a key suggestion: the deputy chairpersons and the chairperson of today."""
    posts = Post.objects.current(clock.today()).filter(role__in=policies.CHAIRS)
    return list(Person.objects.filter(pk__in=posts.values("user__person")).order_by("pinyin", "pk"))


def _locked(choice: Choice) -> Suggestion:
    try:
        case = lock(choice.suggestion, version=choice.version)
        SUGGESTION.require(case, Verb.DESIGNATE_KEY)
        require_not_designated(case)
    except Conflict as refused:
        sentence = _("%(name)s: %(why)s Nothing was entered.")
        raise Conflict("one_of_many", sentence, name=str(choice.suggestion), why=refused.sentence) from refused
    return case


def _designate(case: Suggestion, actor: Actor, resolution: Resolution, choice: Choice) -> Suggestion:
    SUGGESTION.require(case, Verb.DESIGNATE_KEY)
    require_not_designated(case)
    _check(choice)
    fields = {
        "is_key": True,
        "key_reason": choice.key_reason,
        "key_resolution": resolution,
        "supervising_leader": choice.leader,
        "supervising_body": choice.body,
    }
    named = {"key_reason": choice.key_reason, "leader": choice.leader.name, "supervising_body": choice.body.name}
    changes = {**told(resolution), **named}
    record(case, SUGGESTION, Verb.DESIGNATE_KEY, actor=on_paper(actor), changes=changes, fields=fields)
    tell(case, Verb.DESIGNATE_KEY, [*_of_leader(choice.leader), *_of_body(choice.body)])
    return case


def _check(choice: Choice) -> None:
    if choice.leader not in chairs():
        sentence = _("%(name)s is neither chairperson nor deputy chairperson today.")
        raise Invalid("leader", "no_chair", sentence, name=choice.leader.name)
    if choice.body.kind != Organ.Kind.CONGRESS_BODY:
        sentence = _("%(name)s is no body of the people's congress.")
        raise Invalid("body", "no_congress_body", sentence, name=choice.body.name)
    if choice.key_reason not in Suggestion.KeyReason.values:
        raise Invalid("key_reason", "unknown_reason", _("Say why it is a key suggestion."))


def _of_leader(leader: Person) -> list[Post]:
    return [post for role in sorted(policies.CHAIRS) for post in by_person(role, [leader.pk]).get(leader.pk, [])]


def _of_body(body: Organ) -> list[Post]:
    """Whoever works in that body; staff where nobody has an account."""
    return list(current_posts().filter(organ=body)) or recipients.of_staff()
