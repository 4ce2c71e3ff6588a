"""The list of deliberation meetings and the page of one (screen 9)."""

from typing import Any

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.filters.meetings import MeetingFilter
from deliberations.forms.meetings import OpinionForm
from deliberations.models import Attendance, Meeting, MeetingOpinion, Opinion
from deliberations.policies import meetings as policies
from deliberations.transitions.outcomes import taken_up
from deliberations.views.meeting_acts import buttons, meetings_of, opinion_buttons
from deliberations.views.meeting_record import VERBS, told
from deliberations.views.record import timeline
from deliberations.wechat import invitation
from stations.models import Level
from workflow.engine import permit
from workflow.paging import listing

NEWEST = (("held_on", "desc"), ("pk", "desc"))
P, S = Attendance.Part, Attendance.State


def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings one may see, the latest first, each with what came of it."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_meetings(actor))
    rows = meetings_of(actor).with_counts()
    context = listing(request, rows, MeetingFilter, NEWEST, counted=_("%(count)s meetings"))
    context["sees_tasks"] = policies.can_see_tasks(actor)
    return render(request, "deliberations/meetings.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting on one page: who was there, what was said, what came of each, and how many of which."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = get_object_or_404(meetings_of(actor).with_counts(), pk=pk)
    keeps = policies.can_keep(actor, meeting)
    opens = keeps and meeting.status == Meeting.Status.OPEN
    context = {
        "meeting": meeting,
        "heads": heads(list(meeting.attendance.select_related("mandate", "organ"))),
        "opinions": _opinions(actor, meeting, keeps),
        "acts": buttons(actor, meeting),
        "invitation": invitation(meeting) if meeting.status == Meeting.Status.PLANNED else "",
        "form": _empty_form(request, meeting) if opens else None,
        "add_url": reverse("deliberations:meeting_act", args=[pk, "add_opinion"]),
        "events": timeline(meeting, VERBS, dict(Meeting.Status.choices), told) if keeps or actor.is_committee else None,
    }
    return render(request, "deliberations/meeting.html", context)


def heads(rows: list[Attendance]) -> dict[str, Any]:
    """The head of the record: county and township deputies and organs present; due, present, leave, absent."""
    there = [row for row in rows if row.state == S.PRESENT]
    deputies = [row for row in rows if row.part == P.DEPUTY]
    return {
        "rows": rows,
        "county": sum(1 for row in there if row.mandate and row.mandate.level == Level.COUNTY),
        "township": sum(1 for row in there if row.mandate and row.mandate.level == Level.TOWNSHIP),
        "organs": len({row.organ_id for row in there if row.part == P.ORGAN}),
        "leaders": [row for row in there if row.part in (P.LEADER, P.OTHER)],
        "organ_rows": [row for row in rows if row.part == P.ORGAN],
        "due": len(deputies),
        **{
            name: [row for row in deputies if row.state == state]
            for name, state in (("present", S.PRESENT), ("leave", S.LEAVE), ("absent", S.ABSENT))
        },
    }


def _opinions(actor: Actor, meeting: Meeting, keeps: bool) -> list[MeetingOpinion]:
    """In the order in which they were put forward, each with what this person may do, in a fixed number of queries."""
    basis = Prefetch("basis", Opinion.objects.shown_in_meeting(actor).select_related("visit"), "shown")
    related = (
        "speaker__person", "topic", "field", "answering_organ", "county_lead__person", "promise__organ",
        "township_task__township",
    )  # fmt: skip
    rows: list[Any] = list(
        meeting.opinions.select_related(*related).prefetch_related(basis).annotate(basis_count=Count("basis"))
    )
    fixed = taken_up([row.pk for row in rows]) if keeps and rows else set()
    for row in rows:
        row.acts = opinion_buttons(meeting, row, fixed=row.pk in fixed) if keeps else []
        row.is_fixed = row.pk in fixed
        row.hidden = row.basis_count - len(row.shown)
    return rows


def _empty_form(request: HttpRequest, meeting: Meeting) -> OpinionForm:
    """Ready for the next opinion, on the topic that was spoken about last."""
    topic = request.GET.get("topic", "")
    initial = {"topic": topic} if topic.isascii() and topic.isdigit() else {}
    return OpinionForm(actor=request.actor, subject=meeting, initial=initial)  # type: ignore[attr-defined]
