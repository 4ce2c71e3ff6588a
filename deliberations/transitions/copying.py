"""A new cycle after the pattern of an earlier one (R21): its stations, groups, leaders and days, never its topics.

The draft says what would be taken over and what would not, so that it can be read before anything is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.models import Person
from deliberations.models import Cycle, CycleStation, CycleStep, Group, LeaderContact
from deliberations.policies.cycles import can_run_cycle
from deliberations.transitions.cycles import plan_cycle
from deliberations.transitions.planning import Days, check_steps, leaders_of_today, make_steps
from stations.models import Station
from workflow import clock
from workflow.calendar import Calendar
from workflow.calendars import load_calendar
from workflow.engine import Invalid, permit


@dataclass(frozen=True)
class GroupDraft:
    """A group as it would be; ``former`` is the row it comes from."""

    former: Group
    starts_on: date | None
    ends_on: date | None


@dataclass
class Draft:
    """What a copy of a cycle would hold, and in sentences what was left out and why."""

    cycle: Cycle
    first_meeting_on: date
    steps: dict[str, Days] = field(default_factory=dict)
    groups: list[GroupDraft] = field(default_factory=list)
    #: Each station with its former row and its new day, if it has one of its own.
    stations: list[tuple[CycleStation, date | None]] = field(default_factory=list)
    contacts: list[LeaderContact] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    #: Whether offices are closed on the day of the first meeting.
    on_day_off: bool = False

    @property
    def step_rows(self) -> list[dict[str, Any]]:
        """The steps by their names."""
        return [{"label": CycleStep.Step(step).label, "days": days} for step, days in self.steps.items()]


def draft(cycle: Cycle, first_meeting_on: date) -> Draft:
    """The copy of a cycle as it would be with its first meeting on that day.

    Days are moved by the difference of the first meetings, and on to the next working day. Raises Invalid for a day
    that is over.
    """
    if first_meeting_on < clock.today():
        raise Invalid("first_meeting_on", "past", gettext_lazy("This day is over."))
    calendar, moved = load_calendar(), first_meeting_on - cycle.first_meeting_on
    made = Draft(cycle, first_meeting_on, on_day_off=not calendar.is_working(first_meeting_on))
    in_office = leaders_of_today()
    _draft_stations(made, calendar, moved)
    _draft_steps(made, calendar, moved)
    _draft_groups(made, calendar, moved, in_office)
    _draft_contacts(made, in_office)
    return made


@transaction.atomic
def copy_cycle(cycle: Cycle, *, actor: Actor, title: str, first_meeting_on: date) -> tuple[Cycle, list[str]]:
    """A new cycle after the pattern of this one, and the sentences that say what was left out.

    Raises NotAllowed, and Invalid as ``plan_cycle``, or when no station of the cycle is in use any more.
    """
    permit(can_run_cycle(actor))
    planned = draft(cycle, first_meeting_on)
    stations = [row.station for row, _day in planned.stations]
    if not stations:
        raise Invalid("title", "no_station", gettext_lazy("No station of that cycle is in use any more."))
    made = plan_cycle(
        actor=actor, title=title, first_meeting_on=first_meeting_on, stations=stations,
        policy_basis=cycle.policy_basis, purpose=cycle.purpose, requirements=cycle.requirements, copied_from=cycle,
        left_out=planned.left_out,
    )  # fmt: skip
    make_steps(made, planned.steps)
    _copy_groups(made, planned)
    LeaderContact.objects.bulk_create(
        LeaderContact(cycle=made, station=row.station, person=row.person) for row in planned.contacts
    )
    return made, planned.left_out


def _draft_stations(made: Draft, calendar: Calendar, moved: timedelta) -> None:
    rows = made.cycle.stations.select_related("station", "group").order_by("station__code")
    closed = [row.station.name for row in rows if row.station.status == Station.Status.CLOSED]
    made.stations = [
        (row, _shifted(calendar, row.planned_on, moved, made.first_meeting_on))
        for row in rows
        if row.station.status != Station.Status.CLOSED
    ]
    if closed:
        made.left_out.append(_("Not in use any more: %(stations)s.") % {"stations": "、".join(closed)})


def _draft_steps(made: Draft, calendar: Calendar, moved: timedelta) -> None:
    days: dict[str, Days] = {}
    last = max([made.first_meeting_on, *_days(made)])
    for row in made.cycle.steps.order_by("starts_on", "pk"):
        # pushed over a holiday, a step still ends by the last meeting
        starts_on = min(calendar.next_working(row.starts_on + moved), last)
        days[row.step] = starts_on, max(starts_on, min(calendar.next_working(row.ends_on + moved), last))
    try:
        check_steps(days, made.first_meeting_on, last)
    except Invalid:
        # half a plan would be taken for a whole one
        made.left_out.append(_("The days of the steps do not fit the new year; please plan them anew."))
    else:
        made.steps = days


def _draft_groups(made: Draft, calendar: Calendar, moved: timedelta, in_office: set[int]) -> None:
    for group in made.cycle.groups.select_related("leader").prefetch_related("organs__successor"):
        if group.leader_id not in in_office:
            told = {"group": group.name, "leader": group.leader.name}
            made.left_out.append(_("%(group)s: its leader %(leader)s is not in office any more.") % told)
            continue
        starts_on = _shifted(calendar, group.starts_on, moved)
        ends_on = _shifted(calendar, group.ends_on, moved)
        made.groups.append(GroupDraft(group, starts_on, max(starts_on, ends_on) if starts_on and ends_on else ends_on))


def _draft_contacts(made: Draft, in_office: set[int]) -> None:
    stations = {row.station_id for row, _day in made.stations}
    contacts = made.cycle.leader_contacts.select_related("person", "station").filter(station__in=stations)
    gone: dict[Person, list[str]] = {}
    for row in contacts:
        if row.person_id in in_office:
            made.contacts.append(row)
        else:
            gone.setdefault(row.person, []).append(row.station.name)
    for person, names in gone.items():
        told = {"leader": person.name, "stations": "、".join(names)}
        made.left_out.append(_("%(leader)s is not in office any more; without a leader: %(stations)s.") % told)


def _copy_groups(made: Cycle, planned: Draft) -> None:
    new: dict[int, Group] = {}
    for row in planned.groups:
        former = row.former
        group = Group.objects.create(
            cycle=made, name=former.name, leader=former.leader, members=former.members, starts_on=row.starts_on,
            ends_on=row.ends_on,
        )  # fmt: skip
        # what went over into another organ is asked there
        group.organs.set({organ.present for organ in former.organs.all()})
        new[former.pk] = group
    rows = {row.station_id: row for row in made.stations.all()}
    for before, day in planned.stations:
        place = rows[before.station_id]
        place.group, place.planned_on = new.get(before.group_id or 0), day
        place.save(update_fields=["group", "planned_on"])


def _shifted(calendar: Calendar, day: date | None, moved: timedelta, earliest: date | None = None) -> date | None:
    """The day in the new cycle, on a working day, and not before the first meeting where that is asked."""
    if day is None:
        return None
    new = calendar.next_working(day + moved)
    return max(new, earliest) if earliest else new


def _days(made: Draft) -> Sequence[Any]:
    return [day for _row, day in made.stations if day]
