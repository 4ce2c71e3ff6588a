"""What a phone asks and sends when there is a network.

Whatever it sends is acknowledged by name (``received``) or refused by name (``refused``); any other answer means nothing
to it, so that it keeps what it has.
"""

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actor import Actor
from accounts.models import User
from deliberations.forms.notes import SentFileForm, SentNoteForm, level_and_station
from deliberations.models import Visit, VisitFile
from deliberations.policies import visits as policies
from deliberations.transitions import noting
from deliberations.views.notes import ONLY_IN_OFFICE, liaison_of
from workflow import clock
from workflow.engine import Invalid, NotAllowed, Refused, permit

#: Characters of an id of which a refusal speaks; longer is none of ours.
_LONGEST_ID = 36

Answer = Callable[..., HttpResponse]


def _by_name(view: Answer) -> Answer:
    """Say of what a phone sent why it is refused, naming it; a person who may not note at all is told so by 403."""

    @never_cache
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest, **kept: Any) -> HttpResponse:
        try:
            return view(request, **kept)
        except NotAllowed as refused:
            return JsonResponse({"sentence": refused.sentence}, status=refused.status)
        except Refused as refused:
            return _refused(_name_in(request), refused.sentence, refused.status)

    return answered


@_by_name
def send(request: HttpRequest) -> HttpResponse:
    """A note from a phone: 201 for a new one, 200 for one that was here before, either naming it."""
    actor, told = _deputy(request), _told(request)
    _require_author(actor, told)
    form = SentNoteForm(_as_form(told), mandates=policies.own_mandates(actor))
    if not form.is_valid():
        return _refused(_name_in(request), _first_error(form), 422)
    name = form.cleaned_data["client_id"]
    before = Visit.objects.filter(client_id=name, recorded_by=actor.user).exists()
    visit = noting.log_visit(actor=actor, **form.cleaned_data)
    return _received(name, before, liaison=liaison_of(visit.station))


@_by_name
def send_file(request: HttpRequest, note: UUID) -> HttpResponse:
    """A photo or recording of a note that arrived before it."""
    actor = _deputy(request)
    _require_author(actor, request.POST)
    form = SentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(_name_in(request), _first_error(form), 422)
    visit = Visit.objects.visible_to(actor).filter(client_id=note).first()
    if visit is None:
        return JsonResponse({"sentence": _("The note it belongs to has not arrived yet.")}, status=404)
    data = form.cleaned_data
    before = VisitFile.objects.filter(client_id=data["client_id"]).exists()
    noting.attach(visit, actor=actor, client_id=data["client_id"], kind=data["kind"], upload=data["file"])
    return _received(data["client_id"], before)


@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Who is signed in, with the key that seals this person's notes on the phone and a token to send them with.

    The key depends on the person alone, so that what was sealed before a sign-out opens after the next sign-in.
    """
    actor = request.actor  # type: ignore[attr-defined]
    permit(actor.is_deputy)
    mandates = list(policies.own_mandates(actor)) if policies.can_log(actor) else []
    helper = liaison_of(mandates[0].station) if mandates else ""
    return JsonResponse(
        {
            "person": str(actor.user.uuid),
            "name": actor.user.person.name,
            "key": base64.b64encode(_key(actor.user)).decode(),
            "token": get_token(request),
            "mandates": [{"id": row.pk, "label": level_and_station(row)} for row in mandates],
            "liaison": helper,
            "today": clock.today().isoformat(),
        }
    )


def _key(user: User) -> bytes:
    return salted_hmac("deliberations.notes", str(user.uuid), algorithm="sha256").digest()


def _deputy(request: HttpRequest) -> Actor:
    """Who sends it. Raises NotAllowed for whoever may note nothing, before anything that was sent is read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_log(actor), ONLY_IN_OFFICE)
    return actor


def _require_author(actor: Actor, told: Any) -> None:
    """Raise NotAllowed for what somebody else wrote on this phone, Invalid for what does not say who wrote it."""
    written_by = told.get("by")
    if not written_by:
        raise Invalid("by", "unreadable", _("This could not be read."))
    permit(written_by == str(actor.user.uuid), _("Somebody else wrote this on this phone."))  # type: ignore[union-attr]


def _told(request: HttpRequest) -> dict[str, Any]:
    """What was sent in JSON. Raises Invalid for anything but an object."""
    try:
        told = json.loads(request.body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Invalid("body", "unreadable", _("This could not be read."))
    return told


def _as_form(told: dict[str, Any]) -> MultiValueDict[str, Any]:
    """Plain values as a form takes them; what is neither text, number nor yes or no is left out."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in told.items():
        if isinstance(value, bool):
            data[name] = "yes" if value else ("no" if name == "tell_wish" else "")
        elif isinstance(value, str | int):
            data[name] = str(value)
    return data


def _first_error(form: forms.Form) -> str:
    return next(str(errors[0]) for errors in form.errors.values())


def _name_in(request: HttpRequest) -> str:
    """The id that the request names, to be named in the refusal."""
    if request.content_type == "application/json":
        try:
            told = json.loads(request.body)
        except ValueError:
            return ""
        name = told.get("client_id", "") if isinstance(told, dict) else ""
    else:
        name = request.POST.get("client_id", "")
    return name[:_LONGEST_ID] if isinstance(name, str) else ""


def _received(name: UUID, before: bool, **more: str) -> JsonResponse:
    return JsonResponse({"received": str(name), **more}, status=200 if before else 201)


def _refused(name: str, sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"refused": name, "sentence": sentence}, status=status)
