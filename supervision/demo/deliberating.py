"""The meetings of the running round, and of last year's, which is concluded."""

from datetime import date, timedelta
from typing import Any

from accounts.actor import SYSTEM
from deliberations.models import MeetingOpinion, Opinion, Promise, SubjectField, TownshipTask
from deliberations.transitions import board, cycles, meetings, outcomes, promises
from suggestions.models import Source, Suggestion
from suggestions.transitions.collecting import collect_meeting
from supervision.demo import cycle_words
from supervision.demo.keys import minutes
from supervision.demo.meetings import CONVENED, Sitting, organ, sheet
from supervision.demo.moments import Moments
from supervision.demo.preparing import Preparation
from supervision.demo.spoken import CANCELLED, LAST, MEETINGS, PLANNED, Explained, Met, Promised, Spoken
from supervision.demo.story import Cast
from supervision.demo.visits import Walk
from workflow.periods import months_after


class Round:
    """The meetings of the running round, one after another."""

    def __init__(self, story: Preparation, walks: dict[str, Walk]) -> None:
        self.story, self.walks = story, walks
        self.cast, self.moments = story.cast, story.moments

    def meet(self) -> dict[str, Suggestion]:
        """All of them; the drafts collected from what was forwarded, by the key of what was said."""
        self._cancel()
        for met in MEETINGS:
            self._hold(met)
        for code, days, place, chair in PLANNED:
            self._sitting(code).convene(3, self.moments.ahead(days), place, chair)
        rows = Source.objects.exclude(meeting_opinion=None).select_related("suggestion", "meeting_opinion")
        texts = {spoken.text: spoken.key for met in MEETINGS for spoken in met.spoken if spoken.key}
        this = rows.filter(meeting_opinion__meeting__cycle=self.story.pk)
        return {texts[row.meeting_opinion.text]: row.suggestion for row in this}  # type: ignore[union-attr]

    def _sitting(self, code: str) -> Sitting:
        return Sitting(self.cast, self.moments, self.story.cycle, code)

    def _cancel(self) -> None:
        """One could not be held on its day."""
        code, ago, reason = CANCELLED
        place = next(place for planned, _days, place, _chair in PLANNED if planned == code)
        sitting = self._sitting(code).convene(ago + CONVENED, self.moments.day(ago), place, "")
        sitting.act(ago + 1, meetings.cancel_meeting, reason=reason)

    def _hold(self, met: Met) -> None:
        day = self.moments.day(met.ago)
        sitting = self._sitting(met.station).convene(met.ago + CONVENED, day, met.place, met.chair)
        sitting.hold(met.ago, sheet(met, day), met.recorder)
        if met is MEETINGS[0]:
            self.story.move_on(met.ago)
        rows = [self._say(sitting, met.ago, spoken) for spoken in met.spoken]
        if met.is_open:
            return
        sitting.act(met.ago, meetings.close_meeting)
        with self.moments.at(met.ago, sitting.case):
            # what the sweep would do within the minute
            collect_meeting(sitting.case, actor=SYSTEM)
        for row, spoken in zip(rows, met.spoken, strict=True):
            sitting.settle(row, spoken.outcome)

    def _say(self, sitting: Sitting, ago: int, spoken: Spoken) -> MeetingOpinion:
        topic = self.story.topics[spoken.topic] if spoken.topic else None
        basis: list[Opinion] = [self.walks[key].opinions[place] for key, place in spoken.basis]
        return sitting.say(ago, spoken, topic, SubjectField.objects.get(code=spoken.field), basis)


def play_last_year(cast: Cast, moments: Moments) -> None:
    """A thin round of a year ago, from its plan to its review."""
    first = months_after(moments.day(MEETINGS[0].ago), -12)
    ago = (moments.today - first).days
    story = Preparation(cast, moments)
    held = moments.day(ago)
    story.plan(ago + 60, f"{held.year}年代表议政活动", ago, [code for code, _place, _spoken in LAST])
    story.propose(ago + 59, {"last": cycle_words.LAST_TOPIC})
    story.select(ago + 55, ["last"], minutes(moments, ago + 55))
    story.move_on(ago + 54)
    story.confirm(story.issue(ago + 50), ago + 49, ago + 47)
    story.move_on(ago + 45)
    _hold_last(story, ago, held)
    story.act(ago - 100, cycles.write_review, text=cycle_words.LAST_REVIEW)
    story.move_on(ago - 101)


def _hold_last(story: Preparation, ago: int, held: date) -> None:
    for number, (code, place, said) in enumerate(LAST):
        sitting = Sitting(story.cast, story.moments, story.cycle, code).convene(ago + CONVENED, held, place, "")
        bodies = dict.fromkeys(
            spoken.outcome.organ for spoken in said if isinstance(spoken.outcome, Explained | Promised)
        )
        organs = tuple((body, "", "分管负责人") for body in bodies)
        sitting.hold(ago, sheet(Met(code, ago, place, "", "", said, organs), held), "")
        if number == 0:
            story.move_on(ago)
        rows = [_say_last(story, sitting, ago, held, spoken) for spoken in said]
        sitting.act(ago, meetings.close_meeting)
        _settle_last(story, sitting, ago, rows)
    story.move_on(ago - 2)


def _say_last(story: Preparation, sitting: Sitting, ago: int, held: date, spoken: Spoken) -> MeetingOpinion:
    """Days are counted from that meeting, not from today."""
    topic, field = story.topics["last"], SubjectField.objects.get(code=spoken.field)
    said = Spoken(spoken.speaker, spoken.text, spoken.field, spoken.topic)
    row = sitting.say(ago, said, topic, field, [])
    outcome = spoken.outcome
    if isinstance(outcome, Explained):
        sitting.decide(ago, row, outcome)
    elif isinstance(outcome, Promised):
        told: dict[str, Any] = {"text": outcome.text, "organ": organ(outcome.organ), "person": outcome.person}
        sitting.act(ago, outcomes.promise, row, due_on=held + timedelta(days=outcome.due), **told)
    else:
        sitting.act(ago, outcomes.forward, row, way=outcome.way, due_on=held + timedelta(days=outcome.due))
    return row


def _settle_last(story: Preparation, sitting: Sitting, ago: int, rows: list[MeetingOpinion]) -> None:
    """Everything was kept and done."""
    staff, moments = story.cast["staff"], story.moments
    for made in Promise.objects.filter(meeting_opinion__in=rows):
        steps: tuple[tuple[int, Any, dict[str, Any]], ...] = (
            (12, promises.report_done, {"text": "已按承诺完成。", "on": moments.day(ago - 12)}),
            (11, promises.confirm_kept, {}),
        )
        for days, verb, about in steps:
            case = Promise.objects.get(pk=made.pk)
            with moments.at(ago - days, case):
                verb(case, actor=staff, version=case.version, how="TELEPHONE", **about)
    for task in TownshipTask.objects.select_related("meeting_opinion__meeting").filter(meeting_opinion__in=rows):
        told: dict[str, Any] = {"result": "杂物已清走，路面恢复通行。", "handler": "镇环卫所 周立民"}
        sitting.act(ago - 9, board.finish_task, task, on=moments.day(ago - 9), **told)
