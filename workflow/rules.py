"""The county's parameters: what there is, its default, its bounds and where it comes from.

A county's values are dated rule sets (``RuleSet``); a key that a set does not hold has its default. What the
statute fixes has equal bounds and cannot be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow.models import RuleSet, RuleValue


@dataclass(frozen=True)
class Rule:
    """One parameter. ``unit`` is months, days (calendar), working_days, or a list of days."""

    key: str
    label: Any
    unit: str
    default: Any
    minimum: int
    maximum: int
    source: str

    @property
    def is_list(self) -> bool:
        """A ladder of days rather than one number."""
        return isinstance(self.default, tuple)

    def check(self, value: Any) -> Any:
        """The value if it is of the right kind and within bounds; raises ValidationError with a sentence."""
        numbers = list(value) if self.is_list and isinstance(value, list | tuple) else [value]
        if not numbers or any(type(number) is not int for number in numbers):
            raise ValidationError(_("“%(label)s” must be a whole number.") % {"label": self.label})
        if any(not self.minimum <= number <= self.maximum for number in numbers):
            sentence = _("“%(label)s” must lie between %(minimum)d and %(maximum)d.")
            raise ValidationError(sentence % {"label": self.label, "minimum": self.minimum, "maximum": self.maximum})
        return tuple(numbers) if self.is_list else value


def _rule(key: str, label: Any, unit: str, default: Any, bounds: tuple[int, int], source: str) -> tuple[str, Rule]:
    return key, Rule(key, label, unit, default, *bounds, source)


RULES: dict[str, Rule] = dict(
    (
        _rule("reply_months_normal", lazy("reply, ordinary"), "months", 3, (3, 3), "Deputies Law art. 51"),
        _rule(
            "reply_months_complex",
            lazy("reply, wide-ranging or difficult"),
            "months",
            6,
            (6, 6),
            "Deputies Law art. 51",
        ),
        _rule("receipt_days", lazy("receipt"), "working_days", 3, (1, 10), "recommended"),
        _rule("cohost_opinion_months", lazy("co-host's opinion"), "months", 1, (1, 2), "Fujian, Ningbo"),
        _rule("feedback_days", lazy("deputy's evaluation"), "days", 10, (5, 40), "Pingjiang, Chongqing"),
        _rule("rework_months", lazy("re-handling"), "months", 1, (1, 2), "provincial measures"),
        _rule("release_days", lazy("release of the verdict"), "working_days", 3, (1, 10), "recommended"),
        _rule("reminder_days", lazy("reminders, days before"), "list", (30, 15, 7, 3, 1, 0), (0, 90), "practice"),
        _rule("light_bounds", lazy("bounds of the time lights"), "list", (30, 10), (1, 90), "recommended"),
    )
)


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
    """The rule set in force on a day and its values, in two queries; never kept."""
    rule_set = RuleSet.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    if rule_set is None:
        return None, RuleValues()
    return rule_set, RuleValues(dict(RuleValue.objects.filter(rule_set=rule_set).values_list("key", "value")))
