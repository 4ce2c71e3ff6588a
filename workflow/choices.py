"""Choices among few rows, for filters: the rows are read once, for checking what was chosen and for showing them."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField


class _KeptRows(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        """The empty choice, then the rows, which stay with the queryset of the field."""
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


class RowChoiceField(ModelChoiceField):  # type: ignore[misc]
    """Django's own reads the row that was chosen by a query of its own."""

    iterator = _KeptRows

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
