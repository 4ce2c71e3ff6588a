"""Promises made on the spot: the list, one of them, its picture, and the sheet that is signed at the meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from deliberations.filters.promises import PromiseFilter
from deliberations.models import Meeting, Promise
from deliberations.policies import promises as policies
from deliberations.transitions.meeting_machines import PromiseVerb
from deliberations.views.promise_acts import buttons
from deliberations.views.record import timeline
from files.downloads import attachment_response
from workflow import clock
from workflow.engine import permit
from workflow.paging import listing
from workflow.periods import Light, light

SOONEST = (("due_on", "asc"), ("pk", "asc"))


def promise_list(request: HttpRequest) -> HttpResponse:
    """The promises one may see, the one due first in front."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_promises(actor))
    visible = Promise.objects.visible_to(actor)
    context = listing(request, visible.for_list(), PromiseFilter, SOONEST, counted=_("%(count)s promises"))
    for promise in context["rows"]:
        promise.light = light_of(promise)
        promise.is_late = promise.light is not None and promise.light.colour == "red"
    context |= {"tabs": _tabs(request, visible), "is_own": actor.is_organ}
    return render(request, "deliberations/promises.html", context)


def _tabs(request: HttpRequest, visible: Any) -> list[dict[str, Any]]:
    tabs = [("", _("All"), visible), ("open", _("Still open"), visible.open())]
    tabs.append(("overdue", _("Overdue"), visible.overdue(clock.today())))
    now = request.GET.get("due", "")
    return [
        {"label": label, "url": f"?due={due}" if due else "?", "current": due == now, "count": rows.count()}
        for due, label, rows in tabs
    ]


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: what, who, by when, what was reported, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Promise.objects.visible_to(actor).for_list().select_related("picture")
    promise = get_object_or_404(rows, pk=pk)
    context = {
        "promise": promise,
        "light": light_of(promise),
        "acts": buttons(actor, promise),
        "sees_meeting": Meeting.objects.visible_to(actor).filter(pk=promise.meeting_opinion.meeting_id).exists(),
        "events": timeline(promise, dict(PromiseVerb.choices), dict(Promise.Status.choices)),
    }
    return render(request, "deliberations/promise.html", context)


def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of what was done, of a promise one may see."""
    rows = Promise.objects.visible_to(request.actor).exclude(picture=None)  # type: ignore[attr-defined]
    return attachment_response(request, get_object_or_404(rows.select_related("picture"), pk=pk).picture)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a meeting's promises, to be printed and signed before those who promised leave the room."""
    actor = request.actor  # type: ignore[attr-defined]
    meetings = Meeting.objects.visible_to(actor).filter(kind=Meeting.Kind.DELIBERATION)
    meeting = get_object_or_404(meetings.select_related("station", "cycle"), pk=pk)
    permit(policies.can_see_promises(actor))
    found = Promise.objects.visible_to(actor).filter(meeting_opinion__meeting=meeting).for_list()
    rows = found.order_by("meeting_opinion__order")
    return render(request, "deliberations/promise_sheet.html", {"meeting": meeting, "rows": rows})


def light_of(promise: Promise) -> Light | None:
    """Red the day after; nothing runs once it is settled."""
    if promise.status not in (Promise.Status.MADE, Promise.Status.REPORTED_DONE):
        return None
    return light(promise.due_on, promise.made_on, clock.today())
