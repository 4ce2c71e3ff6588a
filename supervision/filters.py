"""By what a list of supervision cards may be narrowed."""

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from suggestions.filters import LIGHTS
from supervision.models import Card
from workflow import clock
from workflow.text import fold


class CardFilter(filters.FilterSet):
    """Words, state, supervising deputy chairperson and time."""

    q = filters.CharFilter(label=_("search"), method="search")
    status = filters.ChoiceFilter(label=_("state"), choices=Card.Status.choices)
    leader = filters.ModelChoiceFilter(
        label=_("supervising deputy chairperson"),
        queryset=Person.objects.filter(cards__isnull=False).distinct().order_by("pinyin", "pk"),
    )
    light = filters.ChoiceFilter(label=_("time"), choices=LIGHTS, method="by_light")

    class Meta:
        model = Card
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Each word must stand in the card's number, or in number, title or text of the suggestion."""
        for word in value.split():
            queryset = queryset.filter(Q(number__contains=word) | Q(suggestion__search_text__contains=fold(word)))
        return queryset

    def by_light(self, queryset: Any, name: str, value: str) -> Any:
        """By the card's date, seen from today."""
        return queryset.in_light(value, clock.today())
