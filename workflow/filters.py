"""By what lists of the API are narrowed: a key, a state, a day. Nothing leads into another table."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.asked import LARGEST
from workflow.text import number

ISO = ("%Y-%m-%d",)


class WholeField(forms.IntegerField):
    """Digits and nothing else, as JSON would take them."""

    def to_python(self, value: Any) -> int | None:
        """The number; raises ValidationError."""
        found = number(value or "")
        if found is None and value:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return found


class Key(filters.NumberFilter):
    """The key of another row: whether that row is there is not told, only rows that one sees are found."""

    field_class = WholeField

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST, **options)

    def get_max_validator(self) -> None:
        """The field has its own."""


class Yes(filters.ChoiceFilter):
    """True or false, and nothing else."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=[("true", _("Yes")), ("false", _("No"))], **options)

    def filter(self, queryset: Any, value: Any) -> Any:
        """By the truth."""
        return super().filter(queryset, {"true": True, "false": False}.get(value, value))


def one_of(choices: Any, **options: Any) -> filters.ChoiceFilter:
    """A code of a list."""
    return filters.ChoiceFilter(choices=choices.choices, **options)


def since(field: str) -> filters.DateFilter:
    """From that day on."""
    return filters.DateFilter(field_name=field, lookup_expr="gte", input_formats=ISO)


def until(field: str) -> filters.DateFilter:
    """Up to and with that day."""
    return filters.DateFilter(field_name=field, lookup_expr="lte", input_formats=ISO)
