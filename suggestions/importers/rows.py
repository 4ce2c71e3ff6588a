"""One row of the ledger, read in the order of its own meaning: key, title, people, organs, dates, class (D41).

Every function raises CellError for the first column at fault.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from accounts.models import Organ
from files.workbooks import CellError, Row
from stations.models import Mandate
from suggestions.importers import sentences, words
from suggestions.importers.known import Known
from suggestions.models import Suggestion
from suggestions.transitions.importing import LedgerCase, Source
from workflow import chain
from workflow.text import key

_DEMAND = re.compile(r"建议\s*[:：]\s*")
#: Columns that only an answered suggestion may have filled.
_OF_A_REPLY = ("答复日期", "答复文号", "办理类别", "代表意见")

T = TypeVar("T")


@dataclass
class Reader:
    """Reads the rows of one file, each number once."""

    known: Known
    session: Any
    file: str
    sha256: str
    taken: set[int]
    seen: dict[int, int] = field(default_factory=dict)

    def read(self, row: Row) -> LedgerCase:
        """What the row tells."""
        serial = self._serial(row)
        title = _short(row, "标题", 120)
        lead, co_signers = _people(row, self.known)
        host, co_hosts = _organs(row, self.known)
        status = _status(row)
        handed_over_on, stated_due_on, letter_on = _days(row, answered=_is_answered(status))
        subject = _one_of(row, "类别", self.known.fields, "unknown_field", sentences.UNKNOWN_FIELD)
        result_class = _result_class(row, self.known) if _is_answered(status) else None
        opinion, is_key = _opinion(row), _mark(row)
        _check_state(row, status)
        facts, demand = split_demand(row.text("建议内容"))
        return LedgerCase(
            source=Source(self.file, self.sha256, row.sheet, row.number, digest(row)),
            serial=serial,
            title=title,
            facts=facts,
            demand=demand,
            lead=lead,
            co_signers=co_signers,
            field=subject,
            is_key=is_key,
            host=host,
            co_hosts=co_hosts,
            handed_over_on=handed_over_on,
            stated_due_on=stated_due_on,
            status=status,
            letter_on=letter_on,
            doc_no=_short(row, "答复文号", 60) if _is_answered(status) else "",
            result_class=result_class,
            opinion=opinion,
            remark=row.text("备注"),
        )

    def _serial(self, row: Row) -> int:
        serial = row.digits("建议编号")
        if not serial:
            raise _missing("建议编号")
        first = self.seen.setdefault(serial, row.number)
        if first != row.number:
            raise CellError("建议编号", "duplicate_number", sentences.NUMBER_IN_ROW, serial=serial, row=first)
        if serial in self.taken:
            told = {"serial": serial, "session": str(self.session)}
            raise CellError("建议编号", "duplicate_number", sentences.NUMBER_KNOWN, **told)
        return serial


def split_demand(text: str) -> tuple[str, str]:
    """What is the case, and what is asked for behind 建议:; without it everything is facts.

    >>> split_demand("末班车太早。建议:延长运营时间。")
    ('末班车太早。', '延长运营时间。')
    """
    facts, *demand = _DEMAND.split(text, maxsplit=1)
    return facts.strip(), demand[0].strip() if demand else ""


def digest(row: Row) -> str:
    """The digest of the row's cells as they stand in the file, by heading."""
    return chain.digest({heading.name: str(row.raw(heading.name)) for heading in words.HEADINGS})


def _people(row: Row, known: Known) -> tuple[Mandate, tuple[Mandate, ...]]:
    name = row.person("领衔代表")
    if not name:
        raise _missing("领衔代表")
    lead = known.lead("领衔代表", name, row.text("代表证号"), row.text("代表团"))
    co_signers = tuple(known.co_signer("附议代表", name, lead) for name in row.names("附议代表"))
    twice = _twice((lead, *co_signers))
    if twice is not None:
        raise CellError("附议代表", "person_twice", sentences.PERSON_TWICE, name=twice.person.name)
    return lead, co_signers


def _organs(row: Row, known: Known) -> tuple[Organ, tuple[Organ, ...]]:
    name = row.text("主办单位")
    if not name:
        raise _missing("主办单位")
    host = known.organ("主办单位", name)
    co_hosts = tuple(known.organ("会(协)办单位", name) for name in row.names("会(协)办单位"))
    twice = _twice((host, *co_hosts))
    if twice is not None:
        raise CellError("会(协)办单位", "organ_twice", sentences.ORGAN_TWICE, name=twice.name)
    return host, co_hosts


def _days(row: Row, *, answered: bool) -> tuple[date, date | None, date | None]:
    handed_over_on = row.day("交办日期")
    if handed_over_on is None:
        raise _missing("交办日期")
    due_on, letter_on = (_not_before(row, column, handed_over_on) for column in ("答复期限", "答复日期"))
    if answered and letter_on is None:
        raise _missing("答复日期")
    return handed_over_on, due_on, letter_on


def _not_before(row: Row, column: str, handed_over_on: date) -> date | None:
    day = row.day(column)
    if day is not None and day < handed_over_on:
        told = {"day": str(day), "handed_over": str(handed_over_on)}
        raise CellError(column, "before_hand_over", sentences.BEFORE_HAND_OVER, **told)
    return day


def _result_class(row: Row, known: Known) -> Any:
    if not row.text("办理类别"):
        raise _missing("办理类别")
    return _one_of(row, "办理类别", known.classes, "unknown_result_class", sentences.UNKNOWN_CLASS, ending="类")


def _opinion(row: Row) -> str:
    return _one_of(row, "代表意见", words.OPINIONS, "unknown_opinion", sentences.UNKNOWN_OPINION)


def _mark(row: Row) -> bool:
    return _one_of(row, "是否重点", words.KEY_MARKS, "unknown_mark", sentences.UNKNOWN_MARK)


def _status(row: Row) -> str:
    """As the ledger says; what is on a list without that column was handed over, and nothing more is known."""
    if "办理进展" not in row.columns:
        return Suggestion.Status.HANDLING
    return words.STATES.get(key(row.text("办理进展")), "")


def _check_state(row: Row, status: str) -> None:
    if not status:
        _one_of(row, "办理进展", words.STATES, "unknown_state", sentences.UNKNOWN_STATE)
    if not _is_answered(status) and any(row.text(column) for column in _OF_A_REPLY):
        raise CellError("办理进展", "not_answered", sentences.NOT_ANSWERED)


def _is_answered(status: str) -> bool:
    return status in (Suggestion.Status.REPLIED, Suggestion.Status.CLOSED)


def _short(row: Row, column: str, limit: int) -> str:
    text = re.sub(r"\s*\n\s*", "", row.text(column))
    if not text:
        raise _missing(column)
    if len(text) > limit:
        raise CellError(column, "too_long", sentences.TOO_LONG, limit=limit)
    return text


def _one_of(row: Row, column: str, table: Mapping[str, T], code: str, sentence: Any, ending: str = "") -> T:
    value = key(row.text(column))
    for word in (value, value.removesuffix(ending)):
        if word in table:
            return table[word]
    raise CellError(column, code, sentence, value=row.text(column)[:40], known="、".join(_choices(table)))


def _choices(table: Mapping[str, Any]) -> list[str]:
    """What could have stood there: rows by their present names, else the words themselves."""
    words = (str(value) if isinstance(value, Model) else word for word, value in table.items())
    return [word for word in dict.fromkeys(words) if word]


def _missing(column: str) -> CellError:
    code, sentence = sentences.MISSING[column]
    return CellError(column, code, sentence)


def _twice(rows: Iterable[T]) -> T | None:
    seen: list[T] = []
    for row in rows:
        if row in seen:
            return row
        seen.append(row)
    return None
