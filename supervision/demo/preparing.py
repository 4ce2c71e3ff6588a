"""The preparation of a round of deliberation: topics, notices, training, publicity."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from deliberations.models import Cycle, CycleStation, Notice, NoticeReceipt, Topic
from deliberations.transitions import cycles, notices, preparation, topics
from deliberations.transitions.resolutions import Paper
from deliberations.transitions.topics import TopicFacts
from stations.models import Station, StationStaff
from supervision.demo import cycle_words as words
from supervision.demo import planning
from supervision.demo.keys import minutes
from supervision.demo.moments import Moments
from supervision.demo.spoken import CANCELLED, MEETINGS, PLANNED
from supervision.demo.story import Cast
from workflow import clock

#: Days before today: planned, decided by the council, first told to the stations, told once more, taken in late.
BEGAN, DECIDED, TOLD, TOLD_AGAIN = 92, 88, 84, 83
#: The stations that take part from the beginning; nobody has gone to voters at the last of them.
STATIONS = ("JZ01", "JZ02", "JZ03", "JZ04", "JZ05", "JZ08")
SILENT = "JZ08"
#: The station that was taken in late, and how many days ahead it was told.
LATE, DAYS_AHEAD = "JZ12", 26
#: How the stations confirmed: by telephone to staff, but for the demo's own home.
CONFIRMED, CONVEYED = 81, 79
FIRST = MEETINGS[0].ago


class Preparation:
    """One round while it is prepared; ``cycle`` is read anew for every act."""

    def __init__(self, cast: Cast, moments: Moments) -> None:
        self.cast, self.moments = cast, moments
        self.pk = 0
        #: By the key of the topic.
        self.topics: dict[str, Topic] = {}

    @property
    def cycle(self) -> Cycle:
        """The cycle as it stands now."""
        return Cycle.objects.get(pk=self.pk)

    def plan(self, ago: int, title: str, first: int, codes: Sequence[str]) -> None:
        """Staff plan it, the first meeting ``first`` days ago."""
        with self.moments.at(ago):
            stations = list(Station.objects.filter(code__in=codes).order_by("code"))
            facts: dict[str, Any] = {"title": title, "policy_basis": words.BASIS, "stations": stations}
            day = self.moments.day(first) if first > 0 else self.moments.ahead(-first)
            self.pk = cycles.plan_cycle(actor=self.cast["staff"], first_meeting_on=day, **facts).pk

    def act(self, ago: int, verb: Any, *about: Any, **facts: Any) -> Any:
        """Staff do it."""
        with self.moments.at(ago, self.cycle):
            return verb(self.cycle, *about, actor=self.cast["staff"], version=self.cycle.version, **facts)

    def propose(self, ago: int, proposed: Mapping[str, TopicFacts]) -> None:
        """Topics are proposed."""
        self.topics |= {key: self.act(ago, topics.add_topic, facts) for key, facts in proposed.items()}

    def select(self, ago: int, keys: Sequence[str], paper: Paper) -> None:
        """The council selects some of them, and the stations are mobilised."""
        self.act(ago, topics.select_topics, [self.topics[key] for key in keys], paper)
        for key in keys:
            self.topics[key].refresh_from_db()

    def drop(self, ago: int, key: str, paper: Paper, reason: str) -> None:
        """The council does not select one."""
        with self.moments.at(ago, self.cycle):
            facts: dict[str, Any] = {"version": self.cycle.version, "reason": reason}
            topics.drop_topic(self.topics[key], paper, actor=self.cast["staff"], **facts)

    def move_on(self, ago: int) -> None:
        """The next step begins."""
        self.act(ago, cycles.move_on)

    def issue(self, ago: int, **late: str) -> Notice:
        """The notice goes to whoever has none in force."""
        told = {"title": words.NOTICE_TITLE, "text": words.NOTICE, **late}
        return self.act(ago, notices.issue_notice, **told)  # type: ignore[no-any-return]

    def confirm(self, notice: Notice, received: int, conveyed: int | None, *, silent: str = "") -> None:
        """Stations confirm and convey it: the demo's home by a click, the others by telephone to staff."""
        for receipt in notice.receipts.select_related("station", "notice__cycle").exclude(station__code=silent):
            self._receive(receipt, received)
            if conveyed is not None:
                self._convey(receipt, conveyed)

    def train(self) -> None:
        """Trainings and publicity."""
        for ago, code, title, place, lecturer, content, hours, due, present in words.TRAININGS:
            station = Station.objects.get(code=code) if code else None
            with self.moments.at(ago, self.cycle):
                facts = preparation.TrainingFacts(
                    title, clock.today(), place, lecturer, content, Decimal(hours), due, present, station
                )
                about: dict[str, Any] = {"actor": self.cast["staff"], "version": self.cycle.version}
                preparation.record_training(self.cycle, facts, **about)

    def publish(self) -> None:
        """The topics are made known to the public."""
        chosen = [topic for topic in self.topics.values() if topic.status == Topic.Status.SELECTED]
        for ago, channel, title, reach in words.PUBLICITY:
            about: dict[str, Any] = {"channel": channel, "title": title, "reach": reach, "topics": chosen}
            self.act(ago, preparation.record_publicity, on=self.moments.day(ago), **about)

    def _receive(self, receipt: NoticeReceipt, ago: int) -> None:
        with self.moments.at(ago, self.cycle):
            if own := self._liaison(receipt):
                notices.receive_notice(receipt, actor=own)
            else:
                duty = StationStaff.Duty.LIAISON
                row = receipt.station.staff.select_related("person").get(duty=duty, until=None)
                notices.record_receipt(receipt, actor=self.cast["staff"], by=row.person)

    def _convey(self, receipt: NoticeReceipt, ago: int) -> None:
        with self.moments.at(ago, self.cycle):
            actor = self._liaison(receipt) or self.cast["staff"]
            notices.convey_notice(receipt, actor=actor, on=clock.today())

    def _liaison(self, receipt: NoticeReceipt) -> Any:
        own = self.cast["station"]
        runs = StationStaff.objects.filter(station=receipt.station, person=own.person_id, until=None)
        return own if runs.exists() else None


def prepare(cast: Cast, moments: Moments) -> Preparation:
    """The running round until the day before its first meeting."""
    story = Preparation(cast, moments)
    first = moments.day(FIRST)
    story.plan(BEGAN, f"{first.year}年代表议政活动", FIRST, STATIONS)
    proposed = {"water": words.WATER, "school": words.SCHOOL, "firms": words.FIRMS, "parking": words.PARKING}
    story.propose(BEGAN - 1, proposed)
    planning.words(story, BEGAN - 2)
    paper = minutes(moments, DECIDED)
    story.select(DECIDED, ("water", "school", "firms"), paper)
    story.drop(DECIDED, "parking", paper, words.DROPPED)
    planning.approve(story, DECIDED, paper)
    _plan_days(story)
    planning.arrange(story, DECIDED - 1)
    story.move_on(DECIDED - 1)
    _notify(story)
    story.train()
    story.publish()
    planning.hand_out(story, CONVEYED)
    _take_in_late(story)
    return story


def propose_next(cast: Cast, moments: Moments) -> None:
    """The next round is only thought of: two topics, nothing decided."""
    story = Preparation(cast, moments)
    story.plan(8, "民生实事专题议政活动", -100, ("JZ03", "JZ04", "JZ11"))
    story.propose(6, {facts.title: facts for facts in words.NEXT})


def _plan_days(story: Preparation) -> None:
    """Each station its day, the first of them that of the cycle."""
    days = {met.station: story.moments.day(met.ago) for met in MEETINGS[1:] if met.station in STATIONS}
    days |= {code: story.moments.ahead(days) for code, days, _place, _chair in PLANNED}
    days[CANCELLED[0]] = story.moments.day(CANCELLED[1])
    days[SILENT] = story.moments.ahead(20)
    for code, day in sorted(days.items()):
        _plan_day(story, DECIDED - 1, code, day)


def _plan_day(story: Preparation, ago: int, code: str, day: Any) -> None:
    row = CycleStation.objects.select_related("cycle", "station").get(cycle=story.pk, station__code=code)
    with story.moments.at(ago, story.cycle):
        cycles.plan_meeting(row, actor=story.cast["staff"], version=story.cycle.version, planned_on=day)


def _notify(story: Preparation) -> None:
    """A first notice is withdrawn, the second received by all but one and conveyed by most."""
    first = story.issue(TOLD)
    with story.moments.at(TOLD_AGAIN, story.cycle):
        about: dict[str, Any] = {"version": story.cycle.version, "reason": words.WITHDRAWN}
        notices.withdraw_notice(first, actor=story.cast["staff"], **about)
    second = story.issue(TOLD_AGAIN)
    story.confirm(second, CONFIRMED, CONVEYED, silent=SILENT)
    story.move_on(CONVEYED - 1)


def _take_in_late(story: Preparation) -> None:
    """A station taken in with less than a month to its meeting, as somebody agreed."""
    met = next(met for met in MEETINGS if met.station == LATE)
    day = story.moments.day(met.ago)
    told = story.moments.calendar.next_working(day - timedelta(days=DAYS_AHEAD))
    ago = (story.moments.today - told).days
    story.act(ago + 1, cycles.take_in, stations=[Station.objects.get(code=LATE)])
    _plan_day(story, ago + 1, LATE, day)
    agreed = story.cast["vice"].user.person.name  # type: ignore[union-attr]
    story.confirm(story.issue(ago, override_reason=words.LATE_REASON, agreed_by=f"{agreed}副主任"), ago, None)
