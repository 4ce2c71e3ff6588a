"""What workbooks say of suggestions: progress by organ (table 1) and the handling ledger (table 5).

Rows are made from what the viewer may see, one case counted once under its host of the present round; a
reorganised organ counts under its successor. Reply, class, punctuality and opinion are those of the latest
reply. Headings are the customary ones.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from accounts.actor import Actor
from suggestions.models import (
    Assignment,
    ClockKind,
    ContactRecord,
    Rating,
    Reply,
    Suggestion,
    SuggestionClock,
    Verdict,
)
from suggestions.querysets import HELD

S = Suggestion.Status

#: What stands in the column of the deputy's opinion.
OPINIONS = {Rating.SATISFIED: "满意", Rating.BASICALLY: "基本满意", Rating.DISSATISFIED: "不满意"}
NO_FEEDBACK = "未反馈"
#: Ends that the council of chairpersons decided; apart from what satisfied the deputy (invariant 10).
ENDS = {
    Suggestion.ClosingBasis.UNDERSTOOD: "代表表示理解",
    Suggestion.ClosingBasis.CANNOT_BE_DONE: "依法不能办理并已说明",
    Suggestion.ClosingBasis.NOT_GIVEN: "代表未反馈意见",
}
STATES = {
    S.SUBMITTED: "待登记",
    S.RETURNED: "退回补充",
    S.REGISTERED: "待交办",
    S.AT_FORWARDER: "待转办",
    S.HANDLING: "办理中",
    S.REPLIED: "已答复",
    S.FOLLOW_UP: "跟踪督办",
    S.CLOSED: "已办结",
    S.REFUSED: "不作为建议",
    S.REFERRED: "已转出",
    S.WITHDRAWN: "已撤回",
}

_UNNUMBERED = ExpressionWrapper(Q(serial=None), output_field=BooleanField())


def ledger(actor: Actor) -> QuerySet:
    """One row per suggestion the actor may see, with what the tables count, in a single query."""
    of_case = Assignment.objects.filter(suggestion=OuterRef("pk")).exclude(part=Assignment.Part.CO_HOST)
    hosts = of_case.filter(HELD, round=OuterRef("round"))
    replies = Reply.objects.filter(assignment__suggestion=OuterRef("pk"), status=Reply.Status.RELEASED)
    replies = replies.order_by("-assignment__round")
    contacts = ContactRecord.objects.filter(assignment__suggestion=OuterRef("pk"))
    rows = (
        Suggestion.objects.visible_to(actor)
        .submitted()
        .select_related("lead__person")
        .annotate(
            host=_first(hosts, "organ__name"),
            successor=_first(hosts, "organ__successor__name"),
            host_status=_first(hosts, "status"),
            leader=_first(hosts, "leader"),
            handler=_first(hosts, "handler"),
            phone=_first(hosts, "phone"),
            receipt_on=_first(of_case.filter(received_on__isnull=False).order_by("round", "id"), "received_on"),
            contacted=Exists(contacts),
            contacted_in_person=Exists(contacts.filter(manner__in=ContactRecord.PERSONAL)),
            reply_round=_first(replies, "assignment__round"),
            replied_on=_first(replies, "letter_on"),
            doc_no=_first(replies, "doc_no"),
            result_code=_first(replies, "result_class__code"),
        )
    )
    # sessions first, what bears no number yet last
    return _judged(_timed(rows), actor).order_by(_UNNUMBERED, "-series", "scope", "serial", "pk")


def _timed(rows: QuerySet) -> QuerySet:
    """With the limit that the latest reply met or missed, and the one that still runs."""
    clocks = SuggestionClock.objects.filter(suggestion=OuterRef("pk"), kind=ClockKind.REPLY, voided_on=None)
    met = clocks.filter(round=OuterRef("reply_round"), met_on__isnull=False)
    running = clocks.filter(round=OuterRef("round"), met_on=None)
    return rows.annotate(
        met_on=_first(met, "met_on"), met_due_on=_first(met, "due_on"), running_due_on=_first(running, "due_on")
    )


def _judged(rows: QuerySet, actor: Actor) -> QuerySet:
    """With the verdict on the latest reply and on the first; who is not of the committee sees released ones only."""
    verdicts = Verdict.objects.filter(suggestion=OuterRef("pk"))
    if not (actor.is_system or actor.is_committee):
        verdicts = verdicts.filter(released_on__isnull=False)
    return rows.annotate(
        verdict=_first(verdicts.filter(round=OuterRef("reply_round")), "value"),
        first_verdict=_first(verdicts.filter(round=1), "value"),
    )


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

    @property
    def judged(self) -> int:
        """Cases on whose latest reply a verdict is known."""
        return sum(self[value] for value in OPINIONS)

    @property
    def content(self) -> int:
        """Of these, the satisfied and the basically satisfied."""
        return self[Rating.SATISFIED] + self[Rating.BASICALLY]


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
    late = row.met_on is not None and row.met_on > row.met_due_on
    expired = row.running_due_on is not None and row.running_due_on < today
    return {
        "due": row.met_on is not None or expired,
        "on_time": row.met_on is not None and not late,
        "overdue": late or expired,
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


def by_organ(actor: Actor, today: date) -> tuple[dict[str, Tally], Counter, Tally]:
    """Tallies by present host, co-hosted cases by organ, and everything together."""
    hosts: dict[str, Tally] = {}
    total = Tally()
    for row in ledger(actor).iterator(chunk_size=2000):
        total.add(row, today)
        if row.host and row.status != S.WITHDRAWN:
            hosts.setdefault(row.successor or row.host, Tally()).add(row, today)
    return hosts, _co_hosted(actor), total


def _co_hosted(actor: Actor) -> Counter:
    visible = Suggestion.objects.visible_to(actor)
    rows = Assignment.objects.filter(suggestion__in=visible, part=Assignment.Part.CO_HOST).exclude(status="ENDED")
    names = rows.order_by().values_list("suggestion_id", "organ__name", "organ__successor__name")
    return Counter(name for _case, name in {(case, successor or name) for case, name, successor in names})


def opinion_word(row: Any) -> str:
    """What the column of the deputy's opinion says; a reply without one is not counted as satisfied."""
    if row.verdict:
        return OPINIONS[row.verdict]
    return NO_FEEDBACK if row.reply_round else ""


def state_word(row: Any) -> str:
    """Where the case stands, in the committee's words."""
    if row.status == S.HANDLING and row.round > 1:
        return f"第{row.round}次办理"
    if row.status == S.HANDLING and row.host_status == Assignment.Status.ASSIGNED:
        return "待签收"
    return STATES[row.status]


def remark(row: Any, today: date) -> str:
    """What should be seen at once: key, late, ended by resolution, taken over."""
    marks = ["★重点" if row.is_key else "", "超期" if facts(row, today).get("overdue") else ""]
    marks.append(f"主任会议决定办结({ENDS[row.closing_basis]})" if row.closing_basis in ENDS else "")
    return "；".join(mark for mark in [*marks, "台账导入" if row.imported_from else ""] if mark)


def rows_of_ledger(actor: Actor, today: date) -> Iterator[list[Any]]:
    """The rows of table 5, in the order of their numbers. Problems and next steps are left to be filled in."""
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
