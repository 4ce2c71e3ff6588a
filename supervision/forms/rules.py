"""The form of a new rule set: a field for each parameter that a county may choose."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.rules import RULES, Rule
from workflow.text import fold

UNITS = {
    "months": _("month(s)"),
    "days": _("day(s)"),
    "working_days": _("working day(s)"),
    "points": _("point(s), 0 for none"),
    "rounds": _("time(s)"),
    "yuan": _("yuan a day"),
    "list": _("days, separated by commas"),
}


def bounds(rule: Rule) -> str:
    """The values allowed, as they are read: 3, or 1–10."""
    return str(rule.minimum) if rule.is_fixed else f"{rule.minimum}–{rule.maximum}"


def shown(value: Any) -> str:
    """A value as it is read and typed: 10, or 30, 15, 7."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class ParameterField(forms.CharField):
    """One parameter, typed as it is shown; the rule itself says what is allowed."""

    def __init__(self, rule: Rule, **options: Any) -> None:
        self.rule = rule
        help_text = _("%(unit)s; allowed: %(bounds)s") % {"unit": UNITS[rule.unit], "bounds": bounds(rule)}
        super().__init__(label=rule.label, help_text=help_text, max_length=60, **options)

    def clean(self, value: Any) -> Any:
        """The value as the rule takes it; raises ValidationError."""
        numbers = [
            int(part) if part.isdecimal() else part for part in re.split(r"[,、;\s]+", fold(super().clean(value)))
        ]
        return self.rule.check(numbers if self.rule.is_list or len(numbers) > 1 else numbers[0])


class RuleSetForm(forms.Form):
    """From when, on which decision, and the values; those of the statute are not asked."""

    valid_from = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Decision"), max_length=200, help_text=_("The document or meeting this rests on."))

    def __init__(self, *args: Any, in_force: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for key, rule in RULES.items():
            if not rule.is_fixed:
                self.fields[key] = ParameterField(rule, initial=shown(in_force[key]))

    def values(self) -> dict[str, Any]:
        """The values by key."""
        return {key: self.cleaned_data[key] for key in RULES if key in self.fields}
