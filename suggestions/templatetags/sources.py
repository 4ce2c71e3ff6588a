"""What was collected into which suggestion, on pages of meetings, promises and visits, and where a suggestion comes from."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

from accounts.actor import Actor
from deliberations.models import Meeting, MeetingOpinion, Opinion, Promise
from notifications.texts import WAYS
from suggestions import sources
from suggestions.policies import screening as policies
from suggestions.transitions import collecting
from workflow.engine import Conflict

register = template.Library()


@register.simple_tag(takes_context=True)
def mark_collected(context: template.Context, rows: Iterable[Any]) -> str:
    """Look up once what all these rows became, so that ``collected_as`` asks for none of them; writes nothing."""
    found = list(rows)
    became = sources.collected(found, context["actor"])
    for row in found:
        row.became = became.get(row.pk)
    return ""


@register.inclusion_tag("suggestions/collected.html", takes_context=True)
def collected_as(context: template.Context, row: Any) -> dict[str, Any]:
    """The suggestion that a row became, with its state in the reader's words; else that it waits, or the act."""
    actor = context["actor"]
    if not hasattr(row, "became"):
        row.became = sources.collected([row], actor).get(row.pk)
    became = row.became
    waits = became is None and isinstance(row, MeetingOpinion) and _is_forwarded(row)
    is_closed = waits and row.meeting.status == Meeting.Status.CLOSED
    url = "" if became else _collect_url(row, actor)
    return {"became": became, "waits": waits, "is_closed": is_closed, "url": url}


@register.inclusion_tag("suggestions/collect_meeting.html", takes_context=True)
def collect_from(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """One click that collects what a closed meeting forwarded, for whoever may; nothing where nothing waits."""
    may = meeting.status == Meeting.Status.CLOSED and policies.can_collect_meeting(context["actor"], meeting)
    waiting = collecting.waiting().filter(meeting=meeting).count() if may else 0
    return {"waiting": waiting, "url": reverse("suggestions:collect_meeting", args=[meeting.pk])}


@register.filter
def proper_way(refusal: str) -> str:
    """Where a matter goes that is not accepted as a suggestion (scenario 23)."""
    return str(WAYS.get(refusal, ""))


def _is_forwarded(row: MeetingOpinion) -> bool:
    return row.way in (MeetingOpinion.Way.COUNTY_LEAD, MeetingOpinion.Way.COMMITTEE)


def _collect_url(row: Any, actor: Actor) -> str:
    """Where this person may make a suggestion of it now; empty where that is not so."""
    try:
        if isinstance(row, Promise) and policies.can_collect_promise(actor, row):
            collecting.require_promise(row)
            return reverse("suggestions:collect_promise", args=[row.pk])
        if isinstance(row, Opinion) and row.route == Opinion.Route.SUGGESTION:
            collecting.require_opinion(row)
            may = policies.can_collect_opinion(actor, row)
            return reverse("suggestions:collect_opinion", args=[row.pk]) if may else ""
    except Conflict:
        return ""
    return ""
