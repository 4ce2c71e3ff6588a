"""By what the ledgers of stations may be narrowed on screen. Nothing of a voter is a filter."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day
from deliberations.models import Opinion, SubjectField, Visit
from stations.models import Station

#: Of the sorts of activities, what the interface calls them; the workbook has its own words.
SORTS = [
    ("RECEPTION", _("reception day")),
    *(pair for pair in Visit.Kind.choices if pair[0] != "RECEPTION"),
    ("TRAINING", _("training")),
    ("MEETING", _("deliberation meeting")),
]
TOLD = [("yes", _("Voter told")), ("no", _("still to be told"))]


def _from(field: str) -> filters.DateFilter:
    return filters.DateFilter(label=_("from"), field_name=field, lookup_expr="gte", widget=Day())


def _until(field: str) -> filters.DateFilter:
    return filters.DateFilter(label=_("to"), field_name=field, lookup_expr="lte", widget=Day())


class OpinionLedgerFilter(filters.FilterSet):
    """Station, days, kind of visit, route, field, and whether the voter was told."""

    station = filters.ModelChoiceFilter(label=_("station"), field_name="visit__station", queryset=Station.objects.all())
    since = _from("visit__on")
    until = _until("visit__on")
    kind = filters.ChoiceFilter(label=_("kind of visit"), field_name="visit__kind", choices=Visit.Kind.choices)
    route = filters.ChoiceFilter(label=_("route"), choices=Opinion.Route.choices)
    field = filters.ModelChoiceFilter(label=_("field of the matter"), queryset=SubjectField.objects.all())
    told = filters.ChoiceFilter(label=_("the voter"), choices=TOLD, method="by_told")

    class Meta:
        model = Opinion
        fields: list[str] = []

    def by_told(self, queryset: Any, name: str, value: str) -> Any:
        """Whether the voter had the last word; who wants none is in neither."""
        if value == "no":
            return queryset.to_tell()
        return queryset.filter(pk__in=queryset.filter(tellings__final=True, tellings__reached=True).values("pk"))


class ActivityLedgerForm(forms.Form):
    """Station, days and sort of activity."""

    station = forms.ModelChoiceField(Station.objects.all(), label=_("station"), required=False, empty_label=_("any"))
    since = forms.DateField(label=_("from"), widget=Day(), required=False)
    until = forms.DateField(label=_("to"), widget=Day(), required=False)
    sort = forms.ChoiceField(label=_("kind of activity"), choices=[("", _("any")), *SORTS], required=False)
