"""What the plan of a cycle says beside its topics: purpose, the days of the four steps, groups, leaders, approvals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Organ, Person, Post
from deliberations.models import Cycle, CycleStation, CycleStep, Group, LeaderContact, NoticeReceipt, Resolution
from deliberations.policies.cycles import LEADING, can_run_cycle
from deliberations.transitions.machines import CYCLE, Verb
from deliberations.transitions.resolutions import Paper, resolve, told
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

#: Who approves a plan, in this order.
APPROVING = (
    Resolution.Body.PARTY_GROUP,
    Resolution.Body.COUNCIL_OF_CHAIRPERSONS,
    Resolution.Body.COUNTY_PARTY_COMMITTEE,
)
#: So long before the first meeting a cycle may begin.
LONGEST = timedelta(days=366)

Days = tuple[date, date]


@dataclass(frozen=True)
class GroupRow:
    """A row of the grouping table: who leads, who else goes, with which organs, and when."""

    name: str
    leader: Person
    members: str = ""
    organs: Sequence[Organ] = ()
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class StationRow:
    """A station of the table: the number of its group's row, its leaders, the day of its meeting."""

    group: int | None = None
    leaders: Sequence[Person] = ()
    planned_on: date | None = None


@transaction.atomic
def write_plan(cycle: Cycle, *, actor: Actor, version: int, purpose: str, requirements: str) -> Cycle:
    """What the plan is for and what it asks. Raises NotAllowed, Conflict, Stale, and Invalid when nothing changes."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.WRITE_PLAN)
    if (case.purpose, case.requirements) == (purpose, requirements):
        raise Invalid("purpose", "nothing_changed", _("Nothing is changed."))
    words = {"purpose": purpose, "requirements": requirements}
    record(case, CYCLE, Verb.WRITE_PLAN, actor=actor, fields=words)
    return case


@transaction.atomic
def plan_steps(cycle: Cycle, *, actor: Actor, version: int, days: Mapping[str, Days]) -> Cycle:
    """Plan the days of the steps named; a step that is not named has none any more.

    Raises NotAllowed, Conflict, Stale, and Invalid (the field is the step) for days in the wrong order or outside of
    the cycle, and for a step that begins before the one ahead of it.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.PLAN_STEPS)
    check_steps(days, case.first_meeting_on, last_meeting(case))
    before = {row.step: (row.starts_on, row.ends_on) for row in case.steps.all()}
    if before == dict(days):
        raise Invalid(next(iter(days), CycleStep.Step.TOPICS), "nothing_changed", _("Nothing is changed."))
    case.steps.all().delete()
    make_steps(case, days)
    changes = {step: _span(days[step]) if step in days else "—" for step in CycleStep.Step.values}
    record(case, CYCLE, Verb.PLAN_STEPS, actor=actor, changes=changes)
    return case


def check_steps(days: Mapping[str, Days], first_meeting_on: date, last: date) -> None:
    """Raise Invalid unless each step lies in the cycle, ends after it begins, and begins after the one before."""
    for step, (starts_on, ends_on) in days.items():
        if ends_on < starts_on:
            raise Invalid(step, "wrong_order", _("The last day lies before the first."))
        if starts_on < first_meeting_on - LONGEST or ends_on > last:
            outside = _("These days lie outside of the cycle, whose last meeting is planned for %(day)s.")
            raise Invalid(step, "outside", outside, day=last)
    named = [step for step in CycleStep.Step.values if step in days]
    for earlier, later in pairwise(named):
        if days[later][0] < days[earlier][0]:
            ahead = _("This step begins before the one ahead of it: %(step)s.")
            raise Invalid(later, "before_the_other", ahead, step=CycleStep.Step(earlier).label)


def last_meeting(cycle: Cycle) -> date:
    """The day of the last deliberation meeting as it is planned."""
    days = [day for day in cycle.stations.values_list("planned_on", flat=True) if day]
    return max([cycle.first_meeting_on, *days])


@transaction.atomic
def arrange(
    cycle: Cycle, *, actor: Actor, version: int, groups: Mapping[int, GroupRow], stations: Mapping[int, StationRow]
) -> Cycle:
    """Write the whole grouping table anew: groups by the number of their row, stations by the key of theirs.

    Raises NotAllowed, Conflict, Stale, and Invalid: ``g<n>_…`` for a group (its name twice, its leader twice, days in
    the wrong order or outside of the cycle), ``s<key>_…`` for a station (a leader twice, closed, a day before the
    first meeting).
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.ARRANGE)
    rows = {row.pk: row for row in case.stations.select_related("station").order_by("station__code")}
    _check_groups(case, groups)
    for pk, wanted in stations.items():
        if pk not in rows:
            raise Conflict("not_taking_part", _("A station was left out of the cycle meanwhile."))
        if wanted.group is not None and wanted.group not in groups:
            raise Invalid(f"s{pk}_group", "no_group", _("That row of the table is empty."))
        _check_station(case, rows[pk], wanted)
    made = _write_groups(case, groups)
    for pk, wanted in stations.items():
        _write_station(case, rows[pk], wanted, made)
    record(case, CYCLE, Verb.ARRANGE, actor=actor, changes=_told(groups, rows, stations))
    return case


@transaction.atomic
def record_approval(cycle: Cycle, paper: Paper, *, actor: Actor, version: int) -> Resolution:
    """Record that a body approved the plan on paper.

    Raises NotAllowed, Conflict, Stale, and Invalid for the paper, or when that body's approval is recorded already.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.RECORD_APPROVAL)
    if case.approvals.filter(body=paper.body).exists():
        raise Invalid("body", "approved", _("The approval of this body is recorded already; take it back first."))
    resolution = resolve(paper)
    case.approvals.add(resolution)
    record(case, CYCLE, Verb.RECORD_APPROVAL, actor=actor.recording(None, How.PAPER), changes=told(resolution))
    return resolution


@transaction.atomic
def drop_approval(resolution: Resolution, cycle: Cycle, *, actor: Actor, version: int, reason: str) -> None:
    """The approval was recorded by mistake; the paper itself stays. Raises NotAllowed, Conflict, Stale."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.DROP_APPROVAL)
    if not case.approvals.filter(pk=resolution.pk).exists():
        raise Conflict("not_there", _("This approval is not recorded any more."))
    case.approvals.remove(resolution)
    record(case, CYCLE, Verb.DROP_APPROVAL, actor=actor, reason=reason, changes=told(resolution))


def leaders_of_today() -> set[int]:
    """The keys of the people who can lead a group or have contact stations: the committee's own, in office today."""
    posts = Post.objects.current(clock.today()).filter(role__in=LEADING, user__status="ACTIVE")
    return set(posts.values_list("user__person", flat=True))


def _check_groups(case: Cycle, groups: Mapping[int, GroupRow]) -> None:
    names: set[str] = set()
    leaders: set[int] = set()
    last = last_meeting(case)
    for place, group in groups.items():
        if group.name in names:
            raise Invalid(f"g{place}_name", "twice", _("Two groups bear this name."))
        if group.leader.pk in leaders:
            raise Invalid(f"g{place}_leader", "twice", _("This leader leads two groups."))
        names.add(group.name)
        leaders.add(group.leader.pk)
        _check_days(case, place, group, last)


def _check_days(case: Cycle, place: int, group: GroupRow, last: date) -> None:
    field = f"g{place}_ends_on"
    if group.starts_on and group.ends_on and group.ends_on < group.starts_on:
        raise Invalid(field, "wrong_order", _("The last day lies before the first."))
    for name, day in (("starts_on", group.starts_on), ("ends_on", group.ends_on)):
        if day and not case.first_meeting_on - LONGEST <= day <= last + LONGEST:
            raise Invalid(f"g{place}_{name}", "outside", _("This day lies outside of the cycle."))


def _check_station(case: Cycle, row: CycleStation, wanted: StationRow) -> None:
    field = f"s{row.pk}"
    if len({person.pk for person in wanted.leaders}) < len(wanted.leaders):
        raise Invalid(f"{field}_second", "twice", _("This leader stands at the station twice."))
    is_new = wanted.group is not None and row.group_id is None
    if row.station.status == row.station.Status.CLOSED and is_new:
        raise Invalid(f"{field}_group", "closed", _("This station is not in use any more."))
    if wanted.planned_on and wanted.planned_on < case.first_meeting_on:
        raise Invalid(f"{field}_on", "before_first", _("The cycle's first meeting is planned for a later day."))


def _write_groups(case: Cycle, groups: Mapping[int, GroupRow]) -> dict[int, Group]:
    """The groups in their order; those that stay by name keep their row, so that nothing that leads to it breaks."""
    case.stations.update(group=None)
    known = {group.name: group for group in case.groups.all()}
    made = {}
    for place, wanted in groups.items():
        group = known.pop(wanted.name, None) or Group(cycle=case, name=wanted.name)
        group.leader, group.members = wanted.leader, wanted.members
        group.starts_on, group.ends_on = wanted.starts_on, wanted.ends_on
        group.save()
        group.organs.set(wanted.organs)
        made[place] = group
    for gone in known.values():
        gone.organs.clear()
        gone.delete()
    return made


def _write_station(case: Cycle, row: CycleStation, wanted: StationRow, groups: Mapping[int, Group]) -> None:
    row.group = None if wanted.group is None else groups[wanted.group]
    moved = wanted.planned_on != row.planned_on
    row.planned_on = wanted.planned_on
    row.save(update_fields=["group", "planned_on"])
    if moved:
        day = wanted.planned_on or case.first_meeting_on
        NoticeReceipt.objects.in_force(case).filter(station=row.station).update(meeting_on=day)
    contacts = case.leader_contacts.filter(station=row.station)
    contacts.exclude(person__in=[person.pk for person in wanted.leaders]).delete()
    there = set(contacts.values_list("person", flat=True))
    for person in wanted.leaders:
        if person.pk not in there:
            LeaderContact.objects.create(cycle=case, station=row.station, person=person)


def _told(
    groups: Mapping[int, GroupRow], rows: Mapping[int, CycleStation], stations: Mapping[int, StationRow]
) -> dict[str, list[str]]:
    """The table as the record keeps it: a line a group, and a line for each leader of a station."""
    lines = []
    for place, group in groups.items():
        of_group = [rows[pk].station.name for pk, wanted in stations.items() if wanted.group == place]
        lines.append(f"{group.name}({group.leader.name}): {'、'.join(of_group) or '—'}")
    contacts = [
        f"{rows[pk].station.name}: {'、'.join(person.name for person in wanted.leaders)}"
        for pk, wanted in stations.items()
        if wanted.leaders
    ]
    return {"groups": lines, "leaders": contacts}


def make_steps(cycle: Cycle, days: Mapping[str, Days]) -> None:
    """The rows of the planned days, as they were checked."""
    for step, (starts_on, ends_on) in days.items():
        CycleStep.objects.create(cycle=cycle, step=step, starts_on=starts_on, ends_on=ends_on)


def _span(days: Days) -> str:
    return f"{days[0].isoformat()} — {days[1].isoformat()}"
