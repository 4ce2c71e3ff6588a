"""What workbooks say of suggestions: progress by organ (table 1) and the handling ledger (table 5).

Rows are made from what the viewer may see, one case counted once under its host of the present round; a
reorganised organ counts under its successor. Headings are the customary ones.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.actor import Actor
from suggestions.models import (
    Assignment,
    ContactRecord,
    Rating,
    Reply,
    Suggestion,
    SuggestionClock,
    Verdict,
)

#: What stands in the column of the deputy's opinion.
OPINIONS = {Rating.SATISFIED: "满意", Rating.BASICALLY: "基本满意", Rating.DISSATISFIED: "不满意"}
NO_FEEDBACK = "未反馈"
STATES = {
    Suggestion.Status.SUBMITTED: "待登记",
    Suggestion.Status.REGISTERED: "待交办",
    Suggestion.Status.AT_FORWARDER: "待转办",
    Suggestion.Status.HANDLING: "办理中",
    Suggestion.Status.REPLIED: "已答复",
    Suggestion.Status.CLOSED: "已办结",
}


def ledger(actor: Actor) -> QuerySet:
    """One row per suggestion the actor may see, with what the tables count, in a single query."""
    hosts = Assignment.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"))
    hosts = hosts.exclude(part=Assignment.Part.CO_HOST).exclude(status=Assignment.Status.ENDED)
    received = Assignment.objects.filter(suggestion=OuterRef("pk"), received_on__isnull=False)
    replies = Reply.objects.filter(assignment__suggestion=OuterRef("pk"), status=Reply.Status.RELEASED)
    replies = replies.order_by("-assignment__round")
    clocks = SuggestionClock.objects.filter(suggestion=OuterRef("pk"), kind="REPLY", voided_on=None)
    clocks = clocks.order_by("-round")
    contacts = ContactRecord.objects.filter(assignment__suggestion=OuterRef("pk"))
    verdicts = Verdict.objects.filter(suggestion=OuterRef("pk")).order_by("-round")
    rows = Suggestion.objects.visible_to(actor).select_related("lead__person", "delegation", "field")
    return rows.annotate(
        host=_first(hosts, "organ__name"),
        host_id=_first(hosts, "organ_id"),
        successor=_first(hosts, "organ__successor__name"),
        leader=_first(hosts, "leader"),
        handler=_first(hosts, "handler"),
        phone=_first(hosts, "phone"),
        receipt_on=_first(received.order_by("round", "id"), "received_on"),
        replied_on=_first(replies, "letter_on"),
        doc_no=_first(replies, "doc_no"),
        result_code=_first(replies, "result_class__code"),
        reply_due_on=_first(clocks, "due_on"),
        reply_act_by=_first(clocks, "act_by"),
        reply_met_on=_first(clocks, "met_on"),
        contacted=Exists(contacts),
        contacted_in_person=Exists(contacts.filter(manner__in=ContactRecord.PERSONAL)),
        verdict=_first(verdicts, "value"),
        replied=Exists(replies),
    ).order_by("series", "scope", "serial", "pk")


def _first(rows: QuerySet, name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


@dataclass
class Tally:
    """The counts of one organ, or of all together."""

    counts: Counter = field(default_factory=Counter)

    def add(self, row: Any, today: date) -> None:
        """Count one case under its host."""
        self.counts.update(key for key, holds in facts(row, today).items() if holds)

    def __getitem__(self, key: str) -> int:
        return self.counts[key]


def facts(row: Any, today: date) -> dict[str, bool]:
    """What holds of a ledger row; each is one column of table 1.

    Receipt and contact of a row taken over from an old ledger are unknown, not missing.
    """
    known = not row.imported_from
    late = row.reply_met_on > row.reply_due_on if row.reply_met_on and row.reply_due_on else False
    running_late = row.reply_act_by is not None and row.reply_met_on is None and row.reply_act_by < today
    return {
        "assigned": row.host is not None,
        "known": known,
        "received": row.receipt_on is not None,
        "in_person": row.contacted_in_person,
        "contacted": row.contacted,
        "replied": row.replied,
        "on_time": row.reply_met_on is not None and not late,
        "overdue": late or running_late,
        f"class_{row.result_code}": row.result_code is not None,
        str(row.verdict): row.verdict is not None,
        "no_feedback": row.replied and row.verdict is None,
        "reworked": row.round > 1,
        "key": row.is_key,
        "closed": row.status == Suggestion.Status.CLOSED,
    }


def by_organ(actor: Actor, today: date) -> tuple[dict[str, Tally], Counter, Tally]:
    """Tallies by present host, co-hosted cases by organ, and everything together."""
    hosts: dict[str, Tally] = {}
    total = Tally()
    for row in ledger(actor).iterator(chunk_size=2000):
        total.add(row, today)
        if row.host:
            hosts.setdefault(row.successor or row.host, Tally()).add(row, today)
    return hosts, _co_hosted(actor), total


def _co_hosted(actor: Actor) -> Counter:
    visible = Suggestion.objects.visible_to(actor)
    rows = Assignment.objects.filter(suggestion__in=visible, part=Assignment.Part.CO_HOST).exclude(status="ENDED")
    names = rows.values_list("suggestion_id", "organ__name", "organ__successor__name").distinct()
    return Counter(successor or name for _suggestion, name, successor in names)


def opinion_word(row: Any) -> str:
    """What the column of the deputy's opinion says; a reply without one is not counted as satisfied."""
    if row.verdict:
        return OPINIONS[row.verdict]
    return NO_FEEDBACK if row.replied else ""


def state_word(row: Any) -> str:
    """Where the case stands, in the committee's words."""
    word = STATES[row.status]
    return f"第{row.round}次办理" if row.round > 1 and row.status == Suggestion.Status.HANDLING else word


def remark(row: Any, today: date) -> str:
    """What should be seen at once: key, late, taken over."""
    marks = ["★重点" if row.is_key else "", "超期" if facts(row, today)["overdue"] else ""]
    return "；".join(mark for mark in [*marks, "历史台账导入" if row.imported_from else ""] if mark)


def rows_of_ledger(actor: Actor, today: date) -> Iterator[list[Any]]:
    """The rows of table 5, in the order of their numbers."""
    for place, row in enumerate(ledger(actor).iterator(chunk_size=2000), start=1):
        yield [
            place,
            row.number,
            row.title,
            row.lead.person.name,
            row.host or "",
            row.leader or "",
            row.handler or "",
            row.phone or "",
            row.first_handed_over_on,
            row.receipt_on,
            state_word(row),
            "",
            "",
            row.replied_on,
            row.doc_no or "",
            row.result_code or "",
            opinion_word(row),
            remark(row, today),
        ]
