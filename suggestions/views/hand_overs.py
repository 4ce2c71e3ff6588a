"""Handing over many suggestions at a hand-over meeting, and the sheet on which their receivers sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from deliberations.models import Meeting
from deliberations.policies.hand_over_meetings import can_run_hand_over_meeting
from deliberations.transitions.hand_over_machine import HAND_OVER_MEETING, HandOverVerb
from suggestions import transitions
from suggestions.forms.handing import HandOverManyForm
from suggestions.handed import handed_over
from suggestions.models import HandOver
from suggestions.transitions.handing import require_waiting
from workflow.acting import Act, act_page

_NOTE = _("Each gets its slip, and its reply term runs from the day of the meeting. All are handed over, or none.")


def _handed(request: HttpRequest, meeting: Meeting, given: list[HandOver]) -> HttpResponse:
    sentence = ngettext("%(count)s suggestion handed over.", "%(count)s suggestions handed over.", len(given))
    messages.success(request, sentence % {"count": len(given)})
    return redirect("deliberations:hand_over_meeting", meeting.pk)


HAND_OVER_MANY = Act(
    HandOverVerb.HAND_OVER,
    _("Hand over"),
    transitions.hand_over_many,
    can_run_hand_over_meeting,
    HandOverManyForm,
    subject=Meeting,
    require=HAND_OVER_MEETING.require,
    ready=require_waiting,
    note=_NOTE,
    style="primary",
    answer=_handed,
)


def hand_over_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick what is handed over at the meeting, to whom, in one act."""
    meeting = get_object_or_404(_meetings(request.actor), pk=pk)  # type: ignore[attr-defined]
    return act_page(
        request, HAND_OVER_MANY, meeting, meeting, back=reverse("deliberations:hand_over_meeting", args=[pk])
    )


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of what was handed over at the meeting, to be printed and signed by the receivers."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = get_object_or_404(_meetings(actor), pk=pk)
    context = {"meeting": meeting, "rows": handed_over(meeting, actor)}
    return render(request, "suggestions/hand_over_sheet.html", context)


def _meetings(actor: Actor) -> Any:
    return Meeting.objects.visible_to(actor).filter(kind=Meeting.Kind.HAND_OVER)
