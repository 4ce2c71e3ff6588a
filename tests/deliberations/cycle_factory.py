"""A round of deliberation at every point of its preparation, brought there by the verbs themselves."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Cycle, Notice, NoticeReceipt, Topic
from deliberations.transitions import cycles, notices, preparation, topics
from stations.models import Station
from tests.factory import make_actor, make_station
from workflow import clock


@dataclass
class Round:
    """A cycle with two stations, whoever runs them, and staff."""

    cycle: Cycle
    staff: Actor
    liaison: Actor
    other_liaison: Actor
    station: Station
    other: Station

    @property
    def version(self) -> int:
        """The present version of the cycle."""
        return Cycle.objects.values_list("version", flat=True).get(pk=self.cycle.pk)


def paper(number: str = "县人大主任会议纪要〔2026〕3号", on: date | None = None) -> topics.Paper:
    """Minutes of the council of chairpersons."""
    return topics.Paper(number, on or clock.today())


def make_round(days_ahead: int = 60, title: str = "农村供水议政活动") -> Round:
    """Planned, with its first meeting so many days from today."""
    staff, stations = make_actor(Role.COMMITTEE_STAFF), [make_station(), make_station()]
    cycle = cycles.plan_cycle(
        actor=staff,
        title=title,
        first_meeting_on=clock.today() + timedelta(days_ahead),
        stations=stations,
    )
    liaisons = [make_actor(Role.STATION, station=station) for station in stations]
    return Round(cycle, staff, *liaisons, *stations)


def propose(round_: Round, title: str = "农村供水") -> Topic:
    """Into the pool."""
    facts = topics.TopicFacts(title, Topic.Source.PUBLIC_HOT_ISSUE, "群众反映集中", "县人大农业农村工委")
    return topics.add_topic(round_.cycle, facts, actor=round_.staff, version=round_.version)


def select(round_: Round, *chosen: Topic, minutes: topics.Paper | None = None) -> None:
    """As the council of chairpersons resolved."""
    topics.select_topics(round_.cycle, list(chosen), minutes or paper(), actor=round_.staff, version=round_.version)


def move_on(round_: Round) -> Cycle:
    """The next step."""
    round_.cycle = cycles.move_on(round_.cycle, actor=round_.staff, version=round_.version)
    return round_.cycle


def mobilised(days_ahead: int = 60) -> Round:
    """With one topic selected."""
    round_ = make_round(days_ahead)
    select(round_, propose(round_))
    move_on(round_)
    return round_


def issue(round_: Round, **options: object) -> Notice:
    """To every station that has none."""
    words = {"title": "关于开展代表议政活动的通知", "text": "请提前走访。"}
    return notices.issue_notice(round_.cycle, actor=round_.staff, version=round_.version, **(words | options))


def receipt_of(station: Station, notice: Notice) -> NoticeReceipt:
    """The notice at that station, as the database has it."""
    return NoticeReceipt.objects.select_related("notice__cycle", "station", "received_by").get(
        station=station, notice=notice
    )


def training(**options: object) -> preparation.TrainingFacts:
    """A central training of today."""
    facts = {
        "title": "履职培训", "on": clock.today(), "place": "县人大会议室", "lecturer": "李老师",
        "content": "怎样走访选民", "hours": Decimal("1.5"), "due": 30, "present": 28,
    }  # fmt: skip
    return preparation.TrainingFacts(**(facts | options))
