"""What organs, deputies and stations owe and have not done: computed from state, in a fixed number of queries a chunk.

Each row says what is owed, for which matter, by which day, and by whom; who told the portal that it is done owes it no
more, whatever others still have to say to it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from deliberations.models import Notice, NoticeReceipt, Promise
from stations.models import Mandate, Station
from suggestions.models import Assignment, ClockKind, Commitment, HandOver, Suggestion, SuggestionClock
from supervision.deadlines import has_ended
from supervision.models import Card, CardVersion
from workflow.chunks import by_key

#: Matters that an organ is pressed for, read together.
CHUNK = 500
#: The keys of the matters that are asked about, by column; everything where it is empty.
Only = Mapping[str, Collection[int]]


class What(TextChoices):
    """What is owed."""

    REPLY = "REPLY", _("reply")
    RECEIPT = "RECEIPT", _("receipt")
    OPINION = "OPINION", _("co-host's opinion")
    PROMISE = "PROMISE", _("promise on the spot")
    COMMITMENT = "COMMITMENT", _("commitment in a reply")
    CARD = "CARD", _("supervision card")
    FEEDBACK = "FEEDBACK", _("deputy's evaluation")
    NOTICE = "NOTICE", _("confirmation of a notice")


#: What an organ's head, and later the county leader, is pressed for.
PRESSED_FOR = (What.REPLY, What.PROMISE, What.COMMITMENT)


@dataclass(frozen=True)
class Late:
    """One thing that is owed. ``party`` is an organ as it is today, a deputy's mandate, or a station."""

    what: What
    matter: Suggestion | Promise | Commitment | NoticeReceipt
    act_by: date
    party: Organ | Mandate | Station
    name: str
    title: str
    handler: str = ""
    phone: str = ""

    @property
    def key(self) -> str:
        """The matter as forms and facts name it, such as suggestion:12."""
        return f"{relation(self.matter)}:{self.matter.pk}"

    @property
    def line(self) -> str:
        """The matter in a line: number and title, or what was promised."""
        if self.what == What.PROMISE:
            return self.title
        return self.name if self.name == f"《{self.title}》" else f"{self.name} {self.title}"

    @property
    def url(self) -> str:
        """The page of the matter."""
        if isinstance(self.matter, Commitment):
            return reverse("suggestions:detail", args=[self.matter.reply.assignment.suggestion_id])
        pages = {
            "suggestion": "suggestions:detail",
            "promise": "deliberations:promise",
            "receipt": "deliberations:notice",
        }
        return reverse(pages[relation(self.matter)], args=[self.matter.pk])

    def days(self, today: date) -> int:
        """Days left until it should be done; negative when late."""
        return (self.act_by - today).days


def relation(row: Any) -> str:
    """The column by which proposals and calls name a row: suggestion, promise, commitment, receipt; organ and so on."""
    return "receipt" if isinstance(row, NoticeReceipt) else type(row)._meta.model_name


def owed(until: date, kinds: tuple[What, ...] = tuple(What), **only: Collection[int]) -> list[Late]:
    """What is owed by that day, the oldest first; ``only`` names keys by column, such as ``suggestion=[12]``."""
    found = each_owed(until, kinds, **only)
    return sorted(found, key=lambda late: (late.act_by, late.what.value, late.matter.pk))


def each_owed(until: date, kinds: tuple[What, ...], **only: Collection[int]) -> Iterator[Late]:
    """As ``owed`` in no order that means anything; of ``PRESSED_FOR`` only a chunk is held at a time."""
    for what in kinds:
        yield from _SOURCES[what](what, until, only)


def _clocks(kind: str, until: date, only: Only) -> Any:
    rows = SuggestionClock.objects.running().filter(kind=kind, act_by__lte=until)
    return rows.filter(suggestion__in=only.get("suggestion", ())) if only else rows


def _chosen(rows: Any, name: str, only: Only) -> Any:
    """Of these matters those that are asked about: none where others are asked about."""
    return rows.filter(pk__in=only.get(name, ())) if only else rows


def _replies(what: What, until: date, only: Only) -> Iterator[Late]:
    parts = Assignment.objects.exclude(status=Assignment.Status.ENDED).select_related("organ__successor")
    given = HandOver.objects.select_related("to__successor").order_by("pk")
    rows = _clocks(ClockKind.REPLY, until, only).select_related("suggestion").prefetch_related(
        Prefetch("suggestion__assignments", parts), Prefetch("suggestion__hand_overs", given)
    )  # fmt: skip
    for row in by_key(rows, CHUNK):
        holder = _holder(row.suggestion)
        if holder is not None:
            yield _of_part(what, row, holder)


def _holder(case: Suggestion) -> Assignment | HandOver | None:
    """The host of the present round; the government office as long as it has not allotted."""
    if case.status == Suggestion.Status.AT_FORWARDER:
        return list(case.hand_overs.all())[-1]
    return next((part for part in case.assignments.all() if part.round == case.round and part.is_host), None)


def _parts(what: What, until: date, only: Only) -> Iterator[Late]:
    kind = ClockKind.RECEIPT if what == What.RECEIPT else ClockKind.CO_HOST
    for row in _clocks(kind, until, only).select_related("suggestion", "assignment__organ__successor"):
        if row.assignment is not None:
            yield _of_part(what, row, row.assignment)


def _of_part(what: What, row: SuggestionClock, holder: Assignment | HandOver) -> Late:
    named = {"handler": holder.handler, "phone": holder.phone} if isinstance(holder, Assignment) else {}
    organ = (holder.organ if isinstance(holder, Assignment) else holder.to).present
    return Late(what, row.suggestion, row.act_by, organ, *_named(row.suggestion), **named)


def _named(case: Suggestion) -> tuple[str, str]:
    """Number and title; what has no number yet is called by its title."""
    return case.number or f"《{case.title}》", case.title


def _promises(what: What, until: date, only: Only) -> Iterator[Late]:
    rows = _chosen(Promise.objects.filter(status=Promise.Status.MADE, due_on__lte=until), "promise", only)
    for row in by_key(rows.select_related("organ__successor"), CHUNK):
        yield Late(what, row, row.due_on, row.organ.present, str(what.label), row.text)


def _commitments(what: What, until: date, only: Only) -> Iterator[Late]:
    due = Commitment.objects.open().filter(status=Commitment.Status.OPEN, due_on__lte=until)
    rows = _chosen(due, "commitment", only).select_related("organ__successor", "reply__assignment__suggestion")
    for row in by_key(rows, CHUNK):
        number, _title = _named(row.reply.assignment.suggestion)
        yield Late(what, row, row.due_on, row.organ.present, number, row.text)


def _cards(what: What, until: date, _only: Only) -> Iterator[Late]:
    last = CardVersion.objects.filter(card=OuterRef("card")).order_by("-version").values("version")[:1]
    rows = CardVersion.objects.filter(card__status=Card.Status.ISSUED, version=Subquery(last), due_on__lte=until)
    for row in rows.select_related("card__suggestion", "organ__successor"):
        case = row.card.suggestion
        if not has_ended(case):
            yield Late(what, case, row.due_on, row.organ.present, *_named(case), row.handler, row.phone)


def _feedback(what: What, until: date, only: Only) -> Iterator[Late]:
    """From deputies who may judge: of whoever has died, left or is suspended nothing is asked."""
    rows = _clocks(ClockKind.FEEDBACK, until, only)
    for row in rows.select_related(
        "suggestion__lead__person",
        "suggestion__lead__term",
        "suggestion__continued_by__person",
        "suggestion__continued_by__term",
    ):
        deputy = row.suggestion.speaker
        if deputy.status == Mandate.Status.ACTIVE:
            yield Late(what, row.suggestion, row.act_by, deputy, *_named(row.suggestion))


def _notices(what: What, _until: date, _only: Only) -> Iterator[Late]:
    """Whatever the day: a notice should be confirmed when it comes."""
    rows = NoticeReceipt.objects.filter(status=NoticeReceipt.Status.SENT, notice__status=Notice.Status.ISSUED)
    for row in rows.exclude(notice__cycle__status="CONCLUDED").select_related("notice", "station"):
        yield Late(what, row, row.notice.issued_on, row.station, f"《{row.notice.title}》", row.notice.title)


_SOURCES = {
    What.REPLY: _replies,
    What.RECEIPT: _parts,
    What.OPINION: _parts,
    What.PROMISE: _promises,
    What.COMMITMENT: _commitments,
    What.CARD: _cards,
    What.FEEDBACK: _feedback,
    What.NOTICE: _notices,
}
