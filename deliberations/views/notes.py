"""The deputy's page of three questions. What a phone sends is next door (``note_sending``)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from deliberations.forms.notes import LogForm
from deliberations.models import Visit
from deliberations.note_words import WORDS
from deliberations.policies import visits as policies
from deliberations.transitions import noting
from stations.models import Station, StationStaff
from workflow import clock
from workflow.engine import Conflict, Invalid, permit

ONLY_IN_OFFICE = gettext_lazy("Only a deputy in office who belongs to a station can note a visit here.")


def page(request: HttpRequest) -> HttpResponse:
    """The three questions. It works without scripts; with them the phone keeps what cannot be sent."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_log(actor), ONLY_IN_OFFICE)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None,)
    form = LogForm(*sent, mandates=policies.own_mandates(actor))
    visit, status = _sent(form, actor)
    if visit is None:
        context = {"form": form, "person": actor.user.uuid, "words": WORDS}  # type: ignore[union-attr]
        return render(request, "deliberations/note.html", context, status=status)
    messages.success(request, _("Received. %(who)s will put it in order.") % {"who": liaison_of(visit.station)})
    return redirect("deliberations:visits")


def _sent(form: LogForm, actor: Actor) -> tuple[Visit | None, int]:
    """The note that the form made, or the status under which it is shown again with all that was typed."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return noting.log_whole(actor=actor, **form.cleaned_data), 302
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None, 422
    except Conflict as refused:
        form.again()
        form.add_error(None, refused.sentence)
        return None, 409


def liaison_of(station: Station | None) -> str:
    """Who will look at it: the liaison by name, or the station."""
    if station is None:
        return ""
    serving = StationStaff.objects.on_duty(clock.today()).filter(station=station, duty=StationStaff.Duty.LIAISON)
    liaison = serving.select_related("person").first()
    return liaison.person.name if liaison else station.name
