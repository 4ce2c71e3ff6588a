"""One row of the register, read in the order of its own meaning: day, station, people, words, class, the day of telling.

Every function raises CellError for the first column at fault.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from deliberations.importers import sentences, words
from deliberations.importers.known import Known
from deliberations.transitions.visit_facts import OpinionFacts, VoterFacts
from deliberations.transitions.visit_importing import RegisterVisit, Source
from files.workbooks import CellError, Row
from stations.importers import reading
from workflow import clock
from workflow.text import key


@dataclass
class Reader:
    """Reads the rows of one file."""

    known: Known
    file: str
    sha256: str

    def read(self, row: Row) -> RegisterVisit:
        """What the row tells."""
        on = _day(row)
        station = self.known.station(_needed(row, words.STATION, "station_missing", sentences.MISSING_STATION))
        deputies = self.known.visitors(row.names(words.DEPUTIES), station, on)
        said = _needed(row, words.WORDS, "words_missing", sentences.MISSING_WORDS)
        voter = _voter(row)
        subject = _one_of(row, words.FIELD, self.known.fields, "unknown_field", None)
        route = reading.chosen(row, words.ROUTE, words.ROUTES, "unknown_route")
        answer = row.text(words.ANSWER)
        return RegisterVisit(
            source=Source(self.file, self.sha256, row.sheet, row.number),
            on=on,
            station=station,
            deputies=deputies,
            companions=reading.words(row, words.COMPANIONS, limit=120),
            topics=reading.words(row, words.TOPICS, limit=200),
            policies_conveyed=row.text(words.POLICIES),
            words=said,
            opinion=OpinionFacts(route=route, field=subject, on_the_spot_answer=answer),
            voter=voter,
            told_on=_told_on(row, on),
        )


def _day(row: Row) -> date:
    on = row.day(words.DAY)
    if on is None:
        raise CellError(words.DAY, "day_missing", sentences.MISSING_DAY)
    return _past(on, words.DAY)


def _told_on(row: Row, visited_on: date) -> date | None:
    on = row.day(words.TOLD_ON)
    if on is not None and on < visited_on:
        raise CellError(words.TOLD_ON, "before_visit", sentences.TOLD_BEFORE, day=str(on), visit=str(visited_on))
    return on and _past(on, words.TOLD_ON)


def _past(on: date, column: str) -> date:
    if on > clock.today():
        raise CellError(column, "in_future", sentences.IN_FUTURE, day=str(on))
    return on


def _voter(row: Row) -> VoterFacts:
    """Whoever it was; all of it may be empty."""
    return VoterFacts(
        name=reading.name_of(row, words.NAME, limit=40),
        phone=_phone(row),
        category=_one_of(row, words.CATEGORY, words.CATEGORIES, "unknown_category", ""),
        village=reading.name_of(row, words.VILLAGE, limit=40),
    )


def _phone(row: Row) -> str:
    """The roster's reader would repeat the number in its sentence."""
    number = row.phone(words.PHONE)
    if number and not 7 <= sum(character.isdecimal() for character in number) <= len(number) <= 20:
        raise CellError(words.PHONE, "bad_phone", sentences.BAD_PHONE)
    return number


def _needed(row: Row, column: str, code: str, sentence: Any) -> str:
    text = row.text(column)
    if not text:
        raise CellError(column, code, sentence)
    return text


def _one_of(row: Row, column: str, meanings: Any, code: str, empty: Any) -> Any:
    return reading.chosen(row, column, meanings, code) if key(row.text(column)) else empty
