"""Pages of visits: the list, one visit, the deputy's three questions, the record for a deputy, the voter's name."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.filters.visits import VisitFilter
from deliberations.forms.visits import LogForm, RecordForm, RevealForm
from deliberations.models import Opinion, Telling, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import noting, settling, visiting
from deliberations.views.visit_acts import buttons
from deliberations.views.visit_record import timeline
from stations.models import Station, StationStaff
from workflow import clock
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing

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
    }
    return render(request, "deliberations/visits.html", context)


def _tabs(request: HttpRequest, visible: Any) -> list[dict[str, Any]]:
    tabs = [("", _("All"), visible)]
    if request.actor.is_deputy:  # type: ignore[attr-defined]
        tabs.insert(0, ("confirmation", _("To confirm"), visible.waiting_for("confirmation")))
    else:
        tabs.insert(0, ("completion", _("To complete"), visible.waiting_for("completion")))
    tabs.insert(1, ("telling", _("To tell"), visible.waiting_for("telling")))
    now = request.GET.get("waits", "")
    return [
        {"label": label, "url": f"?waits={wait}" if wait else "?", "current": wait == now, "count": rows.count()}
        for wait, label, rows in tabs
    ]


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: what was said, which way it takes, what the voter was told, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Visit.objects.visible_to(actor).select_related("station", "cycle", "recorded_by__person")
    visit = get_object_or_404(rows, pk=pk)
    opinions = _opinions(visit)
    may_reveal = policies.can_reveal(actor, visit)
    for opinion in opinions:
        opinion.acts = buttons(actor, opinion)  # type: ignore[attr-defined]
        named = opinion.voter is not None and opinion.voter.is_named
        opinion.may_reveal = may_reveal and named  # type: ignore[attr-defined]
    context = {
        "visit": visit,
        "deputies": visit.deputies.select_related("person"),
        "topics": visit.topics.all(),
        "opinions": opinions,
        "asks_reason": policies.needs_reason(actor),
        "acts": buttons(actor, visit),
        "events": timeline(visit, actor),
    }
    return render(request, "deliberations/visit.html", context)


def _opinions(visit: Visit) -> list[Opinion]:
    rows = visit.opinions.select_related("voter", "field", "topic")
    found = list(rows.prefetch_related(Prefetch("tellings", queryset=Telling.objects.select_related("by__person"))))
    for opinion in found:
        opinion.visit = visit
    return found


def log(request: HttpRequest) -> HttpResponse:
    """The deputy's page: what was said, who said it, whether an answer is wanted."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_log(actor), _("Only a deputy in office who belongs to a station can note a visit here."))
    form = LogForm(request.POST if request.method == "POST" else None, mandates=policies.own_mandates(actor))
    context = {"form": form, "submit_label": _("Hand it in"), "cancel_url": reverse("deliberations:visits")}
    visit, status = _sent(form, lambda: noting.log_visit(actor=actor, **form.cleaned_data))
    if visit is None:
        return render(request, "deliberations/visit_log.html", context, status=status)
    messages.success(request, _("Received. %(who)s will put it in order.") % {"who": _liaison(visit.station)})
    return redirect("deliberations:visits")


def record(request: HttpRequest) -> HttpResponse:
    """A whole visit, written for the deputy who went."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_record_at_all(actor))
    form = RecordForm(request.POST if request.method == "POST" else None, station=_own_station(actor))
    context = {"form": form, "submit_label": _("Save the record"), "cancel_url": reverse("deliberations:visits")}
    visit, status = _sent(form, lambda: visiting.record_visit(actor=actor, **form.told()))
    if visit is None:
        return render(request, "deliberations/visit_record.html", context, status=status)
    messages.success(request, _("Recorded. The deputy is asked to confirm it."))
    return redirect("deliberations:visit", visit.pk)


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


def _sent(form: Any, perform: Any) -> tuple[Visit | None, int]:
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


def _liaison(station: Station) -> str:
    """Who will look at it: the liaison by name, or the station."""
    serving = StationStaff.objects.on_duty(clock.today()).filter(station=station, duty=StationStaff.Duty.LIAISON)
    liaison = serving.select_related("person").first()
    return liaison.person.name if liaison else station.name


def _own_station(actor: Actor) -> Station | None:
    """The station whose topics are offered; staff see those of all."""
    if actor.is_staff:
        return None
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return Station.objects.filter(staff__in=duties).order_by("pk").first()
