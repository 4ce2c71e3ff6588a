"""The filters that are on, as small labels with a link that takes each one off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

#: Where in the list one is; meaningless once the filters change.
PLACE = ("after", "before")


@dataclass(frozen=True)
class Chip:
    """One active filter: its name, its value in words, the query string without it (never empty: "?" at least)."""

    label: str
    value: str
    remove: str


def chips(form: forms.Form, query: QueryDict) -> list[Chip]:
    """A chip per filter that narrows the list; what could not be read has its error instead."""
    chosen = getattr(form, "cleaned_data", {})
    return [
        Chip(str(form.fields[name].label or name), text, _without(form, name, query))
        for name in form.fields
        if (text := in_words(form.fields[name], chosen.get(name)))
    ]


def in_words(field: forms.Field, value: Any) -> str:
    """A cleaned value as a reader would say it; empty when it narrows nothing.

    >>> in_words(forms.CharField(), "校车")
    '校车'
    """
    if value in (None, "", False) or (isinstance(field.widget, forms.CheckboxInput) and value is not True):
        return ""
    if isinstance(value, slice):
        return _span(value.start, value.stop)
    if isinstance(value, bool):
        return _("yes")
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return "、".join(_label(field, item) for item in value)
    return _label(field, value)


def _label(field: Any, value: Any) -> str:
    """A choice's label without asking the database again, anything else as it prints."""
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return str(value)
    return next((str(label) for key, label in _flat(field.choices) if str(key) == str(value)), str(value))


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Choices with their groups opened."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _span(start: Any, stop: Any) -> str:
    """From, to, or both; times of day that only mark the ends of days are left out."""
    first, last = (str(getattr(edge, "date", lambda edge=edge: edge)()) if edge else "" for edge in (start, stop))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _("from %(first)s") % {"first": first} if first else _("until %(last)s") % {"last": last}


def _without(form: forms.Form, name: str, query: QueryDict) -> str:
    """The query string without one filter and without the place."""
    rest = query.copy()
    for key in (*PLACE, *_inputs(form, name)):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"


def _inputs(form: forms.Form, name: str) -> list[str]:
    """The names of a field's inputs; a range has two."""
    prefixed = form.add_prefix(name)
    return [
        prefixed,
        *(prefixed + suffix for suffix in getattr(form.fields[name].widget, "widgets_names", ())),
    ]
