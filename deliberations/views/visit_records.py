"""Pages of whoever keeps the record of visits: voters' meetings, photos and recordings, sheets to print, erasure."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from deliberations.forms.visit_records import EraseVoterForm, SearchVoterForm, VotersMeetingForm
from deliberations.models import Visit, VisitFile, VoterCategory
from deliberations.policies import visits as policies
from deliberations.transitions import erasing, voters_meetings
from deliberations.transitions.visit_parts import missing
from deliberations.views.visits import own_station, sent
from files.downloads import attachment_response, picture_response
from files.recordings import recording_response
from stations.models import Mandate, Station
from workflow import clock
from workflow.engine import Conflict, Invalid, permit

_SHOWN = {VisitFile.Kind.PHOTO: picture_response, VisitFile.Kind.RECORDING: recording_response}
#: Empty lines of the printed form.
_LINES = 8


def record_meeting(request: HttpRequest) -> HttpResponse:
    """A voters' meeting, written down for the deputies who held it; opinions are added on its page."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_record_at_all(actor))
    form = VotersMeetingForm(request.POST if request.method == "POST" else None, station=own_station(actor))
    context = {"form": form, "submit_label": _("Save the record"), "cancel_url": _meetings_url()}
    case, status = sent(form, lambda: voters_meetings.record_voters_meeting(actor=actor, **form.told()))
    if case is None:
        return render(request, "deliberations/voters_meeting_form.html", context, status=status)
    messages.success(request, _("Recorded. Now add what was said, one opinion after another."))
    return redirect("deliberations:visit", case.pk)


def paper(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """A photo to be seen, a recording to be heard, a sheet to be downloaded; nothing of what was erased."""
    visit = _visit(request, pk)
    row = get_object_or_404(visit.papers.select_related("file"), pk=part)
    if row.erased_at is not None:
        raise Http404
    shown = _SHOWN.get(VisitFile.Kind(row.kind))
    return shown(row.file) if shown else attachment_response(request, row.file)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The record on paper, for the ledger box: F10, or F13 of a voters' meeting. Voters' names stay hidden."""
    visit = _visit(request, pk)
    context = {
        "visit": visit,
        "deputies": visit.deputies.select_related("person"),
        "leaders": visit.leaders.all(),
        "guests": _guests(visit),
        "missing": missing(visit),
        "conveyed": visit.conveyed.select_related("material"),
        "materials": visit.materials.all(),
        "topics": visit.topics.all(),
        "opinions": visit.opinions.select_related("voter", "field", "topic", "about").prefetch_related("tellings"),
    }
    return render(request, "deliberations/visit_sheet.html", context)


def blank_sheet(request: HttpRequest, station: int) -> HttpResponse:
    """The empty form of a voters' meeting with the names of the station's deputies, to be filled in by hand."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_visits(actor))
    place = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=station)
    deputies = Mandate.objects.active(clock.today()).filter(station=place).select_related("person")
    context = {
        "station": place,
        "deputies": deputies.order_by("level", "certificate_no"),
        "kinds": VoterCategory.choices,
        "lines": range(_LINES),
    }
    return render(request, "deliberations/voters_meeting_blank.html", context)


def erase_voter(request: HttpRequest) -> HttpResponse:
    """Find by telephone number where a voter stands, then erase name and number there.

    The number is sent in the body only: an address would stand in the log of the server.
    """
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_record_at_all(actor))
    asked = request.POST if request.method == "POST" else None
    form = (EraseVoterForm if asked and "reason" in asked else SearchVoterForm)(asked)
    if not form.is_valid():
        return _erase_page(request, form, status=422 if asked is not None else 200)
    if isinstance(form, EraseVoterForm):
        return _erased(request, actor, form)
    rows = list(erasing.found(form.cleaned_data["phone"], actor))
    if not rows:
        form.add_error("phone", _("Nobody gave this number, or it is erased already."))
        return _erase_page(request, form, status=422)
    chosen = EraseVoterForm(initial={**form.cleaned_data, "reason": _("at the voter's wish")})
    return _erase_page(request, chosen, rows=rows)


def _erased(request: HttpRequest, actor: Actor, form: Any) -> HttpResponse:
    try:
        count = erasing.erase_number(actor=actor, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _erase_page(request, form, status=422)
    except Conflict as refused:
        form.add_error(None, refused.sentence)
        return _erase_page(request, form, status=409)
    told = ngettext("Erased at %(count)s visit.", "Erased at %(count)s visits.", count) % {"count": count}
    messages.success(request, told)
    return redirect("deliberations:erase_voter")


def _erase_page(request: HttpRequest, form: Any, *, status: int = 200, rows: Any = ()) -> HttpResponse:
    erases = isinstance(form, EraseVoterForm)
    context = {
        "form": form,
        "rows": rows,
        "danger": erases,
        "submit_label": _("Erase name and number") if erases else _("Search"),
        "cancel_url": reverse("deliberations:erase_voter" if erases else "deliberations:visits"),
    }
    return render(request, "deliberations/erase_voter.html", context, status=status)


def _visit(request: HttpRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("station__township", "cycle", "recorded_by__person"), pk=pk)


def _guests(visit: Visit) -> list[tuple[Any, int]]:
    """Each of the five kinds with how many came."""
    if visit.kind != Visit.Kind.VOTER_MEETING:
        return []
    there = dict(visit.guests.values_list("category", "number"))
    return [(kind.label, there.get(kind, 0)) for kind in VoterCategory]


def _meetings_url() -> str:
    return f"{reverse('deliberations:visits')}?kind={Visit.Kind.VOTER_MEETING}"
