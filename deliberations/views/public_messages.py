"""A voter writes to a station or deputy, and sees later what became of it; all of it without sign-in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.actor import NOBODY
from accounts.public import open_form, open_page, whose
from deliberations import tracking
from deliberations.forms.messages import MessageForm, TrackForm
from deliberations.proper_ways import WAYS
from deliberations.transitions.messages import receive_message
from deliberations.views.public_pages import no_such_code
from stations.public import Addressee, addressee_of
from workflow.engine import Conflict, Invalid
from workflow.throttling import take

HOUR, DAY = 3600, 24 * 3600
#: Messages of one address within an hour and a day (a helper at a station may write for many), and to one code a day.
PER_HOUR, PER_DAY, PER_CODE = 12, 40, 200
#: Codes that one address may try within an hour.
TRIES = 20


@open_page
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """First of all: is it for deputies, or is somebody else responsible?"""
    to = addressee_of(code)
    if to is None:
        return no_such_code(request)
    response = render(request, "deliberations/public/begin.html", {"code": code, "to": to})
    response["X-Robots-Tag"] = "noindex"
    return response


@open_page
def proper_way(request: HttpRequest) -> HttpResponse:
    """Where petitions, lawsuits, reports and emergencies go; nothing of it is kept here."""
    return render(request, "deliberations/public/proper_way.html", {"ways": WAYS})


@open_form
def write(request: HttpRequest, code: str) -> HttpResponse:
    """The message; its code is shown at once, and once more if the same form comes again."""
    to = addressee_of(code)
    if to is None:
        return no_such_code(request)
    if request.method != "POST":
        return _form_page(request, to, MessageForm(code=code), 200)
    form = MessageForm(request.POST, request.FILES, code=code)
    if not form.is_valid():
        return _form_page(request, to, form, 422)
    if not _may_send(request, code):
        form.add_error(None, _("Many messages came from here today. Please wait a while, or go to the station."))
        return _form_page(request, to, form, 429)
    return _sent(request, to, form)


@open_form
def track(request: HttpRequest) -> HttpResponse:
    """What became of a message, by its code."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _track_page(request, form, 422 if form.is_bound else 200)
    if not take("track code", whose(request), most=TRIES, seconds=HOUR):
        form.add_error(None, _("Too many codes were tried from here. Please wait an hour, or ask at the station."))
        return _track_page(request, form, 429)
    opinion = tracking.opinion_under(form.cleaned_data["code"])
    if opinion is None:
        form.add_error("code", _("There is no message under this code. Please compare it with your note."))
        return _track_page(request, form, 422)
    context = {"opinion": opinion, "station": opinion.visit.station, **tracking.progress(opinion)}
    return render(request, "deliberations/public/tracked.html", context)


def _may_send(request: HttpRequest, code: str) -> bool:
    """Neither too many from one address nor, whoever sends them, to one code; the first that says no is not charged."""
    address = whose(request)
    return (
        take("message hour", address, most=PER_HOUR, seconds=HOUR)
        and take("message day", address, most=PER_DAY, seconds=DAY)
        and take("message code", code, most=PER_CODE, seconds=DAY)
    )


def _sent(request: HttpRequest, to: Addressee, form: MessageForm) -> HttpResponse:
    """The page with the code, or the form once more with all that was typed."""
    data = form.cleaned_data
    try:
        shown = receive_message(
            actor=NOBODY, client_id=data["client_id"], to=to, message=form.message(), photo=data["photo"]
        )
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _form_page(request, to, form, 422)
    except Conflict as refused:
        form.again(anew=True)
        form.add_error(None, refused.sentence)
        return _form_page(request, to, form, 409)
    context = {"to": to, "code": shown, "wants_answer": form.message().tell_wish}
    return render(request, "deliberations/public/received.html", context)


def _form_page(request: HttpRequest, to: Addressee, form: MessageForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {"to": to, "form": form, "submit_label": _("Send"), "photo_lost": bool(request.FILES)}
    return render(request, "deliberations/public/write.html", context, status=status)


def _track_page(request: HttpRequest, form: TrackForm, status: int) -> HttpResponse:
    context = {"form": form, "submit_label": _("Look it up")}
    return render(request, "deliberations/public/track.html", context, status=status)
