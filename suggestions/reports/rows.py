"""The rows of lists of suggestions: handed over (table 4) and the handling ledger (table 5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Cycle
from notifications.transitions.telling import batched
from suggestions import policies
from suggestions.models import Assignment, Commitment, CoSignature, Reply, Suggestion
from suggestions.querysets import HELD
from suggestions.reports.ledger import (
    ENDS,
    due_on,
    extended_to,
    handed_over,
    is_late,
    ledger,
    number,
    opinion_word,
    state_word,
)

#: Rows that are fetched together, with what hangs on them.
CHUNK = 1000

_HANDED_OVER = (
    "pk", "series", "serial", "title", "round", "is_key", "deputy", "field_name", "host", "first_handed_over_on",
    "running_due_on", "met_due_on", "number_to_call", "team", "leader_in_charge",
)  # fmt: skip
_LEDGER = (
    "pk", "series", "serial", "title", "status", "round", "is_key", "closing_basis", "imported_from", "deputy", "host",
    "former", "host_status", "leader", "handler", "phone", "first_handed_over_on", "receipt_on", "reply_round",
    "replied_on", "doc_no", "result_code", "verdict", "met_on", "met_due_on", "met_first_due_on", "running_due_on",
    "running_first_due_on", "merged",
)  # fmt: skip


def rows_of_hand_overs(actor: Actor, cycle: Cycle | None) -> Iterator[list[Any]]:
    """The rows of table 4. Which county leader is in charge of a matter the portal does not know."""
    rows = handed_over(actor, cycle).annotate(
        number_to_call=F("lead__person__phone"),
        team=Coalesce("delegation__name", "lead__delegation__name"),
        leader_in_charge=F("supervising_leader__name"),
    )
    sees_phones = actor.is_system or policies.can_see_phones(actor, Suggestion())
    place = 0
    for chunk in batched(_named(rows, _HANDED_OVER), CHUNK):
        signers, helpers = _signers(chunk), _helpers(chunk)
        for row in chunk:
            place += 1
            yield [
                place,
                number(row),
                row.title,
                row.deputy,
                "、".join(signers[row.pk]),
                row.team or "",
                row.number_to_call if sees_phones else "",
                row.field_name or "",
                "是" if row.is_key else "否",
                row.host or "",
                "、".join(dict.fromkeys(helpers[row.pk, row.round])),
                "",
                row.leader_in_charge or "",
                row.first_handed_over_on,
                due_on(row),
            ]


def rows_of_ledger(actor: Actor, cycle: Cycle | None, today: date) -> Iterator[list[Any]]:
    """The rows of table 5, in the order of their numbers.

    Problems are left to be filled in; next steps are what the latest reply commits its organ to.
    """
    place = 0
    for chunk in batched(_named(ledger(actor, cycle), _LEDGER), CHUNK):
        steps = _steps(chunk)
        for row in chunk:
            place += 1
            yield [
                place,
                number(row),
                row.title,
                row.deputy,
                row.host or "",
                row.leader or "",
                row.handler or "",
                row.phone or "",
                row.first_handed_over_on,
                row.receipt_on,
                state_word(row),
                "",
                "\n".join(steps[row.pk, row.reply_round]),
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
        (row.status != Suggestion.Status.WITHDRAWN and is_late(row, today), "超期"),
        (later, f"延期至{later}"),
        (row.merged, "并案办理"),
        (row.closing_basis in ENDS, f"主任会议决定办结({ENDS.get(row.closing_basis)})"),
        (row.former, f"原承办单位{row.former}"),
        (row.imported_from, "台账导入"),
    )
    return "；".join(mark for holds, mark in marks if holds)


def _named(rows: QuerySet, names: Iterable[str]) -> Iterator[Any]:
    return rows.values_list(*names, named=True).iterator(chunk_size=CHUNK)


def _signers(chunk: list[Any]) -> dict[Any, list[str]]:
    """Who signed along, by suggestion."""
    rows = CoSignature.objects.filter(suggestion__in=[row.pk for row in chunk], status=CoSignature.Status.ACCEPTED)
    return _gathered((case, name) for case, name in rows.values_list("suggestion", "mandate__person__name"))


def _helpers(chunk: list[Any]) -> dict[Any, list[str]]:
    """Co-hosts under their names of today, by suggestion and round."""
    parts = Assignment.objects.filter(HELD, suggestion__in=[row.pk for row in chunk], part=Assignment.Part.CO_HOST)
    named = parts.annotate(present=Coalesce("organ__successor__name", "organ__name"))
    rows = named.values_list("suggestion", "round", "present")
    return _gathered(((case, turn), name) for case, turn, name in rows)


def _steps(chunk: list[Any]) -> dict[Any, list[str]]:
    """Until when what will be done, and what of it is done, by suggestion and round."""
    promised = {"reply__assignment__suggestion__in": [row.pk for row in chunk], "reply__status": Reply.Status.RELEASED}
    lines = Commitment.objects.filter(**promised).order_by("due_on", "pk")
    rows = lines.values_list("reply__assignment__suggestion", "reply__assignment__round", "due_on", "text", "status")
    kept = Commitment.Status.CONFIRMED
    return _gathered(
        ((case, turn), f"{day}前：{text}{'(已兑现)' if status == kept else ''}")
        for case, turn, day, text, status in rows
    )


def _gathered(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return found
