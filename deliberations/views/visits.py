"""Pages of visits: the list, one visit, the record for a deputy, the voter's name."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.filters.visits import VisitFilter
from deliberations.forms.visits import RecordForm, RevealForm
from deliberations.models import Opinion, Telling, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import settling, visiting
from deliberations.transitions.visit_parts import missing
from deliberations.views.visit_acts import buttons
from deliberations.views.visit_record import timeline
from stations.models import Duty, ReceptionDay, Station, StationStaff
from workflow import clock
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing
from workflow.text import number

MEETING = Visit.Kind.VOTER_MEETING.value
NEWEST = (("on", "desc"), ("pk", "desc"))


def visit_list(request: HttpRequest) -> HttpResponse:
    """The visits one may see, newest first, with what still waits in front."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_visits(actor))
    visible = Visit.objects.visible_to(actor)
    context = listing(request, visible.for_list(), VisitFilter, NEWEST, counted=_("%(count)s visits"))
    for row in context["rows"]:
        row.shown = list(row.opinions.all())
    context |= {
        "tabs": _tabs(request, visible),
        "may_log": policies.can_log(actor),
        "may_record": policies.can_record_at_all(actor),
        "blank_for": own_station(actor) if policies.can_record_at_all(actor) else None,
    }
    return render(request, "deliberations/visits.html", context)


def _tabs(request: HttpRequest, visible: Any) -> list[dict[str, Any]]:
    tabs = [("", _("All"), visible)]
    if request.actor.is_deputy:  # type: ignore[attr-defined]
        tabs.insert(0, ("confirmation", _("To confirm"), visible.waiting_for("confirmation")))
    else:
        tabs.insert(0, ("completion", _("To complete"), visible.waiting_for("completion")))
    tabs.insert(1, ("telling", _("To tell"), visible.waiting_for("telling")))
    now, kind = request.GET.get("waits", ""), request.GET.get("kind", "")
    told = [
        {
            "label": label,
            "url": f"?waits={wait}" if wait else "?",
            "current": wait == now and kind != MEETING,
            "count": rows.count(),
        }
        for wait, label, rows in tabs
    ]
    return told + _further_tabs(request.actor, visible, now, kind)  # type: ignore[attr-defined]


def _further_tabs(actor: Actor, visible: Any, now: str, kind: str) -> list[dict[str, Any]]:
    """What a keeper wrote for others and they have still to confirm; the voters' meetings."""
    own = []
    if policies.can_record_at_all(actor):
        rows = visible.waiting_for("confirmation")
        label, current = _("Recorded by me, to be confirmed by the deputy"), now == "confirmation"
        own = [{"label": label, "url": "?waits=confirmation", "current": current, "count": rows.count()}]
    if actor.is_deputy:
        return own
    meetings = visible.filter(kind=MEETING)
    label, url = _("Voters' meetings"), f"?kind={MEETING}"
    return [*own, {"label": label, "url": url, "current": kind == MEETING, "count": meetings.count()}]


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: what was said, which way it takes, what the voter was told, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Visit.objects.visible_to(actor).select_related("station", "cycle", "recorded_by__person", "reception_day")
    visit = get_object_or_404(rows, pk=pk)
    opinions = _opinions(visit)
    may_reveal = policies.can_reveal(actor, visit)
    for opinion in opinions:
        opinion.acts = buttons(actor, opinion)  # type: ignore[attr-defined]
        named = opinion.voter is not None and opinion.voter.is_named
        opinion.may_reveal = may_reveal and named  # type: ignore[attr-defined]
        opinion.may_erase = named and policies.can_erase(actor, visit)  # type: ignore[attr-defined]
    papers = list(visit.papers.select_related("file"))
    context = {
        "visit": visit,
        "deputies": visit.deputies.select_related("person"),
        "topics": visit.topics.all(),
        "leaders": visit.leaders.all(),
        "materials": visit.materials.all(),
        "conveyed": visit.conveyed.select_related("material"),
        "guests": visit.guests.all(),
        "missing": missing(visit),
        "papers": papers,
        "opinions": opinions,
        "asks_reason": policies.needs_reason(actor),
        "acts": buttons(actor, visit),
        "events": timeline(visit, actor),
    }
    return render(request, "deliberations/visit.html", context)


def _opinions(visit: Visit) -> list[Opinion]:
    rows = visit.opinions.select_related("voter", "field", "topic", "about", "township_task")
    found = list(rows.prefetch_related(Prefetch("tellings", queryset=Telling.objects.select_related("by__person"))))
    for opinion in found:
        opinion.visit = visit
    return found


def record(request: HttpRequest) -> HttpResponse:
    """A whole visit, written for the deputy who went."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_record_at_all(actor))
    sent_in = request.POST if request.method == "POST" else None
    form = RecordForm(sent_in, station=own_station(actor), initial=_from_reception(request))
    context = {"form": form, "submit_label": _("Save the record"), "cancel_url": reverse("deliberations:visits")}
    visit, status = sent(form, lambda: visiting.record_visit(actor=actor, **form.told()))
    if visit is None:
        return render(request, "deliberations/visit_record.html", context, status=status)
    messages.success(request, _("Recorded. The deputy is asked to confirm it."))
    return redirect("deliberations:visit", visit.pk)


def _from_reception(request: HttpRequest) -> dict[str, Any]:
    """What the page of a reception day tells already: kind, day and place, and who was there."""
    key = number(request.GET.get("reception_day", ""))
    days = ReceptionDay.objects.visible_to(request.actor).standing()  # type: ignore[attr-defined]
    day = days.filter(pk=key).select_related("station").first() if key else None
    if day is None:
        return {}
    there = day.duties.filter(state__in=[Duty.State.DUE, Duty.State.PRESENT]).select_related("mandate")
    numbers = "、".join(duty.mandate.certificate_no for duty in there)
    place = day.place or day.station.name
    return {
        "kind": Visit.Kind.RECEPTION, "on": day.on, "place": place, "reception_day": day.pk, "deputies": numbers
    }  # fmt: skip


def reveal(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """The voter's name and number, shown once; the committee says why first."""
    actor = request.actor  # type: ignore[attr-defined]
    visit = get_object_or_404(Visit.objects.visible_to(actor).select_related("station"), pk=pk)
    row = get_object_or_404(visit.opinions.select_related("voter"), pk=opinion)
    row.visit = visit
    permit(policies.can_reveal(actor, visit))
    settling.require_named(row)
    needs_reason = policies.needs_reason(actor)
    form = RevealForm(request.POST or None, actor=actor, subject=row) if needs_reason else None
    context = {"visit": visit, "opinion": row, "form": form, "cancel_url": reverse("deliberations:visit", args=[pk])}
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        context["name"], context["phone"] = settling.reveal(row, actor=actor, reason=reason)
        return render(request, "deliberations/voter.html", context)
    return render(request, "deliberations/voter_ask.html", context, status=422 if request.method == "POST" else 200)


def sent(form: Any, perform: Any) -> tuple[Visit | None, int]:
    """The visit that the form made, or the status under which it is shown again with all that was typed."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return perform(), 302
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None, 422
    except Conflict as refused:
        form.again()
        form.add_error(None, refused.sentence)
        return None, 409


def own_station(actor: Actor) -> Station | None:
    """The station whose topics are offered; staff see those of all."""
    if actor.is_staff:
        return None
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return Station.objects.filter(staff__in=duties).order_by("pk").first()
