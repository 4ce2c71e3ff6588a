"""A training of a cycle with two stations and their deputies, at every point of its life."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Role
from deliberations.models import Attendance, Training
from deliberations.transitions import training as verbs
from tests.deliberations.cycle_factory import Round, make_round
from tests.factory import make_actor, make_mandate, make_person
from workflow import clock


class School:
    """A cycle; at its station a deputy with an account and one without, at the other station one more."""

    def __init__(self) -> None:
        self.round: Round = make_round()
        self.staff, self.liaison, self.other_liaison = self.round.staff, self.round.liaison, self.round.other_liaison
        self.station, self.other = self.round.station, self.round.other
        people = [make_person("周大爷"), make_person("王秀兰"), make_person("孙远山")]
        self.deputy = make_actor(Role.DEPUTY, person=people[0])
        self.far_deputy = make_actor(Role.DEPUTY, person=people[2])
        stations = (self.station, self.station, self.other)
        self.mandates = [make_mandate(person, station=place) for person, place in zip(people, stations, strict=True)]

    @property
    def version(self) -> int:
        """Of the cycle now."""
        return self.round.version

    def plan(self, days: int = 5, **options) -> Training:
        """By staff, so many days from today, central unless a station is named."""
        facts = {
            "title": "议政前培训", "on": clock.today() + timedelta(days), "place": "县人大会议室，9:00",
            "lecturer": "李老师", "content": "怎样走访选民", "hours": Decimal("1.5"), "station": None,
        }  # fmt: skip
        actor = options.pop("actor", self.staff)
        invited = options.pop("invited", None)
        plan = verbs.TrainingPlan(**(facts | options))
        return verbs.plan_training(self.round.cycle, plan, actor=actor, version=self.version, invited=invited)

    def line(self, training: Training, number: int = 0) -> Attendance:
        """The line of one of the deputies."""
        return training.attendance.select_related("training__cycle", "mandate__person").get(
            mandate=self.mandates[number]
        )
