"""The calendar of a year as it was announced; what it moves is shown first and applied as one act (D12)."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import ACCOUNT, Verb
from stations.transitions.reception_rules import recount
from suggestions.transitions.recounting import Shift, apply_calendar, shifts
from supervision import policies
from workflow.announcements import Announcement
from workflow.calendar import Calendar
from workflow.calendars import load_calendar
from workflow.engine import Invalid, lock, permit, record
from workflow.models import CalendarDay, CalendarYear


@dataclass(frozen=True)
class Loading:
    """A year about to be loaded: its days, where they were announced, and whether they were."""

    announcement: Announcement
    source: str
    standing: str


def moves(loading: Loading) -> list[Shift]:
    """The running limits whose dates would move."""
    return [shift for shift in shifts(_with(load_calendar(), loading)) if shift.moves]


@transaction.atomic
def load_year(loading: Loading, *, actor: Actor) -> list[Shift]:
    """Put the days of the year in the place of what was there, count every running limit once more, and move reception days that nobody announced yet.

    Returns the limits whose dates moved. Raises NotAllowed, or Invalid without a source.
    """
    permit(policies.can_set_rules(actor))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    if not loading.source.strip():
        raise Invalid("source", "required", _("Name the notice that announced these days."))
    _store(loading)
    calendar = load_calendar()
    moved = [shift for shift in apply_calendar(calendar, actor=actor) if shift.moves]
    receptions = recount(calendar, actor=actor)
    told = {
        "year": loading.announcement.year,
        "standing": loading.standing,
        "holidays": len(loading.announcement.holidays),
        "workdays": len(loading.announcement.workdays),
        "moved": len(moved),
        **({"receptions_moved": receptions} if receptions else {}),
    }
    record(account, ACCOUNT, Verb.LOAD_CALENDAR, actor=actor, reason=loading.source.strip(), changes=told)
    return moved


def _with(calendar: Calendar, loading: Loading) -> Calendar:
    """The calendar as it would be."""
    told = loading.announcement
    years = calendar.announced_years - {told.year}
    return replace(
        calendar,
        holidays=frozenset(day for day in calendar.holidays if day.year != told.year) | set(told.holidays),
        workdays=frozenset(day for day in calendar.workdays if day.year != told.year) | told.workdays,
        announced_years=years | {told.year} if loading.standing == CalendarYear.Standing.ANNOUNCED else years,
    )


def _store(loading: Loading) -> None:
    told = loading.announcement
    named = {"source": loading.source.strip(), "standing": loading.standing}
    year, _created = CalendarYear.objects.update_or_create(year=told.year, defaults=named)
    year.days.all().delete()
    off, worked = CalendarDay.Kind.HOLIDAY, CalendarDay.Kind.WORKDAY
    CalendarDay.objects.bulk_create(
        [CalendarDay(year=year, date=day, kind=off, name=name) for day, name in told.holidays.items()]
        + [CalendarDay(year=year, date=day, kind=worked) for day in sorted(told.workdays)]
    )
