"""The rows of lists of suggestions: handed over (table 4) and the handling ledger (table 5)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch

from accounts.actor import Actor
from deliberations.models import Cycle
from suggestions import policies
from suggestions.models import Assignment, Commitment, CoSignature, Reply
from suggestions.querysets import HELD
from suggestions.reports.ledger import ENDS, due_on, extended_to, handed_over, ledger, opinion_word, state_word
from suggestions.reports.tally import facts

#: Rows that are fetched together, with what hangs on them.
CHUNK = 1000


def rows_of_hand_overs(actor: Actor, cycle: Cycle | None) -> Iterator[list[Any]]:
    """The rows of table 4. Which county leader is in charge of a matter the portal does not know."""
    helpers = Assignment.objects.filter(HELD, part=Assignment.Part.CO_HOST).select_related("organ__successor")
    signers = CoSignature.objects.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate__person")
    rows = handed_over(actor, cycle).prefetch_related(
        Prefetch("assignments", helpers, "helpers"), Prefetch("cosignatures", signers, "signers")
    )
    for place, row in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        delegation = row.delegation or row.lead.delegation
        yield [
            place,
            row.number,
            row.title,
            row.lead.person.name,
            "、".join(signer.mandate.person.name for signer in row.signers),
            delegation.name if delegation else "",
            row.lead.person.phone if actor.is_system or policies.can_see_phones(actor, row) else "",
            row.field.name if row.field else "",
            "是" if row.is_key else "否",
            row.host or "",
            "、".join(dict.fromkeys(part.organ.present.name for part in row.helpers if part.round == row.round)),
            "",
            row.supervising_leader.name if row.supervising_leader else "",
            row.first_handed_over_on,
            due_on(row),
        ]


def rows_of_ledger(actor: Actor, cycle: Cycle | None, today: date) -> Iterator[list[Any]]:
    """The rows of table 5, in the order of their numbers.

    Problems are left to be filled in; next steps are what the latest reply commits its organ to.
    """
    kept = Commitment.objects.filter(reply__status=Reply.Status.RELEASED).order_by("due_on", "pk")
    promised = Assignment.objects.filter(reply__commitments__isnull=False).distinct().select_related("reply")
    promised = promised.prefetch_related(Prefetch("reply__commitments", kept, "lines"))
    rows = ledger(actor, cycle).prefetch_related(Prefetch("assignments", promised, "promised"))
    for place, row in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
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
            "\n".join(_steps(row)),
            row.replied_on,
            row.doc_no or "",
            row.result_code or "",
            opinion_word(row),
            remark(row, today),
        ]


def remark(row: Any, today: date) -> str:
    """What should be seen at once: key, late, extended, merged, ended by resolution, former organ, taken over."""
    later = extended_to(row)
    marks = (
        (row.is_key, "★重点"),
        (facts(row, today).get("overdue"), "超期"),
        (later, f"延期至{later}"),
        (row.merged, "并案办理"),
        (row.closing_basis in ENDS, f"主任会议决定办结({ENDS.get(row.closing_basis)})"),
        (row.former, f"原承办单位{row.former}"),
        (row.imported_from, "台账导入"),
    )
    return "；".join(mark for holds, mark in marks if holds)


def _steps(row: Any) -> Iterator[str]:
    """Until when what will be done, and what of it is done."""
    for part in row.promised:
        if part.round == row.reply_round:
            for line in part.reply.lines:
                done = "(已兑现)" if line.status == Commitment.Status.CONFIRMED else ""
                yield f"{line.due_on}前：{line.text}{done}"
