"""Acts: the same verbs, forms and refusals as on the pages, asked by a program.

May it be seen (404) → may I (403) → is it as it was read (409 stale) → is it possible (409) → form (422) → verb.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workflow.acting import Act
from workflow.api.bodies import FormParser, JsonParser, KnownMethods, is_form
from workflow.api.reading import Reading, single
from workflow.asked import LARGEST, WRONG_KIND, Wrong, from_parts, schema_of, typed
from workflow.engine import Stale, permit
from workflow.models import Case

_VERSION = {
    "type": "integer",
    "minimum": 0,
    "maximum": LARGEST,
    "description": "The version of the case as it was read last; another one now is a conflict (409, code `stale`).",
}


class Acting(KnownMethods, APIView):
    """One act on one kind of rows. ``case`` leads from a row to its case, whose version is asked for.

    ``acts_of`` gives the catalogue as a person does it; ``others`` are the forms that other people fill in.
    """

    http_method_names = ["post"]
    parser_classes = [JsonParser, FormParser]
    name: ClassVar[str]
    verb: ClassVar[str]
    of: ClassVar[type[Reading]]
    case: ClassVar[str]
    acts_of: ClassVar[Callable[[Any], Mapping[str, Act]]]
    shown: ClassVar[Callable[[Any, Any, Any], Any]]
    kind: ClassVar[type[Reading]]
    forms: ClassVar[tuple[type[forms.Form], ...]]
    versioned: ClassVar[bool]
    label: ClassVar[Any]
    note: ClassVar[Any]
    #: A body as it is sent, for the description.
    example: ClassVar[Mapping[str, Any]] = {}

    def post(self, request: Request, pk: int) -> Response:
        """Do it."""
        actor = request.actor  # type: ignore[attr-defined]
        act = type(self).acts_of(actor)[self.verb]
        subject = self._view(self.of).seen(pk)
        single(request, ())
        permit(act.allowed(actor, subject))
        result = self._performed(request, act, subject)
        answer = self._view(self.kind)
        key = type(self).shown(subject, result, actor)
        return Response(answer.told(answer.seen(key)))

    def _performed(self, request: Request, act: Act, subject: Any) -> Any:
        actor = request.actor  # type: ignore[attr-defined]
        case: Case = reduce(getattr, self.case.split("."), subject)
        sent = body_of(request, act.form.base_fields, act.versioned)
        version = {"version": _version(sent, case)} if act.versioned else {}
        act.check(subject)
        form = taken(lambda *given: act.form(*given, actor=actor, subject=subject), sent)
        return act.perform(subject, actor=form.actor, **version, **form.told())

    def _view(self, kind: type[Reading]) -> Any:
        return kind(request=self.request, action="retrieve", kwargs={}, format_kwarg=None)

    def asked(self) -> dict[str, Any]:
        """The bodies as they are described."""
        told = bodies(self.forms, {"version": _VERSION} if self.versioned else {})
        if self.example:
            told["application/json"]["examples"] = [dict(self.example)]
        return told

    def answers(self) -> Any:
        """What comes of it."""
        return {200: OpenApiResponse(self.kind.whole or self.kind.row)}


def bodies(kinds: tuple[type[forms.Form], ...], more: Mapping[str, Any]) -> dict[str, Any]:
    """What forms ask, by content type: in JSON, and in parts where one of them takes a file."""
    told = {"application/json": _either(kinds, more, files=False)}
    takes_files = any(isinstance(field, forms.FileField) for kind in kinds for field in kind.base_fields.values())
    if takes_files:
        told["multipart/form-data"] = _either(kinds, more, files=True)
    return told


def _either(kinds: tuple[type[forms.Form], ...], more: Mapping[str, Any], *, files: bool) -> dict[str, Any]:
    schemas = []
    for kind in kinds:
        schema = schema_of(kind.base_fields, files=files)
        schema["properties"] = {**more, **schema["properties"]}
        schema["required"] = [*more, *schema["required"]]
        if not schema["required"]:
            del schema["required"]
        if schema not in schemas:
            schemas.append(schema)
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def body_of(request: Request, fields: Mapping[str, forms.Field], versioned: bool) -> dict[str, Any]:
    """What was sent, by name, still as JSON tells it. Raises ValidationError for what is no object."""
    data: Any = request.data
    if is_form(data):
        known = {**fields, "version": forms.IntegerField()} if versioned else dict(fields)
        return from_parts(known, {name: data.getlist(name) for name in data})
    if not isinstance(data, dict):
        raise ValidationError({"body": [str(WRONG_KIND)]})
    return dict(data)


def taken(make: Callable[..., Any], sent: Mapping[str, Any]) -> Any:
    """The valid form that was sent, bound. Raises ValidationError with what is wrong by field."""
    try:
        data = typed(make().fields, sent)
    except Wrong as wrong:
        raise ValidationError(wrong.errors) from wrong
    form = make(*_split(data))
    if not form.is_valid():
        raise ValidationError({name: [str(one) for one in told] for name, told in form.errors.items()})
    return form


def _split(data: MultiValueDict) -> tuple[MultiValueDict, MultiValueDict]:
    """Texts and files, as a form takes them."""
    parts = MultiValueDict[str, Any](), MultiValueDict[str, Any]()
    for name, values in data.lists():
        parts[any(hasattr(value, "read") for value in values)].setlist(name, values)
    return parts


def _version(sent: dict[str, Any], case: Case) -> int:
    """Take out the version. Raises Stale for another than the case has."""
    said = sent.pop("version", None)
    if not isinstance(said, int) or isinstance(said, bool):
        raise ValidationError({"version": [str(WRONG_KIND)]})
    if said != case.version:
        raise Stale
    return said
