"""Deliberation meetings: convened, attended, written down with every outcome, closed; promises and tasks after them."""

from datetime import time, timedelta
from typing import Any

from accounts.models import Organ
from deliberations.models import Attendance, Meeting, MeetingOpinion, Opinion, Promise, TownshipTask
from deliberations.transitions import board, meetings, outcomes, promises
from deliberations.transitions.meetings import Presence
from stations.models import Mandate, Station
from supervision.demo.cast import HOME, mandate
from supervision.demo.drafts import OWN
from supervision.demo.moments import Moments
from supervision.demo.spoken import Explained, Forwarded, Met, Promised, Spoken
from supervision.demo.story import Cast
from workflow import clock

HOUR = time(9, 0)
#: Days before its day that a meeting is convened.
CONVENED = 7
PART, STATE = Attendance.Part, Attendance.State


class Sitting:
    """One meeting, told act by act, by the liaison of the demo's home or by staff."""

    def __init__(self, cast: Cast, moments: Moments, cycle: Any, code: str) -> None:
        self.cast, self.moments, self.cycle = cast, moments, cycle
        self.station = Station.objects.select_related("township").get(code=code)
        self.keeper = cast["station" if code == HOME else "staff"]
        self.pk = 0

    @property
    def case(self) -> Meeting:
        """The meeting as it stands now."""
        return Meeting.objects.select_related("cycle", "station__township").get(pk=self.pk)

    def convene(self, ago: int, day: Any, place: str, chair: str) -> "Sitting":
        """The station's deputies are invited."""
        with self.moments.at(ago):
            about: dict[str, Any] = {"cycle": self.cycle, "station": self.station, "held_on": day, "time": HOUR}
            self.pk = meetings.convene(actor=self.keeper, place=place, chair=chair, **about).pk
        return self

    def act(self, ago: int, verb: Any, subject: Any = None, **about: Any) -> Any:
        """Whoever keeps the meeting does it."""
        with self.moments.at(ago, self.case):
            return verb(subject or self.case, actor=self.keeper, version=self.case.version, **about)

    def hold(self, ago: int, rows: list[Presence], recorder: str) -> None:
        """It is opened on its day, and the attendance sheet noted."""
        self.act(ago, meetings.open_meeting)
        self.act(ago, meetings.note_attendance, rows=rows, recorder=recorder)

    def say(self, ago: int, spoken: Spoken, topic: Any, field: Any, basis: list[Opinion]) -> MeetingOpinion:
        """A deputy puts something forward, and what comes of it is written down."""
        about: dict[str, Any] = {"speaker": mandate(spoken.speaker), "text": spoken.text, "topic": topic}
        row = self.act(ago, meetings.add_opinion, field=field, basis=basis, **about)
        if spoken.outcome is not None:
            self.decide(ago, row, spoken.outcome)
        return row  # type: ignore[no-any-return]

    def decide(self, ago: int, row: MeetingOpinion, outcome: Explained | Promised | Forwarded) -> None:
        """One of the three outcomes."""
        if isinstance(outcome, Explained):
            told: dict[str, Any] = {"text": outcome.text, "answered_by": outcome.by, "organ": organ(outcome.organ)}
            limits = {"acknowledgement": outcome.acknowledgement, "conditions_limited": outcome.conditions_limited}
            self.act(ago, outcomes.explain, row, **told, **limits)
        elif isinstance(outcome, Promised):
            due_on = self.moments.today + timedelta(days=outcome.due)
            what: dict[str, Any] = {"text": outcome.text, "organ": organ(outcome.organ), "person": outcome.person}
            self.act(ago, outcomes.promise, row, due_on=due_on, **what)
        else:
            lead = mandate(outcome.lead) if outcome.lead else None
            day = self.moments.today + timedelta(days=outcome.due) if outcome.due else None
            self.act(ago, outcomes.forward, row, way=outcome.way, county_lead=lead, due_on=day)

    def settle(self, row: MeetingOpinion, outcome: Any) -> None:
        """What became of a promise or of a township's task after the meeting."""
        if isinstance(outcome, Promised):
            self._follow(Promise.objects.get(meeting_opinion=row), outcome)
        elif isinstance(outcome, Forwarded) and outcome.done:
            ago, result, handler = outcome.done
            task = TownshipTask.objects.select_related("meeting_opinion__meeting").get(meeting_opinion=row)
            with self.moments.at(ago, self.case):
                about: dict[str, Any] = {"version": self.case.version, "result": result, "handler": handler}
                board.finish_task(task, actor=self.cast["presidium"], on=clock.today(), **about)

    def _follow(self, made: Promise, outcome: Promised) -> None:
        if outcome.reported:
            ago, text = outcome.reported
            own = next((part for part in ("unit", "unit2") if self.cast[part].organ_id == made.organ_id), "")
            how = "IN_SYSTEM" if own else "TELEPHONE"
            self._on(made, ago, promises.report_done, own or "staff", text=text, on=self.moments.day(ago), how=how)
        if outcome.kept is not None:
            speaker = made.meeting_opinion.speaker
            own = OWN.get(speaker.certificate_no, "")
            how = "IN_SYSTEM" if own else "TELEPHONE"
            self._on(made, outcome.kept, promises.confirm_kept, own or "staff", how=how)
        if outcome.not_kept:
            ago, reason = outcome.not_kept
            self._on(made, ago, promises.declare_not_kept, "staff", reason=reason)

    def _on(self, made: Promise, ago: int, verb: Any, who: str, **about: Any) -> None:
        case = Promise.objects.get(pk=made.pk)
        with self.moments.at(ago, case):
            verb(case, actor=self.cast[who], version=case.version, **about)


def organ(name: str) -> Organ:
    """The organ of that name."""
    return Organ.objects.get(name=name)


def sheet(met: Met, day: Any) -> list[Presence]:
    """The attendance sheet: the station's deputies, organs with their representatives."""
    own = Mandate.objects.active(day).filter(station__code=met.station).select_related("person")
    leave, rows = dict(met.leave), []
    for deputy in own.order_by("level", "certificate_no"):
        number, state = deputy.certificate_no, STATE.PRESENT
        if number in leave:
            state = STATE.LEAVE
        elif number in met.absent:
            state = STATE.ABSENT
        reason = leave.get(number, "")
        rows.append(Presence(PART.DEPUTY, deputy.person.name, "", state, reason, mandate=deputy))
    return rows + [Presence(PART.ORGAN, name, post, organ=organ(body)) for body, name, post in met.organs]
