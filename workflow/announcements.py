"""The State Council's yearly notice of holidays, read as it is pasted.

春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from workflow.text import fold

#: What can be typed where nothing can be pasted.
EXAMPLE = "春节：2月15日至23日放假。2月14日、2月28日上班。"

_WEEKDAYS = "一二三四五六日"
_DAY = r"(?:(?P<year{0}>\d{{4}})年)?(?:(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日(?:\((?P<note{0}>[^)]*)\))?"
_TOKEN = re.compile(
    rf"(?P<span>{_DAY.format('')}(?: ?(?:至|到|-|—|~) ?{_DAY.format('2')})?)"
    r"|(?P<kind>放假|上班)|(?P<end>。)|(?:[一二三四五六七八九十]+、)?(?P<name>[一-鿿]+(?:、[一-鿿]+)*) ?:"
)


@dataclass(frozen=True)
class Announcement:
    """What a notice says of one year: weekdays off with their names, weekend days worked."""

    year: int
    holidays: dict[date, str]
    workdays: frozenset[date]


def read_announcement(text: str, year: int) -> Announcement:
    """The exceptions to Monday–Friday in the notice of a year; raises ValidationError with a sentence.

    A weekday in brackets that is not that day's shows the notice of another year.
    """
    off: dict[date, str] = {}
    worked: set[date] = set()
    for name, kind, days in _clauses(fold(text), year):
        if kind == "上班":
            worked.update(days)
        else:
            off.update(dict.fromkeys(days, name))
    if not off:
        raise ValidationError(_("No holiday was found. Paste the notice, or write: %(example)s") % {"example": EXAMPLE})
    if wrong := sorted(day for day in worked if day.weekday() < 5 and day not in off):
        raise ValidationError(_("%(day)s is a working day anyway.") % {"day": wrong[0]})
    holidays = {day: name for day, name in sorted(off.items()) if day.weekday() < 5 and day not in worked}
    return Announcement(year, holidays, frozenset(day for day in worked if day.weekday() >= 5))


def _clauses(text: str, year: int) -> Iterator[tuple[str, str, list[date]]]:
    """Name, kind and days of each clause; days outside the year are another notice's."""
    name, month, days = "", 0, list[date]()
    for token in _TOKEN.finditer(text):
        if token["span"]:
            month = int(token["month"] or month)
            days += _days(token, year, month)
            month = int(token["month2"] or month)
        elif token["kind"]:
            yield name[:40], token["kind"], [day for day in days if day.year == year]
            days = []
        elif token["name"]:
            name = token["name"]
        else:
            days = []


def _days(token: re.Match[str], year: int, month: int) -> list[date]:
    """The days of one date or span."""
    first = _day(token["year"], month, token["day"], token["note"], year)
    if not token["day2"]:
        return [first]
    year_of_last = token["year2"] or str(first.year)
    last = _day(year_of_last, int(token["month2"] or month), token["day2"], token["note2"], year)
    if last < first or (last - first).days > 31:
        raise ValidationError(_("“%(text)s” ends before it begins, or is too long.") % {"text": token["span"]})
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(stated_year: str | None, month: int, day: str, note: str | None, year: int) -> date:
    try:
        found = date(int(stated_year or year), month, int(day))
    except ValueError as error:
        raise ValidationError(_("There is no %(month)s-%(day)s.") % {"month": month, "day": day}) from error
    _check_weekday(found, note or "")
    return found


def _check_weekday(day: date, note: str) -> None:
    stated = re.search(rf"(?:周|星期)([{_WEEKDAYS}天])", note)
    if stated and stated[1].replace("天", "日") != _WEEKDAYS[day.weekday()]:
        sentence = _("%(day)s is no %(weekday)s: is this the notice of another year?")
        raise ValidationError(sentence % {"day": day, "weekday": stated[0]})
