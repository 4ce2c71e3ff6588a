"""The rules by which reception days fall, and the days that they give, planned ahead from state.

A day that a rule gave and with which nobody did anything yet follows its rule and the calendar; whatever somebody
changed, announced or put on record stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from stations import policies
from stations.deadlines import AHEAD, days_of, moved
from stations.models import Duty, ReceptionDay, ReceptionRule, Station, Township
from stations.transitions.reception_machine import OF_STATION, ReceptionVerb
from stations.transitions.roster import fill
from workflow import clock
from workflow.calendar import DAY, Calendar
from workflow.calendars import load_calendar
from workflow.engine import Conflict, Invalid, lock, permit, record


@dataclass(frozen=True)
class RuleFacts:
    """A rule as it is set: a day of the month, or a weekday of a week of the month; from when to when, how many deputies."""

    starts_at: time
    ends_at: time
    months: str = ReceptionRule.Months.ALL
    day: int | None = None
    week: int | None = None
    weekday: int | None = None
    deputies: int = 2


@transaction.atomic
def set_rule(
    station: Station,
    facts: RuleFacts,
    *,
    actor: Actor,
    version: int,
    since: date,
    in_place_of: ReceptionRule | None = None,
) -> ReceptionRule:
    """Let reception days fall by a rule from a day on, in the place of another where one is named; plan the next ones.

    Raises NotAllowed, Conflict, Stale, and Invalid for a day that is over, impossible hours, no day or two days at
    once, or a rule that holds already.
    """
    case = _begin(station, ReceptionVerb.SET_RULE, actor, version)
    _check(case, facts, since, in_place_of)
    if in_place_of is not None:
        _end(case, in_place_of, since - DAY)
    rule = ReceptionRule.objects.create(station=case, since=since, **asdict(facts))
    told = {"rule": in_words(rule), "since": since}
    record(case, OF_STATION, ReceptionVerb.SET_RULE, actor=actor, changes=told)
    _plan(case, actor, load_calendar())
    return rule


@transaction.atomic
def end_rule(rule: ReceptionRule, *, actor: Actor, version: int, until: date) -> ReceptionRule:
    """End a rule; ``until`` is its last day. Days after it that nobody touched go.

    Raises NotAllowed, Conflict, Stale, and Invalid for a day before the rule began or one that is over.
    """
    case = _begin(rule.station, ReceptionVerb.END_RULE, actor, version)
    fresh = ReceptionRule.objects.get(pk=rule.pk)
    if fresh.until is not None and fresh.until < clock.today():
        raise Conflict("rule_over", _("This rule has ended already."))
    if until < fresh.since:
        raise Invalid("until", "before_start", _("The rule begins on %(day)s only."), day=fresh.since)
    if until < clock.today():
        raise Invalid("until", "past", _("This day is over."))
    gone = _end(case, fresh, until)
    told = {"rule": in_words(fresh), "until": until, "days_removed": gone}
    record(case, OF_STATION, ReceptionVerb.END_RULE, actor=actor, changes=told)
    return fresh


@transaction.atomic
def plan_days(station: Station, *, actor: Actor, version: int | None = None) -> list[ReceptionDay]:
    """Plan what the station's rules give for the next three months and put deputies on duty in turn; the new days.

    From state: a second run finds nothing to do and leaves no event. Raises NotAllowed, Conflict, Stale.
    """
    return _plan(_begin(station, ReceptionVerb.PLAN_DAYS, actor, version), actor, load_calendar())


def sweep() -> int:
    """Plan ahead at every station in use; how many days are new."""
    rules = ReceptionRule.objects.in_force(clock.today()).values("station")
    planned = ReceptionDay.objects.upcoming(clock.today()).values("station")
    stations = Station.objects.filter(status=Station.Status.ACTIVE)
    return sum(
        len(plan_days(station, actor=SYSTEM))
        for station in stations.filter(pk__in=rules) | stations.filter(pk__in=planned)
    )


@transaction.atomic
def recount(calendar: Calendar, *, actor: Actor) -> int:
    """Move the days that rules gave and nobody touched to where a new calendar puts them; how many moved.

    The caller has asked whether the calendar may be loaded.
    """
    rows = ReceptionDay.objects.untouched().filter(on__gt=clock.today()).order_by("on", "pk")
    by_station: dict[int, list[ReceptionDay]] = {}
    for day in rows:
        by_station.setdefault(day.station_id, []).append(day)
    stations = Station.objects.in_bulk(by_station)
    return sum(_recount(stations[pk], days, calendar, actor) for pk, days in sorted(by_station.items()))


@transaction.atomic
def set_market_days(station: Station, *, actor: Actor, version: int, digits: Sequence[int], lunar: bool) -> Township:
    """Enter on which days there is a market in the station's township, by their last digits; it stands in the station's record.

    Raises NotAllowed, Conflict, Stale, and Invalid for what is no digit.
    """
    case = _begin(station, ReceptionVerb.SET_MARKET_DAYS, actor, version)
    if any(digit not in range(10) for digit in digits):
        raise Invalid("digits", "no_digit", _("A market day is named by its last digit, 0 to 9."))
    township = Township.objects.get(pk=case.township_id)
    township.market_days, township.market_lunar = sorted(set(digits)), lunar
    township.save(update_fields=["market_days", "market_lunar"])
    told = {"market_days": "、".join(map(str, township.market_days)), "market_lunar": lunar}
    record(case, OF_STATION, ReceptionVerb.SET_MARKET_DAYS, actor=actor, changes=told)
    return township


def in_words(rule: ReceptionRule) -> str:
    """The rule as the record keeps it: months, day or week and weekday, hours, and how many deputies."""
    day = str(rule.day) if rule.day else f"{rule.week}/{(rule.weekday or 0) + 1}"
    return f"{rule.months} {day} {rule.starts_at:%H:%M}–{rule.ends_at:%H:%M} ×{rule.deputies}"


def _begin(station: Station, verb: str, actor: Actor, version: int | None) -> Station:
    case = lock(station, version=version)
    permit(policies.can_keep_receptions(actor, case))
    OF_STATION.require(case, verb)
    return case


def _check(station: Station, facts: RuleFacts, since: date, in_place_of: ReceptionRule | None) -> None:
    if since < clock.today():
        raise Invalid("since", "past", _("This day is over."))
    if facts.ends_at <= facts.starts_at:
        raise Invalid("ends_at", "before_start", _("It cannot end before it begins."))
    by_day, by_week = facts.day is not None, facts.week is not None and facts.weekday is not None
    if by_day == by_week:
        raise Invalid("day", "one_day", _("Name a day of the month, or a week and a weekday, not both."))
    others = station.reception_rules.in_force(since).exclude(pk=in_place_of.pk if in_place_of else None)
    same = {name: getattr(facts, name) for name in ("months", "day", "week", "weekday")}
    if others.filter(**same).exists():
        raise Invalid("day", "same_rule", _("This rule holds at the station already."))


def _end(case: Station, rule: ReceptionRule, until: date) -> int:
    """Let the rule end, and take away what it gave for later and nobody touched; how many days."""
    ReceptionRule.objects.filter(pk=rule.pk).update(until=until)
    later = max(until, clock.today())
    days = [day for day in case.reception_days.untouched().filter(rule=rule) if (day.moved_from or day.on) > later]
    Duty.objects.filter(day__in=days).delete()
    ReceptionDay.objects.filter(pk__in=[day.pk for day in days]).delete()
    return len(days)


def _plan(case: Station, actor: Actor, calendar: Calendar) -> list[ReceptionDay]:
    today = clock.today()
    made, replaced = [], _replace_who_left(case, today)
    for rule in case.reception_rules.in_force(today).order_by("since", "pk"):
        known = {day.moved_from or day.on for day in rule.days.all()}
        for day in days_of(rule, today + DAY, today + AHEAD):
            if day not in known:
                made += _plan_day(case, rule, day, moved(day, calendar))
    if made or replaced:
        told = {"days": "、".join(day.on.isoformat() for day in made)}
        told |= {"replaced": "、".join(replaced)} if replaced else {}
        record(case, OF_STATION, ReceptionVerb.PLAN_DAYS, actor=actor, changes=told)
    return made


def _plan_day(case: Station, rule: ReceptionRule, day: date, on: date) -> list[ReceptionDay]:
    """The day with its duties, unless the station receives on that day already."""
    if case.reception_days.standing().filter(on=on).exists():
        return []
    hours: dict[str, Any] = {"starts_at": rule.starts_at, "ends_at": rule.ends_at}
    planned = ReceptionDay.objects.create(
        station=case, rule=rule, on=on, moved_from=day if on != day else None, place=case.address[:80], **hours
    )
    fill(planned, rule.deputies)
    return [planned]


def _replace_who_left(case: Station, today: date) -> list[str]:
    """Whoever is suspended or out of office by the day of a duty that is not announced yet is replaced in turn.

    The names of who left.
    """
    coming = Duty.objects.due().filter(day__station=case, day__on__gt=today, day__posted_on=None)
    rows = coming.select_related("mandate__term", "mandate__person", "day__station").order_by("day__on", "pk")
    left = [row for row in rows if not row.mandate.is_active(row.day.on)]
    for row in left:
        wanted = row.day.duties.filter(state=Duty.State.DUE).count()
        row.delete()
        fill(row.day, wanted)
    return [row.mandate.person.name for row in left]


def _recount(station: Station, days: Iterable[ReceptionDay], calendar: Calendar, actor: Actor) -> int:
    case = lock(station)
    shifted = []
    for day in days:
        wanted = day.moved_from or day.on
        on = moved(wanted, calendar)
        taken = case.reception_days.standing().filter(on=on).exclude(pk=day.pk).exists()
        if on == day.on or on <= clock.today() or taken:
            continue
        shifted.append(f"{day.on} → {on}")
        ReceptionDay.objects.filter(pk=day.pk).update(on=on, moved_from=wanted if on != wanted else None)
    if shifted:
        record(
            case,
            OF_STATION,
            ReceptionVerb.RECOUNT_DAYS,
            actor=actor,
            changes={"moved": "；".join(shifted)},
        )
    return len(shifted)
