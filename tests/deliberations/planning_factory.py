"""A cycle's plan filled in, by the verbs."""

from datetime import timedelta

from accounts.actor import Actor
from accounts.models import Person, Role
from deliberations.models import Cycle, CycleStep
from deliberations.transitions import planning
from deliberations.transitions.planning import GroupRow, StationRow
from deliberations.transitions.resolutions import Paper
from tests.deliberations.cycle_factory import Round
from tests.factory import make_actor, make_person
from workflow import clock


def make_leader(name: str = "李主任", role: str = Role.DEPUTY_CHAIRPERSON) -> Actor:
    """A leader of the standing committee, in office."""
    return make_actor(role, person=make_person(name))


def person_of(actor: Actor) -> Person:
    """Who it is."""
    return actor.user.person


def row_of(round_: Round, station=None):
    """The station's row in the cycle."""
    return round_.cycle.stations.get(station=station or round_.station)


def arranged(round_: Round, leader: Actor, **options) -> Cycle:
    """One group with both stations, the first with a contact leader of its own."""
    first, second = row_of(round_), row_of(round_, round_.other)
    day = round_.cycle.first_meeting_on
    words = {
        "groups": {0: GroupRow("第一组", person_of(leader), "周明、吴静", (), day, day + timedelta(3))},
        "stations": {first.pk: StationRow(0, [person_of(leader)]), second.pk: StationRow(0)},
    }
    return planning.arrange(round_.cycle, actor=round_.staff, version=round_.version, **(words | options))


def planned(round_: Round, **days) -> Cycle:
    """The four steps, each ten days, up to the first meeting."""
    steps = dict(days) or {
        step.value: (clock.today() + timedelta(10 * place), clock.today() + timedelta(10 * place + 9))
        for place, step in enumerate(CycleStep.Step)
    }
    return planning.plan_steps(round_.cycle, actor=round_.staff, version=round_.version, days=steps)


def approved(round_: Round, body: str = "PARTY_GROUP", number: str = "党组纪要1号") -> None:
    """By that body, today."""
    paper = Paper(number, clock.today(), body)
    planning.record_approval(round_.cycle, paper, actor=round_.staff, version=round_.version)
