"""Choices among few rows, for filters: the rows are read once, for checking what was chosen and for showing them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField

SELECTED = mark_safe(" selected")


class _KeptRows(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        """The empty choice, then the rows, which stay with the queryset of the field."""
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


@lru_cache(maxsize=4096)
def _option(key: str, label: str, is_chosen: bool) -> SafeString:
    """The same hundred options stand on every page of a list."""
    return format_html('\n  <option value="{}"{}>{}</option>\n', key, SELECTED if is_chosen else "", label)


class QuickSelect(forms.Select):
    """A select without groups, of one format; Django's own renders a template for each of a hundred organs."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same HTML."""
        chosen, own = self.format_value(value), flatatt(self.build_attrs(self.attrs, attrs))
        inside = SafeString("".join([_option(str(key), str(label), str(key) in chosen) for key, label in self.choices]))
        return format_html('<select name="{}"{}>{}\n</select>', name, own, inside)


class RowChoiceField(ModelChoiceField):  # type: ignore[misc]
    """Django's own reads the row that was chosen by a query of its own."""

    iterator = _KeptRows
    widget = QuickSelect

    def to_python(self, value: Any) -> Any:
        """The row with that key; raises ValidationError for one that is not offered."""
        if value in self.empty_values:
            return None
        found = next((row for row in self.queryset if str(row.pk) == str(value)), None)
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found


class RowChoiceFilter(ModelChoiceFilter):  # type: ignore[misc]
    """A filter by one of few rows."""

    field_class = RowChoiceField
