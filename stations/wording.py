"""How rules, hours and reception days are said, on pages, on the wall and in a group."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stations.models import Duty, ReceptionDay, ReceptionRule
from workflow.text import said_day

_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
_WEEKS = ("一", "二", "三", "四")
_MONTHS = {"ALL": "每月", "ODD": "单月", "EVEN": "双月"}


def rule_in_words(rule: ReceptionRule) -> str:
    """A rule as people say it: 每月10日 9:00–11:00, 每次2名代表."""
    hours = f"{rule.starts_at:%H:%M}–{rule.ends_at:%H:%M}"
    if get_language() != "zh-hans":
        day = _("day %(day)s") % {"day": rule.day} if rule.day else _week_in_words(rule)
        told = {"months": rule.get_months_display(), "day": day, "hours": hours, "count": rule.deputies}
        return _("%(months)s, %(day)s, %(hours)s, %(count)s deputies") % told
    day = f"{rule.day}日" if rule.day else f"第{_WEEKS[(rule.week or 1) - 1]}个星期{_WEEKDAYS[rule.weekday or 0]}"
    return f"{_MONTHS[rule.months]}{day} {hours}，每次{rule.deputies}名代表"


def _week_in_words(rule: ReceptionRule) -> str:
    return _("weekday %(weekday)s of week %(week)s") % {"weekday": (rule.weekday or 0) + 1, "week": rule.week}


def spoken_hours(starts: time, ends: time) -> str:
    """Hours as they are said to somebody: 上午9点到11点; in English 09:00–11:00.

    >>> spoken_hours(time(9), time(11, 30))
    '09:00–11:30'
    """
    if get_language() != "zh-hans":
        return f"{starts:%H:%M}–{ends:%H:%M}"
    first, last = _half(starts), _half(ends)
    return f"{first}{_clock(starts)}到{last if last != first else ''}{_clock(ends)}"


def names_on_duty(duties: Iterable[Duty]) -> str:
    """Who is to come or came, without those who were replaced or are on leave."""
    there = (Duty.State.DUE, Duty.State.PRESENT)
    return "、".join(duty.mandate.person.name for duty in duties if duty.state in there)


def group_words(day: ReceptionDay, duties: Iterable[Duty]) -> str:
    """The public notice for a group in WeChat."""
    told: dict[str, Any] = {
        "station": day.station.name,
        "day": f"{said_day(day.on)}({date_format(day.on, 'l')})",
        "hours": spoken_hours(day.starts_at, day.ends_at),
        "place": day.place or day.station.name,
        "deputies": names_on_duty(duties) or "—",
    }
    return (
        _(
            "[Reception day] %(station)s: on %(day)s, %(hours)s, deputies receive voters at %(place)s. On duty: %(deputies)s."
        )
        % told
    )


def _half(hour: time) -> str:
    if hour.hour < 12:
        return "上午"
    return "中午" if hour.hour == 12 else "下午" if hour.hour < 18 else "晚上"


def _clock(hour: time) -> str:
    said = hour.hour if hour.hour <= 12 else hour.hour - 12
    minutes = {0: "点", 30: "点半"}.get(hour.minute, f"点{hour.minute:02}分")
    return f"{said}{minutes}"
