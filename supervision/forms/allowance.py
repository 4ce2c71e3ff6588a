"""For which time the allowance is paid, and to whom."""

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle
from supervision.allowance import Span
from workflow import clock

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class SpanForm(forms.Form):
    """A month, or a round of deliberation from its first activity to today."""

    month = forms.CharField(
        label=_("month"), required=False, max_length=7, widget=forms.TextInput({"type": "month"}), help_text="2026-11"
    )
    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("or a whole cycle"), required=False, empty_label="—")

    def __init__(self, *args: Any, cycles: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        """Its first day; without one the present month."""
        typed = self.cleaned_data["month"].strip()
        if not typed:
            return clock.today().replace(day=1)
        found = _MONTH.fullmatch(typed)
        try:
            return date(int(found[1]), int(found[2]), 1) if found else date.fromisoformat("")
        except ValueError as error:
            raise ValidationError(_("Write the month as 2026-11."), code="bad_month") from error

    @property
    def span(self) -> Span:
        """The days, and how they are called."""
        cycle, first = self.cleaned_data["cycle"], self.cleaned_data["month"]
        if cycle is not None:
            return Span(date(cycle.year, 1, 1), min(clock.today(), date(cycle.year, 12, 31)), cycle.title)
        return Span(first, first.replace(day=monthrange(first.year, first.month)[1]), f"{first.year}年{first.month}月")
