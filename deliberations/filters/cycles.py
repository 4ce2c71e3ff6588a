"""By what the list of cycles may be narrowed."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle


class CycleFilter(filters.FilterSet):
    """State and year."""

    status = filters.ChoiceFilter(label=_("state"), choices=Cycle.Status.choices)
    year = filters.NumberFilter(label=_("year"))

    class Meta:
        model = Cycle
        fields: list[str] = []
