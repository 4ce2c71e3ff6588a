"""The rows that tables of suggestions are made of, and the words that stand in them.

One case is one row under its host of the present round; a reorganised organ stands under its successor. Reply,
class, punctuality and opinion are those of the latest reply.
"""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Cycle
from suggestions.models import (
    Assignment,
    ClockKind,
    Commitment,
    ContactRecord,
    MergeGroup,
    Rating,
    Reply,
    Suggestion,
    SuggestionClock,
    Verdict,
)
from suggestions.models.suggestion import printed_number
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


def cases(actor: Actor, cycle: Cycle | None = None) -> QuerySet:
    """What a table is made of: the suggestions that the actor may see, of one cycle where one is named."""
    rows = Suggestion.objects.visible_to(actor).submitted()
    return rows.filter(cycle=cycle) if cycle else rows


def in_order(rows: QuerySet) -> QuerySet:
    """Sessions first, in the order of their numbers; what bears no number yet last."""
    return rows.order_by(_UNNUMBERED, "-series", "scope", "serial", "pk")


def ledger(actor: Actor, cycle: Cycle | None = None) -> QuerySet:
    """One row per suggestion, with all that the tables count and list, in a single query.

    Whoever goes through many takes ``values_list(…, named=True)`` of it: what is not named is not asked for.
    """
    rows = _judged(_committed(_timed(_replied(_contacted(_hosted(cases(actor, cycle)))))), actor)
    return in_order(
        rows.annotate(deputy=F("lead__person__name"), field_name=F("field__name"), field_order=F("field__order"))
    )


def handed_over(actor: Actor, cycle: Cycle | None = None) -> QuerySet:
    """One row per suggestion that was handed over and not withdrawn, with its host and its limit (table 4)."""
    return ledger(actor, cycle).filter(first_handed_over_on__isnull=False).exclude(status=S.WITHDRAWN)


def number(row: Any) -> str:
    """The number of a row, as it is printed."""
    return printed_number(row.series, row.serial)


def _hosted(rows: QuerySet) -> QuerySet:
    """With ``host``, the organ of today that answers, ``former``, the name under which it was given, and its people."""
    hosts = _of_case().filter(HELD, round=OuterRef("round"))
    return rows.annotate(
        host=first(hosts.annotate(present=Coalesce("organ__successor__name", "organ__name")), "present"),
        former=first(hosts.filter(organ__successor__isnull=False), "organ__name"),
        host_status=first(hosts, "status"),
        leader=first(hosts, "leader"),
        handler=first(hosts, "handler"),
        phone=first(hosts, "phone"),
    )


def first(rows: QuerySet, name: str) -> Subquery:
    """That column of the first row."""
    return Subquery(rows.values(name)[:1])


def verdicts(actor: Actor) -> QuerySet:
    """Verdicts; who is not of the committee reads released ones only."""
    rows = Verdict.objects.all()
    return rows if actor.is_system or actor.is_committee else rows.filter(released_on__isnull=False)


def _of_case() -> QuerySet:
    return Assignment.objects.filter(suggestion=OuterRef("pk")).exclude(part=Assignment.Part.CO_HOST)


def _contacted(rows: QuerySet) -> QuerySet:
    contacts = ContactRecord.objects.filter(assignment__suggestion=OuterRef("pk"))
    received = _of_case().filter(received_on__isnull=False).order_by("round", "id")
    return rows.annotate(
        receipt_on=first(received, "received_on"),
        contacted=Exists(contacts),
        contacted_in_person=Exists(contacts.filter(manner__in=ContactRecord.PERSONAL)),
    )


def _replied(rows: QuerySet) -> QuerySet:
    """With the latest reply, and whether it or an earlier one was of class B."""
    replies = Reply.objects.filter(assignment__suggestion=OuterRef("pk"), status=Reply.Status.RELEASED)
    latest = replies.order_by("-assignment__round")
    return rows.annotate(
        reply_round=first(latest, "assignment__round"),
        replied_on=first(latest, "letter_on"),
        doc_no=first(latest, "doc_no"),
        result_code=first(latest, "result_class__code"),
        was_b=Exists(replies.filter(result_class__code="B")),
    )


def _timed(rows: QuerySet) -> QuerySet:
    """With the limit that the latest reply met or missed, and the one that still runs; each as it was first, too."""
    clocks = SuggestionClock.objects.filter(suggestion=OuterRef("pk"), kind=ClockKind.REPLY, voided_on=None)
    met = clocks.filter(round=OuterRef("reply_round"), met_on__isnull=False)
    running = clocks.filter(round=OuterRef("round"), met_on=None)
    return rows.annotate(
        met_on=first(met, "met_on"),
        met_due_on=first(met, "due_on"),
        met_first_due_on=first(met, "original_due_on"),
        running_due_on=first(running, "due_on"),
        running_first_due_on=first(running, "original_due_on"),
    )


def _committed(rows: QuerySet) -> QuerySet:
    """With whether the latest reply commits its organ to something, and whether any of it is still to be kept."""
    latest = Commitment.objects.filter(
        reply__assignment__suggestion=OuterRef("pk"), reply__assignment__round=OuterRef("reply_round")
    )
    return rows.annotate(
        committed=Exists(latest), unkept=Exists(latest.exclude(status=Commitment.Status.CONFIRMED)),
        merged=Exists(MergeGroup.objects.filter(pk=OuterRef("merge_group"), until=None)),
    )  # fmt: skip


def _judged(rows: QuerySet, actor: Actor) -> QuerySet:
    """With the verdict on the latest reply and on the first."""
    known = verdicts(actor).filter(suggestion=OuterRef("pk"))
    return rows.annotate(
        verdict=first(known.filter(round=OuterRef("reply_round")), "value"),
        first_verdict=first(known.filter(round=1), "value"),
    )


def opinion_word(row: Any) -> str:
    """What the column of the deputy's opinion says; a reply without one is not counted as satisfied."""
    if row.verdict:
        return OPINIONS[row.verdict]
    return NO_FEEDBACK if row.reply_round else ""


def state_word(row: Any) -> str:
    """Where the case stands, in the committee's words."""
    if row.status == S.HANDLING and row.host_status == Assignment.Status.OBJECTED:
        return "退办申请"
    if row.status == S.HANDLING and row.round > 1:
        return f"第{row.round}次办理"
    if row.status == S.HANDLING and row.host_status == Assignment.Status.ASSIGNED:
        return "待签收"
    return STATES[row.status]


def is_late(row: Any, today: date) -> bool:
    """Answered after the day, or the day has passed without an answer."""
    late = row.met_on is not None and row.met_on > row.met_due_on
    return late or (row.running_due_on is not None and row.running_due_on < today)


def due_on(row: Any) -> Any:
    """The day by which the present round is, or was, to be answered."""
    return row.running_due_on or row.met_due_on


def extended_to(row: Any) -> Any:
    """The later day that was granted; None without one."""
    pairs = ((row.running_due_on, row.running_first_due_on), (row.met_due_on, row.met_first_due_on))
    return next((due for due, before in pairs if due and due > before), None)
