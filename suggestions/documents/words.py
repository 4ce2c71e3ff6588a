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


def numeral(number: int) -> str:
    """A number below a hundred in Chinese.

    >>> numeral(5), numeral(10), numeral(18), numeral(20), numeral(21)
    ('五', '十', '十八', '二十', '二十一')
    """
    tens, units = divmod(number, 10)
    before = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{before}{_DIGITS[units] if units or not tens else ''}"


def official(name: str) -> str:
    """An organ as its letters name it: what the list calls 县…, the letter head calls by the county's name."""
    county = str(settings.COUNTY_NAME)
    return f"{county}{name[1:]}" if name.startswith("县") and county.endswith("县") else name


def commission() -> str:
    """Who hands over and receives the opinion forms: the committee's working body, under the county's name."""
    return f"{settings.COUNTY_NAME}人大常委会代表工作委员会"
