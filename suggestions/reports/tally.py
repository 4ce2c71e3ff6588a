"""What tables count of suggestions, each count one fact of a row of the ledger."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Cycle
from suggestions.models import Assignment, Commitment, Objection, Rating, Reply, Suggestion
from suggestions.reports.ledger import ENDS, OPINIONS, cases, extended_to, ledger

S, C = Suggestion.Status, Commitment.Status

#: The organ of today behind an assignment.
_PRESENT = Coalesce("organ__successor__name", "organ__name")


#: What the counts are made of.
COUNTED = (
    "status", "serial", "is_key", "closing_basis", "round", "imported_from", "first_handed_over_on", "field_order",
    "field_name", "host", "receipt_on", "contacted", "contacted_in_person", "reply_round", "result_code", "was_b",
    "met_on", "met_due_on", "met_first_due_on", "running_due_on", "running_first_due_on", "committed", "unkept",
    "verdict", "first_verdict",
)  # fmt: skip


@dataclass
class Tally:
    """The counts of one organ or field, or of all together."""

    counts: Counter = field(default_factory=Counter)

    def add(self, found: dict[str, bool]) -> None:
        """Count one case by its facts."""
        self.counts.update(key for key, holds in found.items() if holds)

    def __getitem__(self, key: str) -> int:
        return self.counts[key]

    @property
    def judged(self) -> int:
        """Cases on whose latest reply a verdict is known."""
        return sum(self[value] for value in OPINIONS)

    @property
    def content(self) -> int:
        """Of these, the satisfied and the basically satisfied."""
        return self[Rating.SATISFIED] + self[Rating.BASICALLY]


@dataclass
class Counted:
    """One pass over the ledger: by present host, by field in its order, and everything together."""

    hosts: dict[str, Tally] = field(default_factory=dict)
    fields: dict[tuple[int, str], Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)

    def add(self, row: Any, today: date) -> None:
        """Count one row wherever it belongs; a withdrawn one only in the total."""
        found = facts(row, today)
        self.total.add(found)
        if row.status == S.WITHDRAWN:
            return
        if row.host:
            self.hosts.setdefault(row.host, Tally()).add(found)
        if row.serial is not None:
            self.fields.setdefault((row.field_order, row.field_name), Tally()).add(found)


def count(actor: Actor, cycle: Cycle | None, today: date) -> Counted:
    """Count what the actor may see, in one query."""
    counted = Counted()
    for row in ledger(actor, cycle).values_list(*COUNTED, named=True).iterator(chunk_size=2000):
        counted.add(row, today)
    return counted


def facts(row: Any, today: date) -> dict[str, bool]:
    """What holds of a ledger row; each is one count. A withdrawn suggestion counts nowhere else.

    Receipt and contact of a row taken over from an old ledger are unknown, not missing, until the portal knows.
    """
    if row.status == S.WITHDRAWN:
        return {"withdrawn": True}
    return {
        "accepted": row.serial is not None,
        "key": row.is_key,
        "closed": row.status == S.CLOSED,
        str(row.closing_basis): row.closing_basis in ENDS,
        "reworked": row.round > 1,
        **_handling_facts(row),
        **_time_facts(row, today),
        **_reply_facts(row),
        **_class_b_facts(row),
    }


def _handling_facts(row: Any) -> dict[str, bool]:
    assigned, received = row.host is not None, row.receipt_on is not None
    return {
        "handed_over": row.first_handed_over_on is not None,
        "assigned": assigned,
        "receipt_known": assigned and (received or not row.imported_from),
        "received": received,
        "contact_known": assigned and (row.contacted or not row.imported_from),
        "contacted": row.contacted,
        "in_person": row.contacted_in_person,
    }


def _time_facts(row: Any, today: date) -> dict[str, bool]:
    """Against the day that holds, and against the first one, as if no later one had been granted."""
    return {
        **_punctuality(row.met_on, row.met_due_on, row.running_due_on, today, ""),
        **_punctuality(row.met_on, row.met_first_due_on, row.running_first_due_on, today, "_at_first"),
        "extended": extended_to(row) is not None,
    }


def _punctuality(
    met_on: date | None, met_due_on: date | None, running_due_on: date | None, today: date, suffix: str
) -> dict[str, bool]:
    late = met_on is not None and met_due_on is not None and met_on > met_due_on
    expired = running_due_on is not None and running_due_on < today
    return {
        f"due{suffix}": met_on is not None or expired,
        f"on_time{suffix}": met_on is not None and not late,
        f"overdue{suffix}": late or expired,
    }


def _reply_facts(row: Any) -> dict[str, bool]:
    replied = row.reply_round is not None
    return {
        "replied": replied,
        f"class_{row.result_code}": replied,
        str(row.verdict): row.verdict is not None,
        "no_feedback": replied and row.verdict is None,
        "first_judged": row.first_verdict is not None,
        "first_content": row.first_verdict in (Rating.SATISFIED, Rating.BASICALLY),
    }


def _class_b_facts(row: Any) -> dict[str, bool]:
    """A matter promised for later, and one that was promised and has been done since."""
    kept = row.committed and not row.unkept
    is_b = row.result_code == "B"
    return {
        "was_b": row.was_b,
        "b_to_a": row.was_b and (row.result_code == "A" or (is_b and kept)),
        "b_unknown": is_b and not row.committed,
    }


def co_hosted(actor: Actor, cycle: Cycle | None = None) -> Counter:
    """How many cases each organ helps, or helped, to handle."""
    rows = Assignment.objects.filter(suggestion__in=cases(actor, cycle), part=Assignment.Part.CO_HOST)
    names = rows.exclude(status=Assignment.Status.ENDED).order_by().annotate(present=_PRESENT)
    return Counter(name for _case, name in set(names.values_list("suggestion_id", "present")))


@dataclass(frozen=True)
class Returned:
    """Objections of organs (退办): all, refused, granted with another line-up, and given back by organ."""

    asked: int
    refused: int
    changed: int
    given_back: Counter
    #: How many parts were given out in the first round; nobody may give back a later one.
    given_out: int

    @property
    def waiting(self) -> int:
        """Those that nobody has decided."""
        return self.asked - self.refused - self.changed - self.given_back.total()


#: Granted, the organ keeps a part: hosts and co-hosts change places, or more organs help.
_KEEPS = (Objection.Reason.REVERSED, Objection.Reason.MORE_ORGANS)


def returned(actor: Actor, cycle: Cycle | None = None) -> Returned:
    """What organs wanted to give back, and did, under their names of today."""
    parts = Assignment.objects.filter(suggestion__in=cases(actor, cycle).exclude(status=S.WITHDRAWN))
    rows = Objection.objects.filter(assignment__in=parts).order_by()
    named = rows.annotate(present=Coalesce("assignment__organ__successor__name", "assignment__organ__name"))
    found = list(named.values_list("status", "reason", "present"))
    granted = [(reason, name) for status, reason, name in found if status == Objection.Status.GRANTED]
    given_back = Counter(name for reason, name in granted if reason not in _KEEPS)
    return Returned(
        asked=len(found),
        refused=sum(status == Objection.Status.REFUSED for status, _reason, _name in found),
        changed=len(granted) - given_back.total(),
        given_back=given_back,
        given_out=parts.filter(round=1).count(),
    )


def commitments(actor: Actor, cycle: Cycle | None, today: date) -> dict[str, int]:
    """Commitments of the latest replies: all, kept, reported, running and broken."""
    later = Reply.objects.filter(
        assignment__suggestion=OuterRef("reply__assignment__suggestion"),
        assignment__round__gt=OuterRef("reply__assignment__round"),
        status=Reply.Status.RELEASED,
    )
    of_cases = {"reply__assignment__suggestion__in": cases(actor, cycle).exclude(status=S.WITHDRAWN)}
    rows = Commitment.objects.filter(~Exists(later), reply__status=Reply.Status.RELEASED, **of_cases)
    broken = Q(status=C.OPEN, due_on__lt=today)
    return rows.aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(status=C.CONFIRMED)),
        reported=Count("pk", filter=Q(status=C.REPORTED_DONE)),
        running=Count("pk", filter=Q(status=C.OPEN) & ~broken),
        broken=Count("pk", filter=broken),
    )


def merged(actor: Actor, cycle: Cycle | None = None) -> tuple[int, int]:
    """How many suggestions are handled together with others, and as how many cases (scenario 21)."""
    rows = cases(actor, cycle).exclude(status=S.WITHDRAWN).filter(merge_group__until=None, merge_group__isnull=False)
    found = rows.aggregate(members=Count("pk"), groups=Count("merge_group", distinct=True))
    return found["members"], found["groups"]
