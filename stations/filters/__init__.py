"""By what lists of stations and deputies may be narrowed; nothing that is not named here is a filter."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from stations.models import Delegation, Level, Mandate, Station, Township
from workflow import clock
from workflow.text import fold


def search(queryset: Any, name: str, value: str) -> Any:
    """Each word must stand somewhere in the search column; two characters are enough."""
    for word in fold(value).split():
        queryset = queryset.filter(search_text__contains=word)
    return queryset


class StationFilter(filters.FilterSet):
    """Words, township, kind, key and state."""

    q = filters.CharFilter(label=_("search"), method=search)
    township = filters.ModelChoiceFilter(label=_("Township"), queryset=Township.objects.all())
    kind = filters.ChoiceFilter(label=_("kind"), choices=Station.Kind.choices)
    status = filters.ChoiceFilter(label=_("state"), choices=Station.Status.choices)
    is_key = filters.BooleanFilter(label=_("key stations only"), widget=forms.CheckboxInput, method="only_key")

    class Meta:
        model = Station
        fields: list[str] = []

    def only_key(self, queryset: Any, name: str, value: bool) -> Any:
        """An unticked box is no wish for ordinary ones."""
        return queryset.key() if value else queryset


class MandateFilter(filters.FilterSet):
    """Words, level, township, delegation, station, and who is in office."""

    q = filters.CharFilter(label=_("search"), method=search)
    level = filters.ChoiceFilter(label=_("level"), choices=Level.choices)
    township = filters.ModelChoiceFilter(label=_("Township"), queryset=Township.objects.all(), method="of_township")
    # a township's congress calls its groups the same; they are found by township and level
    delegation = filters.ModelChoiceFilter(
        label=_("county delegation"),
        queryset=Delegation.objects.filter(term__is_current=True, term__level=Level.COUNTY),
    )
    station = filters.ModelChoiceFilter(label=_("station"), queryset=Station.objects.all())
    active = filters.BooleanFilter(label=_("in office only"), widget=forms.CheckboxInput, method="only_active")

    class Meta:
        model = Mandate
        fields: list[str] = []

    def of_township(self, queryset: Any, name: str, value: Township) -> Any:
        """Deputies of the township's congress, of its delegation or of a station in it."""
        return queryset.of_township(value)

    def only_active(self, queryset: Any, name: str, value: bool) -> Any:
        """An unticked box is no wish for former deputies."""
        return queryset.active(clock.today()) if value else queryset
