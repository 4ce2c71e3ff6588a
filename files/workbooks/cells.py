"""What an office types into a cell, read as what it means. Pure functions; ValueError for what means nothing."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

#: Day 0 of Excel's serial numbers (its invented 29 February 1900 included).
_EPOCH = date(1899, 12, 30)
#: Serial numbers from 1927 to 2118; a smaller number is a year with a month, a larger one no date at all.
_SERIALS = range(10_000, 80_000)
_YEARS = range(1900, 2101)

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")
_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号.]?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?|(\d{4})(\d{2})")
_DASHES = str.maketrans("—–‐−。", "----.")
_NUMBER = re.compile(r"第?(\d{1,9})(?:\.0+)?[号件]?")
_SEPARATORS = re.compile(r"[、，,；;\n]")
_MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")


def as_text(value: Any) -> str:
    """The cell as Excel shows it, stripped; blanks inside stay, a number has no ".0", control characters go.

    >>> as_text("  汤  永 "), as_text(13960655795.0), as_text(2.5), as_text(None), as_text(date(2026, 3, 18))
    ('汤  永', '13960655795', '2.5', '', '2026-03-18')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).strip()


def as_person(value: Any) -> str:
    """A person's name, which offices pad to the width of three characters.

    >>> as_person("汤  永"), as_person(" 戴国磊　")
    ('汤永', '戴国磊')
    """
    return re.sub(r"\s+", "", as_text(value))


def as_day(value: Any) -> date | None:
    """A day in any of the usual styles, None for an empty cell. Raises ValueError for what is no day.

    >>> [str(as_day(cell)) for cell in ("2026.3.18", "2026年3月18日", "2026-03-18", "２０２６.０３.１８", 46099.0)]
    ['2026-03-18', '2026-03-18', '2026-03-18', '2026-03-18', '2026-03-18']
    """
    real = _real_day(value)
    if real is not None:
        return real
    text = _plain(_TIME.sub("", as_text(value)))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found:
        return _within(date(*(int(part) for part in found.groups() if part)))
    return _from_serial(text)


def as_month(value: Any) -> date | None:
    """The first day of a month; a day stands for its month, None for an empty cell.

    Raises ValueError for what is no month, and for the number 1990.1, which January and October both become.

    >>> [str(as_month(cell)) for cell in ("1955年1月", "1990.04", 1990.04, date(1988, 2, 19), "1990.10")]
    ['1955-01-01', '1990-04-01', '1990-04-01', '1988-02-01', '1990-10-01']
    """
    text = _plain(as_text(value))
    if isinstance(value, float) and text.endswith(".1"):
        raise ValueError(text)
    found = _MONTH.fullmatch(text)
    if found:
        year, month = (int(part) for part in found.groups() if part)
        return _within(date(year, month, 1))
    day = as_day(value)
    return day.replace(day=1) if day else None


def as_phone(value: Any) -> str:
    """A phone number: a mobile number as its eleven digits, any other as it is written, without blanks.

    >>> as_phone(13960655795.0), as_phone("１３９ 1712-6037"), as_phone("+86 13917126037"), as_phone("0319-5648915")
    ('13960655795', '13917126037', '13917126037', '0319-5648915')
    """
    text = _plain(as_text(value))
    mobile = _MOBILE.fullmatch(text.replace("-", ""))
    return mobile[1] if mobile else text


def as_digits(value: Any) -> int | None:
    """The number in a cell that is one: None for an empty cell. Raises ValueError for anything else.

    >>> [as_digits(cell) for cell in ("第001号", 2.0, "004", "００７", "")]
    [1, 2, 4, 7, None]
    """
    text = _plain(as_text(value))
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[1])


def as_names(value: Any) -> list[str]:
    """Names in one cell (D41): parted by 、，,；; or lines; with none of these, by blanks.

    A blank between two single characters pads a name and parts nothing.

    >>> as_names("袁  平,于凯超，蒋飞明"), as_names("县供电公司\\n县应急管理局"), as_names("汤  永 孟磊飞")
    (['袁平', '于凯超', '蒋飞明'], ['县供电公司', '县应急管理局'], ['汤永', '孟磊飞'])
    """
    text = as_text(value)
    if _SEPARATORS.search(text):
        return [name for part in _SEPARATORS.split(text) if (name := as_person(part))]
    return _rejoined(text.split())


def _rejoined(words: list[str]) -> list[str]:
    names: list[str] = []
    half = False
    for word in words:
        if half and len(word) == 1:
            names[-1] += word
            half = False
        else:
            names.append(word)
            half = len(word) == 1
    return names


def _plain(text: str) -> str:
    """As it can be compared: half-width, without blanks, with one kind of dash."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_DASHES)


def _real_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return _within(value.date())
    return _within(value) if isinstance(value, date) else None


def _from_serial(text: str) -> date:
    if not text.isdecimal() or int(text) not in _SERIALS:
        raise ValueError(text)
    return _EPOCH + timedelta(days=int(text))


def _within(day: date) -> date:
    if day.year not in _YEARS:
        raise ValueError(day)
    return day
