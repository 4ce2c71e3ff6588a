"""By what the list of papers for deputies may be narrowed."""

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle, Material


class MaterialFilter(filters.FilterSet):
    """Words of title, number and issuer; kind; cycle; key documents."""

    q = filters.CharFilter(label=_("title, number or issuing body"), method="by_words")
    kind = filters.ChoiceFilter(label=_("kind"), choices=Material.Kind.choices)
    cycle = filters.ModelChoiceFilter(label=_("cycle"), queryset=Cycle.objects.all())
    is_key = filters.ChoiceFilter(label=_("key document"), choices=[("true", _("Yes"))], method="by_key")

    class Meta:
        model = Material
        fields: list[str] = []

    def by_words(self, queryset: Any, name: str, value: str) -> Any:
        """Each word in title, number or issuer."""
        for word in value.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word))
        return queryset

    def by_key(self, queryset: Any, name: str, value: str) -> Any:
        """Key documents alone."""
        return queryset.filter(is_key=True)
