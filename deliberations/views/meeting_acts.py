"""The page of each act on a meeting and on an opinion put forward there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.actor import Actor
from deliberations.models import Cycle, Meeting, MeetingOpinion
from deliberations.transitions.meeting_machines import MeetingVerb
from deliberations.views.meeting_catalogue import CONVENE, MEETING_ACTS, OPINION_ACTS
from workflow.acting import act_page, offered


def convene(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Plan the meeting of a station that takes part in a cycle."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    row = get_object_or_404(cycle.stations.select_related("station"), pk=part)
    row.cycle = cycle
    return act_page(request, CONVENE, None, row, back=reverse("deliberations:cycle", args=[pk]))


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one act on a meeting."""
    meeting = get_object_or_404(meetings_of(request.actor), pk=pk)  # type: ignore[attr-defined]
    chosen = MEETING_ACTS[verb]
    sheet = chosen.verb == MeetingVerb.NOTE_ATTENDANCE
    template = "deliberations/meeting_attendance.html" if sheet else "components/act.html"
    return act_page(request, chosen, meeting, meeting, back=_page(meeting), template=template)


def opinion_act(request: HttpRequest, pk: int, opinion: int, verb: str) -> HttpResponse:
    """The page of one act on an opinion put forward at a meeting."""
    meeting = get_object_or_404(meetings_of(request.actor), pk=pk)  # type: ignore[attr-defined]
    rows = meeting.opinions.select_related("speaker__person", "county_lead__person", "answering_organ", "promise")
    row = get_object_or_404(rows, pk=opinion)
    row.meeting = meeting
    back = f"{_page(meeting)}#opinion-{row.pk}"
    shown = "deliberations/meeting_opinion_act.html"
    return act_page(request, OPINION_ACTS[verb], meeting, row, back=back, template=shown, lead=meeting, opinion=row)


def meetings_of(actor: Actor) -> Any:
    """The deliberation meetings one may see."""
    return Meeting.objects.visible_to(actor).deliberations().select_related("station__township", "cycle")


def buttons(actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    """What this person can do now with the meeting; opinions are added in the form on its page."""
    acts = [act for act in MEETING_ACTS.values() if act.verb != MeetingVerb.ADD_OPINION]
    return offered(
        acts, actor, meeting, lambda act: reverse("deliberations:meeting_act", args=[meeting.pk, act.verb.value])
    )


def opinion_buttons(meeting: Meeting, opinion: MeetingOpinion, *, fixed: bool) -> list[dict[str, Any]]:
    """The acts on an opinion for whoever keeps the meeting; ``fixed`` when it has become a suggestion."""
    if fixed or meeting.status != Meeting.Status.OPEN:
        return []
    acts = list(OPINION_ACTS.values())
    if opinion.outcome == MeetingOpinion.Outcome.PROMISED:
        acts = [act for act in acts if act.verb in (MeetingVerb.PROMISE, MeetingVerb.CORRECT_OPINION)]
    return [{"label": act.label, "url": _opinion_url(meeting, opinion, act.verb), "style": act.style} for act in acts]


def _opinion_url(meeting: Meeting, opinion: MeetingOpinion, verb: Any) -> str:
    return reverse("deliberations:meeting_opinion_act", args=[meeting.pk, opinion.pk, verb.value])


def _page(meeting: Meeting) -> str:
    return reverse("deliberations:meeting", args=[meeting.pk])
