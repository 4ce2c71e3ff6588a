"""By what the list of visits may be narrowed. Nothing of a voter is a filter, and no words are searched."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from deliberations.models import Opinion, SubjectField, Visit
from stations.models import Station

WAITS = [
    ("completion", _("to be completed")),
    ("confirmation", _("to be confirmed by the deputy")),
    ("telling", _("voter to be told")),
    ("closing", _("to be settled")),
]


class VisitFilter(filters.FilterSet):
    """What waits, state, station, kind, route and field."""

    waits = filters.ChoiceFilter(label=_("what waits"), choices=WAITS, method="by_waiting")
    status = filters.ChoiceFilter(label=_("state"), choices=Visit.Status.choices)
    station = filters.ModelChoiceFilter(label=_("station"), queryset=Station.objects.all())
    kind = filters.ChoiceFilter(label=_("kind of visit"), choices=Visit.Kind.choices)
    route = filters.ChoiceFilter(label=_("route"), choices=Opinion.Route.choices, method="by_opinion")
    field = filters.ModelChoiceFilter(
        label=_("field of the matter"), queryset=SubjectField.objects.all(), method="by_opinion"
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def by_waiting(self, queryset: Any, name: str, value: str) -> Any:
        """By the next act that is still to be done."""
        return queryset.waiting_for(value)

    def by_opinion(self, queryset: Any, name: str, value: Any) -> Any:
        """With an opinion of that route or field."""
        return queryset.filter(pk__in=Opinion.objects.filter(**{name: value}).values("visit"))
