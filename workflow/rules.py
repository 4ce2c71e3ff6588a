"""The county's parameters: what there is, its default, its bounds and where it comes from.

A county's values are dated rule sets (``RuleSet``); a key that a set does not hold has its default. What the
statute fixes has equal bounds and cannot be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from workflow.models import RuleSet


@dataclass(frozen=True)
class Rule:
    """One parameter. ``unit`` is months, days (calendar), working_days, rounds, points, yuan, or list (days, falling).

    ``source`` is the clause or the practice it comes from.
    """

    key: str
    label: Any
    unit: str
    default: Any
    minimum: int
    maximum: int
    source: Any

    @property
    def is_list(self) -> bool:
        """A ladder of days rather than one number."""
        return isinstance(self.default, tuple)

    @property
    def is_fixed(self) -> bool:
        """Set by the statute: no county may change it."""
        return self.minimum == self.maximum

    def check(self, value: Any) -> Any:
        """The value if it is of the right kind and within bounds; raises ValidationError with a sentence."""
        numbers = value if self.is_list else [value]
        if not isinstance(numbers, list | tuple) or not numbers or any(type(number) is not int for number in numbers):
            raise self._refusal(_("“%(label)s” must be a whole number, or whole numbers where it is a list."))
        if any(not self.minimum <= number <= self.maximum for number in numbers):
            raise self._refusal(_("“%(label)s” must lie between %(minimum)d and %(maximum)d."))
        if any(later >= earlier for earlier, later in pairwise(numbers)):
            raise self._refusal(_("The numbers of “%(label)s” must fall."))
        return tuple(numbers) if self.is_list else value

    def _refusal(self, sentence: Any) -> ValidationError:
        return ValidationError(sentence % vars(self))


_STATUTE = _("Deputies Law, article 51")
_RECOMMENDED = _("recommended")

#: What a deputy's activities give where a county keeps points; none does before it says so.
_POINTS = (
    Rule(f"points_{name}", label, "points", 0, 0, 100, _RECOMMENDED)
    for name, label in (
        ("congress", _("points: attended the congress")),
        ("speech", _("points: spoke in deliberation of the congress")),
        ("sitting_in", _("points: sat in on a meeting")),
        ("meeting", _("points: attended a deliberation meeting")),
        ("inspection", _("points: inspection, research or check of law enforcement")),
        ("training", _("points: attended a training")),
        ("group", _("points: activity of the deputies' group")),
        ("led", _("points: led a suggestion")),
        ("co_signed", _("points: signed a suggestion along")),
        ("carried", _("points: put forward at a meeting")),
        ("evaluated", _("points: evaluated an answer")),
        ("visit", _("points: visited voters")),
        ("duty", _("points: received voters at the station")),
        ("told", _("points: told a voter what came of it")),
        ("reporting", _("points: reported to voters")),
        ("good_deed", _("points: good deed for the people")),
        ("award", _("points: award")),
    )
)

RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule("reply_months_normal", _("reply to an ordinary suggestion"), "months", 3, 3, 3, _STATUTE),
        Rule("reply_months_complex", _("reply to a wide-ranging or difficult one"), "months", 6, 6, 6, _STATUTE),
        Rule("receipt_days", _("signing for receipt"), "working_days", 3, 1, 10, _RECOMMENDED),
        Rule("cohost_opinion_months", _("co-host's opinion"), "months", 1, 1, 2, _("practice of Fujian, Ningbo")),
        Rule("feedback_days", _("deputy's evaluation"), "days", 10, 5, 40, _("practice of Pingjiang, Chongqing")),
        Rule("rework_months", _("re-handling"), "months", 1, 1, 2, _("provincial measures")),
        Rule("release_days", _("release of the verdict"), "working_days", 3, 1, 10, _RECOMMENDED),
        Rule("agenda_after_rounds", _("times dissatisfied before the council"), "rounds", 2, 1, 5, _RECOMMENDED),
        Rule("objection_days", _("objection of an organ"), "working_days", 7, 3, 10, _("practice of Yulin")),
        Rule("objection_decision_days", _("decision on an objection"), "working_days", 5, 1, 10, _RECOMMENDED),
        Rule(
            "objections_before_leader",
            _("objections before the main leader signs"),
            "rounds",
            2,
            1,
            5,
            _("practice of Yulin"),
        ),
        Rule("press_head_after", _("days late before the organ's head is pressed"), "days", 3, 1, 60, _RECOMMENDED),
        Rule("press_leader_after", _("days late before the county leader is told"), "days", 10, 1, 90, _RECOMMENDED),
        Rule("follow_up_days", _("between two reports on a commitment"), "days", 90, 30, 180, _("monthly, quarterly")),
        Rule("township_task_days", _("settling by village or township"), "days", 30, 5, 180, _RECOMMENDED),
        Rule(
            "voter_erase_months",
            _("keeping a voter's name and number once settled"),
            "months",
            12,
            1,
            60,
            _RECOMMENDED,
        ),
        Rule("notice_lead_days", _("notice to stations before the meeting"), "days", 30, 7, 90, _("one month ahead")),
        Rule(
            "visit_warning_days",
            _("before visits end, an unvisited station is marked"),
            "days",
            21,
            7,
            60,
            _RECOMMENDED,
        ),
        Rule(
            "allowance_per_day",
            _("duty allowance of a deputy, 0 for none"),
            "yuan",
            0,
            0,
            1000,
            _("Deputies Law, article 41"),
        ),
        Rule("reminder_repeat_days", _("between two reminders once late"), "days", 3, 1, 15, _RECOMMENDED),
        Rule("reminder_days", _("reminders before the day"), "list", (30, 15, 7, 3, 1, 0), 0, 90, _RECOMMENDED),
        *_POINTS,
    )
}


class RuleValues(Mapping[str, Any]):
    """The values in force on a day: those of the rule set, the defaults for the rest."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self._values = {key: RULES[key].check(value) for key, value in (values or {}).items() if key in RULES}

    def __getitem__(self, key: str) -> Any:
        return self._values[key] if key in self._values else RULES[key].default

    def __iter__(self) -> Any:
        return iter(RULES)

    def __len__(self) -> int:
        return len(RULES)


def rules_in_force(on: date) -> tuple[RuleSet | None, RuleValues]:
    """The rule set in force on a day and its values, in one query; never kept."""
    begun = RuleSet.objects.filter(valid_from__lte=on).order_by("-valid_from").values("pk")
    rows: list[Any] = list(
        RuleSet.objects.filter(pk__in=begun[:1]).annotate(key=F("values__key"), value=F("values__value"))
    )
    if not rows:
        return None, RuleValues()
    return rows[0], RuleValues({row.key: row.value for row in rows if row.key is not None})
