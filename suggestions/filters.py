"""By what a list of suggestions may be narrowed; nothing that is not named here is a filter."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from deliberations.models import SubjectField
from suggestions.models import Commitment, Suggestion
from suggestions.pending import with_extension_to_decide, with_objection_to_decide
from suggestions.silence import without_feedback
from suggestions.stages import NO_FEEDBACK
from suggestions.voices import with_voters_to_tell
from workflow import clock
from workflow.choices import QuickSelect, RowChoiceFilter
from workflow.text import fold

LIGHTS = [
    ("overdue", _("overdue")),
    ("within_10", _("due within 10 days")),
    ("within_30", _("due within 30 days")),
]
WAITS = [
    ("receipt", _("receipt")),
    ("opinion", _("co-host's opinion")),
    ("reply", _("reply")),
    ("evaluation", _("the deputy's evaluation")),
    ("no_feedback", NO_FEEDBACK),
    ("form", _("confirmation of a form that an organ handed in")),
    ("verdict", _("release of the verdict")),
    ("extension", _("decision on a later date")),
    ("objection", _("decision on an objection")),
    ("telling", _("the voters to be told")),
]

#: How a commitment stands, by the adjectives of its queryset.
STANDS = [
    ("open", _("still open")),
    ("overdue", _("overdue")),
    ("reported", _("reported as kept")),
    ("kept", _("kept, struck off")),
]


class SuggestionFilter(filters.FilterSet):
    """Words, state, field, organ, time and key."""

    q = filters.CharFilter(label=_("search"), method="search")
    status = filters.ChoiceFilter(label=_("state"), choices=Suggestion.Status.choices, widget=QuickSelect)
    field = RowChoiceFilter(label=_("subject field"), queryset=SubjectField.objects.only("name"))
    organ = RowChoiceFilter(label=_("organ"), queryset=Organ.objects.only("name"), method="by_organ")
    light = filters.ChoiceFilter(label=_("time"), choices=LIGHTS, method="by_light", widget=QuickSelect)
    waits = filters.ChoiceFilter(label=_("waits for"), choices=WAITS, method="by_waiting", widget=QuickSelect)
    is_key = filters.BooleanFilter(label=_("key suggestions only"), widget=forms.CheckboxInput, method="only_key")

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """Drafts and what was given up are no suggestions yet: they are there only when that state is asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.submitted()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Each word must stand somewhere in number, title, names or text; two characters are enough."""
        for word in fold(value).split():
            queryset = queryset.filter(search_text__contains=word)
        return queryset

    def by_organ(self, queryset: Any, name: str, value: Organ) -> Any:
        """Handled by the organ, or by one that was merged into it."""
        return queryset.handled_by(value.pk)

    def by_light(self, queryset: Any, name: str, value: str) -> Any:
        """By the date to act by, seen from today."""
        return queryset.in_light(value, clock.today())

    def by_waiting(self, queryset: Any, name: str, value: str) -> Any:
        """By the next act that is still to be done."""
        if value == "extension":
            return with_extension_to_decide(queryset, self.request.actor)
        if value == "no_feedback":
            return without_feedback(queryset)
        if value == "objection":
            return with_objection_to_decide(queryset, self.request.actor)
        if value == "telling":
            return with_voters_to_tell(queryset, self.request.actor)
        return queryset.waiting_for(value, self.request.actor)

    def only_key(self, queryset: Any, name: str, value: bool) -> Any:
        """An unticked box is no wish for ordinary ones."""
        return queryset.filter(is_key=True) if value else queryset


class CommitmentFilter(filters.FilterSet):
    """How it stands, and which organ keeps it."""

    due = filters.ChoiceFilter(label=_("how it stands"), choices=STANDS, method="by_standing")
    organ = RowChoiceFilter(label=_("responsible organ"), queryset=Organ.objects.none())

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # only what has committed itself is offered, as far as the reader sees it
        self.filters["organ"].queryset = Organ.objects.filter(pk__in=self.queryset.values("organ"))

    def by_standing(self, queryset: Any, name: str, value: str) -> Any:
        """Open, open after its day, reported as kept, found to be kept."""
        if value == "overdue":
            return queryset.overdue(clock.today())
        return getattr(queryset, value)()
