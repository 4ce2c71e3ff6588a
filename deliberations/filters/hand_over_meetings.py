"""By what the list of hand-over meetings may be narrowed."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from deliberations.models import Meeting


class HandOverMeetingFilter(filters.FilterSet):
    """State and year."""

    status = filters.ChoiceFilter(label=_("state"), choices=Meeting.Status.choices)
    year = filters.NumberFilter(label=_("year"), field_name="held_on__year", min_value=1949, max_value=9998)

    class Meta:
        model = Meeting
        fields: list[str] = []
