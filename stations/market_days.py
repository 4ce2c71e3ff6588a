"""On which days there is a market (逢集): by the last digit of the day, of the lunar calendar where that is customary."""

from datetime import date

from borax.calendars.lunardate import LunarDate

from stations.models import Township

_DIGITS = "十一二三四五六七八九"


def lunar_words(day: date) -> str:
    """The day by the lunar calendar, on the first of a month with its month.

    >>> lunar_words(date(2026, 2, 17)), lunar_words(date(2026, 11, 24))
    ('正月', '十六')
    """
    told = LunarDate.from_solar(day)
    return f"{told.cn_month}月" if told.day == 1 else told.cn_day


def is_market_day(township: Township, day: date) -> bool:
    """Whether there is a market in the township on that day."""
    number = LunarDate.from_solar(day).day if township.market_lunar else day.day
    return number % 10 in township.market_days


def in_words(township: Township) -> str:
    """As people say it: 逢三八; empty where no market is known.

    >>> in_words(Township(market_days=[3, 8], market_lunar=True))
    '农历逢三八'
    """
    if not township.market_days:
        return ""
    said = "".join(_DIGITS[digit] for digit in sorted(township.market_days, key=lambda digit: digit or 10))
    return f"{'农历' if township.market_lunar else '公历'}逢{said}"
