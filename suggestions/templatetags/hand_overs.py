"""What of suggestions the page of a hand-over meeting shows."""

from typing import Any

from django import template
from django.urls import reverse

from deliberations.models import Meeting
from deliberations.policies.hand_over_meetings import can_run_hand_over_meeting
from deliberations.transitions.hand_over_machine import HAND_OVER_MEETING, HandOverVerb
from suggestions.handed import handed_over
from suggestions.policies.documents import can_have_slips
from suggestions.transitions.handing import waiting_at

register = template.Library()


@register.inclusion_tag("suggestions/hand_over_at.html", takes_context=True)
def hand_over_at(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """The button that hands over at the meeting, for whoever can now."""
    may = can_run_hand_over_meeting(context["actor"]) and HAND_OVER_MEETING.allows(meeting, HandOverVerb.HAND_OVER)
    waits = may and waiting_at(meeting).exists()
    return {"url": reverse("suggestions:hand_over_many", args=[meeting.pk]) if waits else ""}


@register.inclusion_tag("suggestions/handed_over_at.html", takes_context=True)
def handed_over_at(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """What was handed over there, and how many still wait for it."""
    actor = context["actor"]
    waits = actor.is_committee and meeting.status in (Meeting.Status.PLANNED, Meeting.Status.OPEN)
    return {
        "meeting": meeting,
        "rows": handed_over(meeting, actor),
        "waiting": waiting_at(meeting).count() if waits else 0,
        "has_slips": can_have_slips(actor),
    }
