"""What counts as performance: the activities of F21, in which of its parts each stands, how it is counted and read out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.models import PerformanceEntry

K = PerformanceEntry.Kind

#: The parts of the file after the basic data, in the order of the form; the form is Chinese.
PARTS = (
    ("MEETINGS", "参加会议"),
    ("INSPECTION", "视察、调研、执法检查"),
    ("TRAINING", "参加学习培训"),
    ("GROUP", "代表小组活动"),
    ("SUGGESTIONS", "议案建议"),
    ("VOTERS", "联系群众、述职和接受监督"),
    ("AWARDS", "为民办实事和奖惩"),
)


@dataclass(frozen=True)
class Activity:
    """One kind of what a deputy does. ``said`` is how the year is read out, with the number in it."""

    code: str
    part: str
    label: Any
    said: str = ""
    has_points: bool = True

    @property
    def rule(self) -> str:
        """The county's parameter that says how many points it gives."""
        return f"points_{self.code.lower()}"


ACTIVITIES: Mapping[str, Activity] = {
    row.code: row
    for row in (
        Activity(K.CONGRESS, "MEETINGS", K.CONGRESS.label, "出席人代会{}次"),
        Activity(K.SPEECH, "MEETINGS", K.SPEECH.label, "在会上审议发言{}次"),
        Activity(K.SITTING_IN, "MEETINGS", K.SITTING_IN.label, "列席会议{}次"),
        Activity("MEETING", "MEETINGS", _("attended a deliberation meeting"), "参加代表议政会{}次"),
        Activity(K.INSPECTION, "INSPECTION", K.INSPECTION.label, "参加视察、调研、执法检查{}次"),
        Activity("TRAINING", "TRAINING", _("attended a training"), "参加学习培训{}次"),
        Activity(K.GROUP, "GROUP", K.GROUP.label, "参加代表小组活动{}次"),
        Activity("LED", "SUGGESTIONS", _("led a suggestion"), "领衔提出建议{}件"),
        Activity("CO_SIGNED", "SUGGESTIONS", _("signed a suggestion along"), "联名提出建议{}件"),
        Activity("CARRIED", "SUGGESTIONS", _("put forward at a meeting"), "在议政会上提出意见{}条"),
        Activity("EVALUATED", "SUGGESTIONS", _("evaluated an answer"), "评价办理答复{}次"),
        Activity("VISIT", "VOTERS", _("visited voters"), "走访选民{}次"),
        Activity("DUTY", "VOTERS", _("received voters at the station"), "进站接待选民{}次"),
        Activity("TOLD", "VOTERS", _("told a voter what came of it"), "向选民反馈{}次"),
        Activity(K.REPORTING, "VOTERS", K.REPORTING.label, "向选民述职{}次"),
        Activity(K.GOOD_DEED, "AWARDS", K.GOOD_DEED.label, "为群众办实事{}件"),
        Activity(K.AWARD, "AWARDS", K.AWARD.label, "受表彰{}次"),
        Activity(K.PENALTY, "AWARDS", K.PENALTY.label, has_points=False),
    )
}
