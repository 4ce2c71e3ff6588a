"""The page of each act on a station, a duty or a mandate, and which acts are open."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import forms, policies
from stations.forms.people import CorrectMandateForm
from stations.models import Mandate, Station, StationStaff
from stations.transitions import duties, entering, standing, stations
from stations.transitions.machines import MANDATE, STATION, Verb
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Invalid, permit
from workflow.forms import ReasonForm


def _keeps_roster(actor: Actor, _subject: Any) -> bool:
    return policies.can_keep_roster(actor)


def _keeps_mandates(actor: Actor, _subject: Any) -> bool:
    return policies.can_keep_mandates(actor)


def _require_duty(duty: StationStaff, verb: str) -> None:
    STATION.require(duty.station, verb)


_on_station = partial(Act, allowed=_keeps_roster, subject=Station, require=STATION.require)
_on_mandate = partial(Act, allowed=_keeps_mandates, subject=Mandate, require=MANDATE.require)

_CLOSE_NOTE = _("Deputies and record stay as they are. Move the deputies to another station afterwards.")
_SUSPEND_NOTE = _("A suspended deputy can read, but not submit, co-sign, evaluate or note visits.")
_END_NOTE = _("What the deputy did stays as it is. An ended mandate cannot be taken up again.")

STATION_ACTS = catalogue(
    _on_station(Verb.UPDATE, _("Edit"), stations.update, form=forms.StationForm, submit=_("Save")),
    _on_station(Verb.BEGIN_DUTY, _("Add staff"), duties.begin_duty, form=forms.BeginDutyForm),
    _on_station(Verb.CLOSE, _("Close the station"), stations.close, form=ReasonForm, note=_CLOSE_NOTE, style="danger"),
    _on_station(Verb.REOPEN, _("Open again"), stations.reopen, form=ReasonForm),
)
END_DUTY = Act(
    Verb.END_DUTY,
    _("End the duty"),
    duties.end_duty,
    _keeps_roster,
    forms.EndDutyForm,
    subject=StationStaff,
    require=_require_duty,
)
MANDATE_ACTS = catalogue(
    _on_mandate(Verb.CORRECT, _("Edit"), entering.correct_mandate, form=CorrectMandateForm, submit=_("Save")),
    _on_mandate(Verb.TAKE_IN, _("Assign a station"), standing.take_in, form=forms.TakeInForm),
    _on_mandate(Verb.SUSPEND, _("Suspend"), standing.suspend, form=forms.SuspendForm, note=_SUSPEND_NOTE),
    _on_mandate(Verb.RESUME, _("Let act again"), standing.resume, form=forms.SuspendForm),
    _on_mandate(
        Verb.END, _("End the mandate"), standing.end, form=forms.EndMandateForm, note=_END_NOTE, style="danger"
    ),
)


def add(request: HttpRequest) -> HttpResponse:
    """Enter a new station."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_roster(actor))
    form = forms.NewStationForm(request.POST if request.method == "POST" else None, actor=actor, subject=None)
    if form.is_valid():
        try:
            station = stations.establish(stations.StationFacts(**form.cleaned_data), actor=actor)
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Entered. Now add its staff."))
            return redirect("stations:detail", station.pk)
    context = {"heading": _("New station"), "form": form, "cancel_url": reverse("stations:list")}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def station_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a station."""
    station = get_object_or_404(_stations(request), pk=pk)
    return act_page(request, STATION_ACTS[verb], station, station, back=reverse("stations:detail", args=[pk]))


def end_duty(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """The end of a person's duty at a station."""
    station = get_object_or_404(_stations(request), pk=pk)
    rows = StationStaff.objects.on_duty(clock.today()).select_related("station", "person")
    row = get_object_or_404(rows, pk=duty, station=station)
    return act_page(request, END_DUTY, station, row, back=reverse("stations:detail", args=[pk]))


def mandate_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a mandate; its case is the station where it is recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Mandate.objects.visible_to(actor).select_related("person", "term", "station")
    mandate = get_object_or_404(rows, pk=pk)
    back = reverse("stations:deputy", args=[pk])
    return act_page(request, MANDATE_ACTS[verb], mandate.station, mandate, back=back)


def station_buttons(actor: Actor, station: Station) -> list[dict[str, Any]]:
    """What this person can do now with a station."""
    return offered(
        STATION_ACTS.values(), actor, station, lambda act: reverse("stations:act", args=[station.pk, act.verb.value])
    )


def mandate_buttons(actor: Actor, mandate: Mandate) -> list[dict[str, Any]]:
    """What this person can do now with a mandate; without a station only the first: to put the deputy to one."""
    acts = [act for act in MANDATE_ACTS.values() if mandate.station_id or act.verb == Verb.TAKE_IN]
    return offered(acts, actor, mandate, lambda act: reverse("stations:deputy_act", args=[mandate.pk, act.verb.value]))


def _stations(request: HttpRequest) -> Any:
    return Station.objects.visible_to(request.actor).select_related("township")  # type: ignore[attr-defined]
