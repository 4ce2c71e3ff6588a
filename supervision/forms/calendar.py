"""The form that reads the notice of a year."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from supervision.transitions.calendar import Loading
from workflow.announcements import EXAMPLE, read_announcement
from workflow.models import CalendarYear


class LoadYearForm(forms.Form):
    """Year, notice and its words, pasted as they were published."""

    year = forms.IntegerField(label=_("Year"), min_value=2024, max_value=2100)
    source = forms.CharField(
        label=_("Notice"), max_length=200, help_text=_("Title and number of the State Council's notice.")
    )
    standing = forms.ChoiceField(
        label=_("Standing"), choices=CalendarYear.Standing.choices, initial=CalendarYear.Standing.ANNOUNCED
    )
    text = forms.CharField(
        label=_("Days off and days worked"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=format_lazy(_("Paste the text of the notice, or write: {example}"), example=EXAMPLE),
    )

    def clean(self) -> dict[str, Any]:
        """Read the text; what cannot be read is told at the text."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("year") and cleaned.get("text"):
            try:
                cleaned["announcement"] = read_announcement(cleaned["text"], cleaned["year"])
            except ValidationError as error:
                self.add_error("text", error)
        return cleaned

    def loading(self) -> Loading:
        """What the form asks for."""
        return Loading(*(self.cleaned_data[name] for name in ("announcement", "source", "standing")))
