"""Hand-over meetings: the list, one of them, and the page of each act."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from deliberations.filters.hand_over_meetings import HandOverMeetingFilter
from deliberations.forms import hand_over_meetings as forms
from deliberations.models import Attendance, Meeting
from deliberations.policies.hand_over_meetings import can_run_hand_over_meeting, can_see_hand_over_meetings
from deliberations.transitions import hand_over_meetings as verbs
from deliberations.transitions.hand_over_machine import HAND_OVER_MEETING, HandOverVerb
from deliberations.views.record import timeline
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Invalid, permit
from workflow.forms import ReasonForm
from workflow.paging import listing

NEWEST = (("held_on", "desc"), ("pk", "desc"))
S = Attendance.State

_act = partial(Act, allowed=can_run_hand_over_meeting, subject=Meeting, require=HAND_OVER_MEETING.require)
_OPEN_NOTE = gettext_lazy(
    "From now on attendance is noted and suggestions are handed over with the day of the meeting."
)
_CLOSE_NOTE = gettext_lazy("Afterwards nothing is handed over at this meeting.")


def _update(meeting: Meeting, *, facts: verbs.MeetingFacts, **data: Any) -> Meeting:
    return verbs.update(meeting, facts, **data)


ACTS = catalogue(
    _act(
        HandOverVerb.OPEN,
        gettext_lazy("Open the meeting"),
        verbs.open_meeting,
        note=_OPEN_NOTE,
        ready=verbs.require_its_day,
        style="primary",
    ),
    _act(
        HandOverVerb.NOTE_ATTENDANCE,
        gettext_lazy("Note who is there"),
        verbs.note_attendance,
        form=forms.AttendanceForm,
    ),
    _act(
        HandOverVerb.CLOSE,
        gettext_lazy("Close the meeting"),
        verbs.close_meeting,
        note=_CLOSE_NOTE,
        ready=verbs.require_attendance,
    ),
    _act(
        HandOverVerb.UPDATE, gettext_lazy("Change the plan"), _update, form=forms.PlanForm, submit=gettext_lazy("Save")
    ),
    _act(HandOverVerb.REOPEN, gettext_lazy("Open again"), verbs.reopen_meeting, form=ReasonForm),
    _act(
        HandOverVerb.CANCEL,
        gettext_lazy("Cancel the meeting"),
        verbs.cancel_meeting,
        form=ReasonForm,
        ready=verbs.require_nothing_handed_over,
        style="danger",
    ),
)
_VERBS, _STATES = dict(HandOverVerb.choices), dict(Meeting.Status.choices)
_LABELS = {
    "held_on": gettext_lazy("date"),
    "place": gettext_lazy("place"),
    "convenor": gettext_lazy("convened by"),
    "held_with": gettext_lazy("held together with"),
    "present": gettext_lazy("organs present"),
    "missing": gettext_lazy("organs missing"),
    "to": gettext_lazy("handed over to"),
    "slips": gettext_lazy("slips"),
}


def meeting_list(request: HttpRequest) -> HttpResponse:
    """The hand-over meetings one may see, the latest first."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(can_see_hand_over_meetings(actor))
    context = listing(request, _meetings(actor), HandOverMeetingFilter, NEWEST, counted=_("%(count)s meetings"))
    context["may_plan"] = can_run_hand_over_meeting(actor)
    return render(request, "deliberations/hand_over_meetings.html", context)


def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting, or write down one that was held."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(can_run_hand_over_meeting(actor))
    form = forms.PlanForm(request.POST if request.method == "POST" else None, actor=actor, subject=None)
    if form.is_valid():
        try:
            meeting = verbs.plan(actor=actor, **form.told())
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Planned. Open it on its day to hand over."))
            return redirect("deliberations:hand_over_meeting", meeting.pk)
    back = reverse("deliberations:hand_over_meetings")
    context = {"heading": _("Plan a hand-over meeting"), "form": form, "cancel_url": back}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who was there, what was handed over, what can be done."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = get_object_or_404(_meetings(actor), pk=pk)
    rows = list(meeting.attendance.select_related("organ"))
    context = {
        "meeting": meeting,
        "acts": offered(ACTS.values(), actor, meeting, lambda chosen: _url(chosen, meeting)),
        "leaders": [there for there in rows if there.organ is None],
        "present": [there for there in rows if there.organ and there.state == S.PRESENT],
        "missing": [there for there in rows if there.organ and there.state != S.PRESENT],
        "sees_names": actor.is_committee or actor.is_government_office,
        "events": timeline(meeting, _VERBS, _STATES, _told) if actor.is_committee else None,
    }
    return render(request, "deliberations/hand_over_meeting.html", context)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one act on a meeting one may see."""
    meeting = get_object_or_404(_meetings(request.actor), pk=pk)  # type: ignore[attr-defined]
    back = reverse("deliberations:hand_over_meeting", args=[pk])
    return act_page(request, ACTS[verb], meeting, meeting, back=back)


def _meetings(actor: Actor) -> Any:
    return Meeting.objects.visible_to(actor).filter(kind=Meeting.Kind.HAND_OVER)


def _url(chosen: Act, meeting: Meeting) -> str:
    return reverse("deliberations:hand_over_meeting_act", args=[meeting.pk, chosen.verb.value])


def _told(event: Any) -> list[str]:
    """The plan, the organs and the slips of an event."""
    known = {name: value for name, value in event.detail.changes.items() if name in _LABELS and value}
    return [
        _("%(label)s: %(value)s") % {"label": _LABELS[name], "value": _plain(value)} for name, value in known.items()
    ]


def _plain(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
