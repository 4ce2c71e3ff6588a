"""One page for each act: fetch → may I (403) → is it possible (409) → form (422) → verb → back to where it began."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import forms, policies
from stations.models import Mandate, Station, StationStaff
from stations.transitions import duties, standing, stations
from stations.transitions.machines import MANDATE, STATION, Verb
from workflow import clock
from workflow.engine import Invalid, Machine, Stale, permit


@dataclass(frozen=True)
class Act:
    """A verb with its page: what it asks, who may, what it moves."""

    verb: Verb
    label: Any
    perform: Callable[..., Any]
    form: type[forms.ActForm]
    allowed: Callable[[Actor], bool]
    machine: Machine
    submit: Any = ""
    note: Any = ""
    danger: bool = False


def _of_station(verb: Verb, label: Any, perform: Any, form: Any, **options: Any) -> Act:
    return Act(verb, label, perform, form, policies.can_keep_roster, STATION, **options)


def _of_mandate(verb: Verb, label: Any, perform: Any, form: Any, **options: Any) -> Act:
    return Act(verb, label, perform, form, policies.can_keep_mandates, MANDATE, **options)


_CLOSE_NOTE = _("Deputies and record stay as they are. Move the deputies to another station afterwards.")
_SUSPEND_NOTE = _("A suspended deputy can read, but not submit, co-sign or evaluate.")
_END_NOTE = _("What the deputy did stays as it is. An ended mandate cannot be taken up again.")

STATION_ACTS = {
    act.verb.value: act
    for act in (
        _of_station(Verb.UPDATE, _("Edit"), stations.update, forms.StationForm, submit=_("Save")),
        _of_station(Verb.BEGIN_DUTY, _("Add staff"), duties.begin_duty, forms.BeginDutyForm),
        _of_station(
            Verb.CLOSE, _("Close the station"), stations.close, forms.ReasonForm, note=_CLOSE_NOTE, danger=True
        ),
        _of_station(Verb.REOPEN, _("Open again"), stations.reopen, forms.ReasonForm),
    )
}
END_DUTY = _of_station(Verb.END_DUTY, _("End the duty"), duties.end_duty, forms.EndDutyForm)
MANDATE_ACTS = {
    act.verb.value: act
    for act in (
        _of_mandate(Verb.TAKE_IN, _("Assign a station"), standing.take_in, forms.TakeInForm),
        _of_mandate(Verb.SUSPEND, _("Suspend"), standing.suspend, forms.SuspendForm, note=_SUSPEND_NOTE),
        _of_mandate(Verb.RESUME, _("Let act again"), standing.resume, forms.SuspendForm),
        _of_mandate(Verb.END, _("End the mandate"), standing.end, forms.EndMandateForm, note=_END_NOTE, danger=True),
    )
}


def add(request: HttpRequest) -> HttpResponse:
    """Enter a new station."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_roster(actor))
    form = forms.NewStationForm(request.POST if request.method == "POST" else None, subject=None)
    if form.is_valid():
        try:
            station = stations.establish(stations.StationFacts(**form.cleaned_data), actor=actor)
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Entered. Now add its staff."))
            return redirect("stations:detail", station.pk)
    context = {"heading": _("New station"), "form": form, "cancel_url": reverse("stations:list")}
    return render(request, "stations/act.html", context, status=422 if form.is_bound else 200)


def station_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a station."""
    station = get_object_or_404(_stations(request), pk=pk)
    back = reverse("stations:detail", args=[pk])
    return _page(request, STATION_ACTS[verb], station, station.version, back)


def end_duty(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """The end of a person's duty at a station."""
    station = get_object_or_404(_stations(request), pk=pk)
    rows = StationStaff.objects.on_duty(clock.today()).select_related("station", "person")
    row = get_object_or_404(rows, pk=duty, station=station)
    return _page(request, END_DUTY, row, station.version, reverse("stations:detail", args=[pk]))


def mandate_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a mandate; the version is that of the station where it is recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Mandate.objects.visible_to(actor).select_related("person", "term", "station")
    mandate = get_object_or_404(rows, pk=pk)
    version = mandate.station.version if mandate.station else 0
    return _page(request, MANDATE_ACTS[verb], mandate, version, reverse("stations:deputy", args=[pk]))


def offered(actor: Actor, acts: dict[str, Act], subject: Any) -> list[Act]:
    """The acts that this person can do now."""
    return [act for act in acts.values() if act.allowed(actor) and act.machine.allows(subject, act.verb)]


def presented(acts: list[Act], url_name: str, pk: int) -> list[dict[str, Any]]:
    """Acts as buttons."""
    return [
        {
            "label": act.label,
            "url": reverse(url_name, args=[pk, act.verb.value]),
            "style": "danger" if act.danger else "secondary",
        }
        for act in acts
    ]


def _stations(request: HttpRequest) -> Any:
    return Station.objects.visible_to(request.actor).select_related("township")  # type: ignore[attr-defined]


def _page(request: HttpRequest, act: Act, subject: Any, version: int, back: str) -> HttpResponse:
    permit(act.allowed(request.actor))  # type: ignore[attr-defined]
    act.machine.require(subject.station if act is END_DUTY else subject, act.verb)
    form = act.form(request.POST if request.method == "POST" else None, subject=subject)
    if request.method == "POST" and _performed(request, act, subject, version, form):
        messages.success(request, _("Done."))
        return redirect(back)
    context = {
        "heading": act.label,
        "lead": subject,
        "note": act.note,
        "danger": act.danger,
        "form": form,
        "version": version,
        "submit_label": act.submit or act.label,
        "cancel_url": back,
    }
    return render(request, "stations/act.html", context, status=422 if form.is_bound else 200)


def _performed(request: HttpRequest, act: Act, subject: Any, version: int, form: forms.ActForm) -> bool:
    if request.POST.get("version") != str(version):
        raise Stale
    if not form.is_valid():
        return False
    try:
        act.perform(subject, actor=request.actor, version=version, **form.cleaned_data)  # type: ignore[attr-defined]
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True
