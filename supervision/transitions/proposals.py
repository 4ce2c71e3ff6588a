"""Steps that press an organ's head or tell a county leader: proposed by the portal, released by a person (invariant 13)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from accounts.models import Post
from notifications.transitions import notify
from notifications.transitions.telling import batched
from suggestions.models import Suggestion
from supervision import policies
from supervision.models import MATTERS, Proposal
from supervision.pressing.late import PRESSED_FOR, Late, each_owed, relation
from supervision.pressing.recipients import of_step
from supervision.transitions.pressing_machines import PROPOSAL, ProposalVerb
from workflow import clock
from workflow.chunks import by_key
from workflow.engine import Conflict, Invalid, birth_all, lock, permit, record
from workflow.rules import rules_in_force
from workflow.taken import unless_taken

K, S = Proposal.Kind, Proposal.Status

#: Steps looked at together: looking for them, writing them down and asking whether they hold cost the same few statements.
CHUNK = 500

#: The rule that says after how many days late a step is proposed.
AFTER = {K.PRESS_HEAD: "press_head_after", K.TELL_LEADER: "press_leader_after"}


#: A kind of step, and what it rests on.
Step = tuple[str, Late]


def sweep(today: date) -> tuple[int, int]:
    """Propose what has become due and let lapse what is no longer true; say how many of each.

    Works from state, a chunk at a time however much is late: any missed days or a double run propose each step once
    for its matter, organ and day.
    """
    after = _after(today)
    created = sum(_propose_all(steps) for steps in batched(due(today, after), CHUNK))
    open_steps = by_key(Proposal.objects.open(), CHUNK)
    return created, sum(_lapse_untrue(rows, today, after) for rows in batched(open_steps, CHUNK))


def _after(today: date) -> dict[str, int]:
    """By kind of step, how many days late it is proposed by the rules of the day."""
    rules = rules_in_force(today)[1]
    return {kind: rules[rule] for kind, rule in AFTER.items()}


def due(today: date, after: dict[str, int], **only: Collection[int]) -> Iterator[Step]:
    """Every step that is called for; of these matters only, if some are named."""
    for late in each_owed(today - timedelta(min(after.values())), PRESSED_FOR, **only):
        yield from ((kind, late) for kind, days in after.items() if late.days(today) <= -days)


def _propose_all(steps: Iterable[Step]) -> int:
    """Write down what was not proposed yet, and again what had lapsed and is true once more; how many of both."""
    wanted = {fact_of(*step): step for step in steps}
    known = {row.fact: row for row in Proposal.objects.filter(fact__in=wanted)}
    missing = [(fact, *step) for fact, step in wanted.items() if fact not in known]
    renewed = sum(_settle(row, ProposalVerb.RENEW) for row in known.values() if row.status == S.LAPSED)
    return renewed + (_propose_chunk(missing) if missing else 0)


def _lapse_untrue(rows: Sequence[Proposal], today: date, after: dict[str, int]) -> int:
    """Of these open steps let lapse what is not called for any more; how many."""
    matters: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        name = next(name for name in MATTERS if getattr(row, f"{name}_id"))
        matters[name].add(getattr(row, f"{name}_id"))
    wanted = {fact_of(*step) for step in due(today, after, **matters)}
    return sum(_settle(row, ProposalVerb.LAPSE) for row in rows if row.fact not in wanted)


def fact_of(kind: str, late: Late) -> str:
    """One step for one matter, organ and day."""
    return f"{kind}:{late.key}:{late.party.pk}:{late.act_by.isoformat()}"


def late_of(proposal: Proposal) -> Late | None:
    """What the step rests on, as it is now; None once it is no longer true."""
    only = {relation(proposal.matter): [proposal.matter.pk]}
    found = each_owed(clock.today(), PRESSED_FOR, **only)
    return next((late for late in found if fact_of(proposal.kind, late) == proposal.fact), None)


def require_true(proposal: Proposal) -> Late:
    """What the step rests on; raises Conflict once it was done meanwhile, so that nobody is pressed for it."""
    late = late_of(proposal)
    if late is None:
        raise Conflict(
            "no_longer_true", _("This is no longer true: it was settled meanwhile. The step lapses by itself.")
        )
    return late


@transaction.atomic
def release(proposal: Proposal, *, actor: Actor, version: int, to: str, text: str) -> Proposal:
    """Let the step go out in these words: the heads who have an account are told, a leader who is named likewise.

    Where nobody has one it is recorded all the same: the words are sent on or read out on the telephone. Raises
    NotAllowed, Conflict when it is no longer true, Stale, and Invalid when whom or what is missing.
    """
    case = _opened(proposal, ProposalVerb.RELEASE, actor, version)
    late = require_true(case)
    to, text = to.strip(), text.strip()
    for field, value in (("to", to), ("text", text)):
        if not value:
            raise Invalid(field, "required", _("Say to whom it goes, and in which words."))
    posts = of_step(case, to)
    told = sorted({post.user.person.name for post in posts})
    changes = {"to": to, "told": told}
    record(
        case, PROPOSAL, ProposalVerb.RELEASE, actor=actor, reason=text, changes=changes, fields={"to": to, "text": text}
    )
    _tell(case, late, posts, text)
    return case


@transaction.atomic
def dismiss(proposal: Proposal, *, actor: Actor, version: int, reason: str) -> Proposal:
    """The step is not wanted; it is not proposed again for the same day. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(proposal, ProposalVerb.DISMISS, actor, version)
    if not reason.strip():
        raise Invalid("reason", "required", _("Say why."))
    record(case, PROPOSAL, ProposalVerb.DISMISS, actor=actor, reason=reason.strip())
    return case


def _opened(proposal: Proposal, verb: str, actor: Actor, version: int) -> Proposal:
    case = lock(proposal, version=version)
    permit(policies.can_release(actor, case))
    PROPOSAL.require(case, verb)
    return case


def _tell(case: Proposal, late: Late, posts: list[Post], words: str) -> None:
    """A head opens the matter; a county leader has no part in it and reads the words in the inbox."""
    fact = f"pressing:proposal:{case.pk}:{case.version}"
    number = late.name if isinstance(late.matter, Suggestion) else ""
    params = {"number": number, "title": late.title, "words": words}
    if case.kind == K.PRESS_HEAD:
        notify(posts, fact=fact, kind="pressing.head", params=params, url=late.url, due_on=case.act_by)
    else:
        inbox = f"{reverse('notifications:inbox')}?show=all"
        notify(posts, fact=fact, kind="pressing.leader", params=params, url=inbox, due_on=case.act_by)


def _propose_chunk(chunk: Sequence[tuple[str, str, Late]]) -> int:
    taken = Invalid("fact", "taken", _("This step is proposed already."))
    try:
        with unless_taken(taken), transaction.atomic():
            _write(chunk)
    except Invalid:
        # another sweep proposed some of these at the same moment: each by itself
        return sum(_propose_chunk([step]) for step in chunk) if len(chunk) > 1 else 0
    return len(chunk)


def _write(chunk: Sequence[tuple[str, str, Late]]) -> None:
    cases = [_case(fact, kind, late) for fact, kind, late in chunk]
    changes = [{"act_by": late.act_by, "organ": str(late.party)} for _fact, _kind, late in chunk]
    birth_all(cases, ProposalVerb.PROPOSE, actor=SYSTEM, changes=changes)


def _case(fact: str, kind: str, late: Late) -> Proposal:
    about: dict[str, Any] = {relation(late.matter): late.matter, "organ": late.party}
    return Proposal(kind=kind, fact=fact, act_by=late.act_by, created_at=clock.now(), **about)


@transaction.atomic
def _settle(row: Proposal, verb: str) -> int:
    """Let a step lapse or come back, unless somebody decided on it at the same moment."""
    case = lock(row)
    if not PROPOSAL.allows(case, verb):
        return 0
    record(case, PROPOSAL, verb, actor=SYSTEM)
    return 1
