"""By what the lists of meetings and of township tasks may be narrowed."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle, Meeting, Opinion, TownshipTask
from stations.models import Station, Township
from workflow import clock

STANDS = [("open", _("to be settled")), ("overdue", _("overdue")), ("done", _("settled"))]

#: What was put forward at a meeting; the other two are routes of voters' opinions.
MEETING = "MEETING"
WAYS = [
    (MEETING, _("put forward at a meeting")),
    (Opinion.Route.VILLAGE.value, _("to the village or community")),
    (Opinion.Route.TOWNSHIP.value, _("to the township or sub-district")),
]


class MeetingFilter(filters.FilterSet):
    """State, cycle and station."""

    status = filters.ChoiceFilter(label=_("state"), choices=Meeting.Status.choices)
    cycle = filters.ModelChoiceFilter(label=_("deliberation cycle"), queryset=Cycle.objects.all())
    station = filters.ModelChoiceFilter(label=_("station"), queryset=Station.objects.all())

    class Meta:
        model = Meeting
        fields: list[str] = []


class TaskFilter(filters.FilterSet):
    """How it stands, where it comes from, and of which township."""

    stands = filters.ChoiceFilter(label=_("how it stands"), choices=STANDS, method="by_standing")
    way = filters.ChoiceFilter(label=_("where it comes from"), choices=WAYS, method="by_way")
    township = filters.ModelChoiceFilter(label=_("Township"), queryset=Township.objects.all())

    class Meta:
        model = TownshipTask
        fields: list[str] = []

    def by_way(self, queryset: Any, name: str, value: str) -> Any:
        """Put forward in deliberation, or said by a voter and sent to village or township."""
        if value == MEETING:
            return queryset.exclude(meeting_opinion=None)
        return queryset.filter(opinion__route=value)

    def by_standing(self, queryset: Any, name: str, value: str) -> Any:
        """Open, open after its day, or settled."""
        if value == "done":
            return queryset.exclude(done_on=None)
        return queryset.overdue(clock.today()) if value == "overdue" else queryset.undone()
