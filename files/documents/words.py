"""Words as official documents write them."""

from datetime import date

from django.conf import settings

_DIGITS = "零一二三四五六七八九"


def day(on: date | None) -> str | None:
    """A day as letters bear it.

    >>> day(date(2026, 3, 6))
    '2026年3月6日'
    """
    return f"{on.year}年{on.month}月{on.day}日" if on else None


def span(first: date | None, last: date | None) -> str | None:
    """From a day to a day; a year and a month that both share stand once.

    >>> span(date(2026, 3, 6), date(2026, 3, 9)), span(date(2026, 3, 6), date(2026, 4, 1)), span(None, None)
    ('2026年3月6日至9日', '2026年3月6日至4月1日', None)
    """
    if first is None or last is None or first == last:
        return day(first or last)
    if first.year != last.year:
        return f"{day(first)}至{day(last)}"
    return f"{day(first)}至{last.day}日" if first.month == last.month else f"{day(first)}至{last.month}月{last.day}日"


def numeral(number: int) -> str:
    """A number below a hundred in Chinese.

    >>> numeral(5), numeral(10), numeral(18), numeral(20), numeral(21)
    ('五', '十', '十八', '二十', '二十一')
    """
    tens, units = divmod(number, 10)
    before = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{before}{_DIGITS[units] if units or not tens else ''}"


def commission() -> str:
    """The committee's working body that runs the deputies' work, under the county's name."""
    return f"{settings.COUNTY_NAME}人大常委会代表工作委员会"
