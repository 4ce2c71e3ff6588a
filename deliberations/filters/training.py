"""By what the list of trainings may be narrowed."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from deliberations.models import Training


class TrainingFilter(filters.FilterSet):
    """Mode and days."""

    mode = filters.ChoiceFilter(label=_("mode"), choices=Training.Mode.choices)

    class Meta:
        model = Training
        fields: list[str] = []
