"""The county's ledger of a session's suggestions (办理情况台账)."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from accounts.actor import Actor
from files.importing import Outcome
from files.workbooks import CellError, Refusal, Table, Workbook, find_table
from suggestions.importers import known, sentences, words
from suggestions.importers.rows import Reader
from suggestions.models import Rating
from suggestions.transitions.importing import LedgerCase, import_cases, known_serials, open_session
from workflow.engine import Invalid
from workflow.text import fold

TITLE = "办理情况台账"

_NUMERALS = r"([〇零一二三四五六七八九十\d]{1,3})"
_SESSION = re.compile(rf"{_NUMERALS}届.{{0,20}}?{_NUMERALS}次")
_GIVEN = re.compile(r"(\d{1,2})-(\d{1,2})")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def read(book: Workbook, *, sha256: str, actor: Actor, given: str = "") -> Outcome:
    """Take over the good rows. ``given`` is the session where the title does not name it, as 18-5.

    Raises Refused when the file as a whole cannot be used: a column is missing, the session is unknown or of
    another term, or no roster was read yet.
    """
    table = find_table(book, TITLE, words.HEADINGS)
    names = known.load()
    if not names.county:
        raise Invalid("file", "no_roster", sentences.NO_ROSTER)
    session = open_session(*session_of(table.above, given), actor=actor)
    reader = Reader(names, session, book.name, sha256, known_serials(session))
    good, refused, fields = _sort(table, reader)
    import_cases(good, session=session, actor=actor)
    return Outcome(_counts(good, fields), refused)


def session_of(above: Sequence[str], given: str) -> tuple[int, int]:
    """Term and number of the session, from the title or as given. Raises Invalid when neither or both differ."""
    told = next((found for text in above if (found := _SESSION.search(fold(text)))), None)
    from_title = (numeral(told[1]), numeral(told[2])) if told else None
    from_switch = _GIVEN.fullmatch(given.strip())
    wanted = (int(from_switch[1]), int(from_switch[2])) if from_switch else None
    if from_title and wanted and from_title != wanted:
        raise Invalid(
            "session", "other_session", sentences.OTHER_SESSION, title="{}-{}".format(*from_title), given=given
        )
    session = from_title or wanted
    if session is None:
        raise Invalid("session", "no_session", sentences.NO_SESSION)
    return session


def numeral(text: str) -> int:
    """A number up to 99 in digits or in Chinese.

    >>> [numeral(text) for text in ("五", "十", "十八", "二十", "三十一", "18")]
    [5, 10, 18, 20, 31, 18]
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _sort(table: Table, reader: Reader) -> tuple[list[LedgerCase], list[Refusal], Counter[str]]:
    good: list[LedgerCase] = []
    refused: list[Refusal] = []
    fields: Counter[str] = Counter()
    for row in table.rows():
        try:
            good.append(reader.read(row))
        except CellError as error:
            refused.append(row.refuse(error.column, error.code, error))
        else:
            fields[row.text("类别")] += 1
    return good, refused, fields


def _counts(good: Sequence[LedgerCase], fields: Counter[str]) -> dict[str, Any]:
    """What is good: fields in the file's words, hosts by the name that they, or who took them over, bear today."""
    hosts = Counter((case.host.successor or case.host).name for case in good)
    return {
        "suggestions": len(good),
        "key": sum(case.is_key for case in good),
        "replied": sum(case.is_replied for case in good),
        "dissatisfied": sum(case.opinion == Rating.DISSATISFIED for case in good),
        "by_field": dict(fields),
        "by_host": dict(sorted(hosts.items())),
        "joint": sum(bool(case.co_signers) for case in good),
        "cosignatures": sum(len(case.co_signers) for case in good),
        "cohosts": sum(len(case.co_hosts) for case in good),
    }
