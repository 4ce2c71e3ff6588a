"""By what the list of electoral districts may be narrowed."""

from operator import attrgetter
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from stations.models import ElectoralDistrict, Level, Term, Township


def _congresses(_request: Any) -> Any:
    """Those whose deputies voters elect themselves."""
    direct = Term.objects.filter(level__in=[Level.COUNTY, Level.TOWNSHIP]).select_related("township")
    return direct.order_by("-is_current", "level", "township__pinyin", "pk")


class DistrictFilter(filters.FilterSet):
    """The congress, the township, and where a seat is vacant."""

    term = filters.ModelChoiceFilter(label=_("congress"), queryset=_congresses)
    township = filters.ModelChoiceFilter(label=_("Township"), queryset=Township.objects.all())
    vacant = filters.BooleanFilter(label=_("with a vacant seat only"), widget=forms.CheckboxInput, method="only_vacant")

    class Meta:
        model = ElectoralDistrict
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["term"].field.label_from_instance = attrgetter("congress")

    def only_vacant(self, queryset: Any, name: str, value: bool) -> Any:
        """An unticked box is no wish for full ones."""
        return queryset.filter(vacant__gt=0) if value else queryset
