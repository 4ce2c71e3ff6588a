"""What a form asks, as a program is told it (JSON Schema), and what a program sent, as the form takes it.

Types are strict: a number where a text is asked for is refused before the form sees it, and so is whatever the form
does not ask. What a value means is judged by the form alone, as on its page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

#: The largest key a row can have.
LARGEST = 2**63 - 1
Schema = dict[str, Any]

WRONG_KIND = _("This is not of the kind that is asked for here.")
UNKNOWN = _("This is not asked for here.")
_YES_NO = {"yes", "no"}


class Wrong(Exception):
    """Something of what was sent is of the wrong kind, or not asked for: ``errors`` by field."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__("wrong")
        self.errors = {name: [str(sentence)] for name, sentence in errors.items()}


@dataclass(frozen=True)
class Kind:
    """How a field is told, whether a value is of its kind, and how it is typed into the form."""

    schema: Schema
    fits: Callable[[Any], bool]
    typed: Callable[[Any], list[Any]] = lambda value: [str(value)]


def schema_of(fields: Mapping[str, forms.Field], *, files: bool) -> Schema:
    """The object that a form takes; files only where a request can carry them."""
    kinds = {name: field for name, field in fields.items() if files or not isinstance(field, forms.FileField)}
    needed = [name for name, field in kinds.items() if field.required and not isinstance(field, forms.BooleanField)]
    told = {name: field_schema(field) for name, field in kinds.items()}
    return {"type": "object", "properties": told, "required": needed, "additionalProperties": False}


def field_schema(field: forms.Field) -> Schema:
    """One field, described by its label."""
    schema = dict(kind_of(field).schema)
    if field.label:
        schema["description"] = str(field.label)
    return schema


def typed(fields: Mapping[str, forms.Field], sent: Mapping[str, Any]) -> MultiValueDict:
    """The JSON values as a form gets them from its page; what is not told is left out, never null. Raises Wrong."""
    data = MultiValueDict[str, Any]()
    errors = {name: UNKNOWN for name in sent if name not in fields}
    for name, value in sent.items():
        if name not in fields:
            continue
        kind = kind_of(fields[name])
        if not kind.fits(value):
            errors[name] = WRONG_KIND
        else:
            data.setlist(name, kind.typed(value))
    if errors:
        raise Wrong({_shown(name): sentence for name, sentence in errors.items()})
    return data


def from_parts(fields: Mapping[str, forms.Field], sent: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The parts of a multipart request as JSON would have said them: numbers and yes or no by their letters."""
    return {name: _read(fields[name], values) if name in fields else values for name, values in sent.items()}


def kind_of(field: forms.Field) -> Kind:
    """The kind of a field; a text where nothing else is known of it."""
    return next(make for known, make in _KINDS if isinstance(field, known))(field)


def _read(field: forms.Field, values: list[Any]) -> Any:
    schema = kind_of(field).schema
    if schema["type"] == "array":
        return [_letters(schema["items"], value) for value in values]
    # a field sent twice is of no kind
    return _letters(schema, values[0]) if len(values) == 1 else values


def _letters(schema: Schema, text: Any) -> Any:
    if schema["type"] == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if schema["type"] == "integer" and isinstance(text, str) and text.isascii() and text.lstrip("-").isdecimal():
        return int(text) if len(text) < 20 else text
    if schema["type"] == "number" and isinstance(text, str):
        return _number(text)
    return text


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _is_text(value: Any) -> bool:
    """A text that a database takes: without half characters, which JSON can spell."""
    return isinstance(value, str) and all(not 0xD800 <= ord(letter) < 0xE000 for letter in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def _is_file(value: Any) -> bool:
    return hasattr(value, "read")


def _list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _texts(value: list[Any]) -> list[str]:
    return [str(one) for one in value]


_KEY = {"type": "integer", "minimum": 1, "maximum": LARGEST}


def _text(field: Any) -> Kind:
    schema: Schema = {"type": "string"}
    if getattr(field, "max_length", None):
        schema["maxLength"] = field.max_length
    if field.required:
        schema["minLength"] = 1
    return Kind(schema, _is_text)


def _choice(field: Any) -> Kind:
    known = [str(value) for value, _label in _flat(field.choices) if value not in ("", None)]
    if set(known) == _YES_NO:
        return Kind({"type": "boolean"}, _is_truth, lambda value: ["yes" if value else "no"])
    # choices that are made for the reader are not known beforehand
    return Kind({"type": "string", "enum": known} if known else {"type": "string"}, _is_text)


def _flat(choices: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [(value, label) for value, label in choices if not isinstance(label, list | tuple)]


def _whole(field: Any) -> Kind:
    low, high = getattr(field, "min_value", None), getattr(field, "max_value", None)
    bounds = {"minimum": low if low is not None else -LARGEST, "maximum": high if high is not None else LARGEST}
    return Kind({"type": "integer", **bounds}, _is_whole)


def _tick(_field: Any) -> Kind:
    return Kind({"type": "boolean"}, _is_truth, lambda value: ["on"] if value else [])


def _of_format(name: str) -> Callable[[Any], Kind]:
    return lambda _field: Kind({"type": "string", "format": name}, _is_text)


#: The first that a field is an instance of; several before one, since the one is their base.
_KINDS: tuple[tuple[Any, Callable[[Any], Kind]], ...] = (
    (forms.ModelMultipleChoiceField, lambda _: Kind({"type": "array", "items": _KEY}, _list_of(_is_whole), _texts)),
    (forms.ModelChoiceField, lambda _: Kind(_KEY, _is_whole)),
    (
        forms.MultipleChoiceField,
        lambda _: Kind({"type": "array", "items": {"type": "string"}}, _list_of(_is_text), _texts),
    ),
    (forms.ChoiceField, _choice),
    (forms.BooleanField, _tick),
    (forms.FloatField, lambda _: Kind({"type": "number"}, _is_number)),
    (forms.DecimalField, lambda _: Kind({"type": "number"}, _is_number)),
    (forms.IntegerField, _whole),
    (forms.FileField, lambda _: Kind({"type": "string", "format": "binary"}, _is_file, lambda value: [value])),
    (forms.DateField, _of_format("date")),
    (forms.UUIDField, _of_format("uuid")),
    (forms.TimeField, lambda _: Kind({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}, _is_text)),
    (forms.Field, _text),
)


def _shown(name: Any) -> str:
    """A name as it can be said again."""
    return str(name).encode("utf-8", "replace").decode()[:100]
