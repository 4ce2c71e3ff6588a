"""Every act of a deliberation meeting that has a page: its verb, the row it is about, what it asks and what it does."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import meetings as forms
from deliberations.models import CycleStation, Meeting, MeetingOpinion
from deliberations.policies import meetings as policies
from deliberations.transitions import meetings, outcomes
from deliberations.transitions.meeting_machines import MEETING, MeetingVerb
from workflow.acting import Act, catalogue
from workflow.forms import ReasonForm


def meeting_of(subject: Any) -> Meeting:
    """The meeting that a row belongs to."""
    found: Meeting = subject if isinstance(subject, Meeting) else subject.meeting
    return found


def _require(subject: Any, verb: str) -> None:
    MEETING.require(meeting_of(subject), verb)


def _may_keep(actor: Actor, subject: Any) -> bool:
    return policies.can_keep(actor, meeting_of(subject))


def _may_convene(actor: Actor, row: CycleStation) -> bool:
    return policies.can_convene(actor, row.station_id)


def _require_convenable(row: CycleStation, _verb: str) -> None:
    meetings.require_convenable(row.cycle, row.station)


def _convene(row: CycleStation, *, actor: Any, **data: Any) -> Meeting:
    return meetings.convene(actor=actor, cycle=row.cycle, station=row.station, **data)


def _to_meeting(_request: HttpRequest, _row: Any, meeting: Meeting) -> HttpResponse:
    return redirect("deliberations:meeting", meeting.pk)


def _to_next(_request: HttpRequest, meeting: Meeting, row: MeetingOpinion) -> HttpResponse:
    """Back to the empty form, with the topic that is being spoken about."""
    page = reverse("deliberations:meeting", args=[meeting.pk])
    return redirect(f"{page}?topic={row.topic_id or ''}#add-opinion")


_on_meeting = partial(Act, allowed=_may_keep, subject=Meeting, require=_require)
_on_opinion = partial(Act, allowed=_may_keep, subject=MeetingOpinion, require=_require)

_OPEN_NOTE = _("From now on what is said can be written down, during the meeting or at night.")
_CLOSE_NOTE = _(
    "Afterwards nothing is changed. Organs are told what they promised, the township its tasks, and what was forwarded "
    "to the county becomes suggestions."
)
_CANCEL_NOTE = _("Everybody invited is told. The station can convene another meeting.")
_REOPEN_NOTE = _("What has become a suggestion by now stays as it is.")
_PROMISE_NOTE = _("Read it out: what is promised, by whom, until when. The organ is held to it.")
_FORWARD_NOTE = _("It becomes a suggestion, or a task of the township, when the meeting is closed.")

CONVENE = Act(
    MeetingVerb.CONVENE,
    _("Convene the meeting"),
    _convene,
    _may_convene,
    forms.PlanForm,
    subject=CycleStation,
    require=_require_convenable,
    versioned=False,
    answer=_to_meeting,
)

MEETING_ACTS = catalogue(
    _on_meeting(
        MeetingVerb.OPEN_MEETING,
        _("Open the meeting"),
        meetings.open_meeting,
        note=_OPEN_NOTE,
        ready=meetings.require_day,
        style="primary",
    ),
    _on_meeting(MeetingVerb.NOTE_ATTENDANCE, _("Note attendance"), meetings.note_attendance, form=forms.SheetForm),
    _on_meeting(
        MeetingVerb.CLOSE_MEETING,
        _("Close the meeting"),
        meetings.close_meeting,
        form=forms.CloseForm,
        note=_CLOSE_NOTE,
        ready=meetings.require_decided,
        style="primary",
    ),
    _on_meeting(MeetingVerb.CHANGE_PLAN, _("Change the plan"), meetings.change_plan, form=forms.PlanForm),
    Act(
        MeetingVerb.REOPEN_MEETING,
        _("Reopen the record"),
        meetings.reopen_meeting,
        policies.can_reopen,
        ReasonForm,
        subject=Meeting,
        require=_require,
        ready=meetings.require_deliberating,
        note=_REOPEN_NOTE,
    ),
    _on_meeting(
        MeetingVerb.CANCEL_MEETING,
        _("Cancel the meeting"),
        meetings.cancel_meeting,
        form=ReasonForm,
        note=_CANCEL_NOTE,
        style="danger",
    ),
    _on_meeting(
        MeetingVerb.ADD_OPINION, _("Add an opinion"), meetings.add_opinion, form=forms.OpinionForm, answer=_to_next
    ),
)

OPINION_ACTS = catalogue(
    _on_opinion(
        MeetingVerb.EXPLAIN,
        _("Explain"),
        outcomes.explain,
        form=forms.ExplainForm,
        ready=outcomes.require_changeable,
    ),
    _on_opinion(
        MeetingVerb.PROMISE,
        _("Promise"),
        outcomes.promise,
        form=forms.PromiseForm,
        note=_PROMISE_NOTE,
        ready=outcomes.require_promisable,
    ),
    _on_opinion(
        MeetingVerb.FORWARD,
        _("Forward"),
        outcomes.forward,
        form=forms.ForwardForm,
        note=_FORWARD_NOTE,
        ready=outcomes.require_changeable,
    ),
    _on_opinion(
        MeetingVerb.CORRECT_OPINION,
        _("Correct"),
        meetings.correct_opinion,
        form=forms.CorrectOpinionForm,
        ready=outcomes.require_not_taken_up,
    ),
)
