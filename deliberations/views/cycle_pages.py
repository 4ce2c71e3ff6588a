"""The list of cycles, the page of one, and a notice as its station sees it."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import Role
from deliberations.coverage import step_days
from deliberations.filters.cycles import CycleFilter
from deliberations.gates import Standing, facts, standing
from deliberations.models import Cycle, Meeting, Notice, NoticeReceipt, PublicityRecord, Topic
from deliberations.policies.cycles import can_run_cycle, can_see_preparation
from deliberations.transitions.leaving import ties
from deliberations.transitions.meetings import MEETING_CYCLES
from deliberations.views.cycle_acts import buttons
from deliberations.views.cycle_timeline import timeline
from deliberations.views.plan import PLAN_ACTS, shown_plan
from deliberations.wechat import group_notice, to_all, unconfirmed
from files.downloads import attachment_response, picture_response
from stations.models import StationStaff
from workflow import clock
from workflow.engine import permit
from workflow.paging import listing

_SELECTED = Count("topics", filter=Q(topics__status=Topic.Status.SELECTED), distinct=True)
_STATIONS = Count("stations", distinct=True)
S = Cycle.Status


def cycle_list(request: HttpRequest) -> HttpResponse:
    """The cycles one may see, the latest first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Cycle.objects.visible_to(actor).annotate(selected=_SELECTED, station_count=_STATIONS)
    order = (("first_meeting_on", "desc"), ("pk", "desc"))
    context = listing(request, rows, CycleFilter, order, counted=_("%(count)s cycles"))
    context["may_plan"] = can_run_cycle(actor)
    return render(request, "deliberations/cycles.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One cycle: how far its preparation is, its topics, stations, publicity and training, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    acts = buttons(actor, cycle)
    context = {"cycle": cycle, "topics": _topics(actor, cycle)}
    context["acts"] = [act for act in acts if act["verb"] not in PLAN_ACTS]
    if can_see_preparation(actor):
        now = standing(cycle)
        context |= {
            "prepares": True,
            "steps": steps(cycle, now),
            "days": step_days(cycle),
            "trainings": _with_acts(actor, cycle, cycle.trainings.select_related("station")),
            "publicity": _with_acts(actor, cycle, cycle.publicity.select_related("picture").prefetch_related("topics")),
            "receipts": _own_receipts(actor, cycle),
            "own_meetings": _own_meetings(actor, cycle),
        }
        if actor.is_committee:
            context |= {
                "facts_needed": facts(cycle, now),
                "standing": now,
                "matrix": (matrix := _matrix(actor, cycle)),
                "unconfirmed": unconfirmed(matrix) if actor.is_staff else "",
                "unconfirmed_link": _link_of_all(matrix, cycle),
                "notices": _notices(actor, cycle),
                "events": timeline(cycle),
                "plan": shown_plan(cycle, acts),
                "may_copy": can_run_cycle(actor),
            }
    return render(request, "deliberations/cycle.html", context)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice at one station: what it says, whether it came in time, and the button 收到."""
    actor = request.actor  # type: ignore[attr-defined]
    receipt = get_object_or_404(_receipts(actor), pk=pk)
    cycle = receipt.notice.cycle
    acts = {button["verb"]: button for button in buttons(actor, receipt)}
    context = {
        "receipt": receipt,
        "notice": receipt.notice,
        "cycle": cycle,
        "receive": acts.pop("receive_notice", None),
        "acts": list(acts.values()),
        "forwarded": group_notice(receipt),
        "link": _link(receipt.notice) or reverse("deliberations:notice", args=[receipt.pk]),
    }
    return render(request, "deliberations/notice.html", context)


def guidance(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The guidance attached to a notice one may see."""
    found = get_object_or_404(_receipts(request.actor).exclude(notice__guidance=None), pk=pk)  # type: ignore[attr-defined]
    return attachment_response(request, found.notice.guidance)


def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of a publication."""
    permit(can_see_preparation(request.actor))  # type: ignore[attr-defined]
    found = get_object_or_404(PublicityRecord.objects.exclude(picture=None).select_related("picture"), pk=pk)
    assert found.picture is not None
    if found.picture.content_type == "image/jpeg":
        return picture_response(found.picture)
    return attachment_response(request, found.picture)


def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of the minutes by which a topic one may see was decided; within the committee."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(actor.is_committee)
    decided = Topic.objects.visible_to(actor).exclude(resolution__scan=None).select_related("resolution__scan")
    found = get_object_or_404(decided, pk=pk)
    return attachment_response(request, found.resolution.scan)


def steps(cycle: Cycle, now: Standing) -> list[dict[str, Any]]:
    """The four steps of preparation (R22), the meetings and the follow-up, computed; they overlap and so are no states."""
    received = now.stations - now.unnotified - now.unconfirmed
    mobilised = bool(now.stations and now.publicity) and received == now.stations
    visited = cycle.visits.count()
    over = cycle.status in (S.DELIBERATING, S.HANDLING, S.CONCLUDED)
    meetings = list(cycle.meetings.exclude(status=Meeting.Status.CANCELLED).values_list("status", flat=True))
    closed, handled = meetings.count(Meeting.Status.CLOSED), cycle.status == S.CONCLUDED
    return [
        _step(
            _("Topics"),
            bool(now.selected) and not now.proposed,
            now.selected,
            _("%(n)s selected") % {"n": now.selected},
        ),
        _step(_("Training"), now.trainings > 0, 0, _("%(n)s recorded") % {"n": now.trainings}),
        _step(
            _("Mobilisation"),
            mobilised,
            now.stations - now.unnotified + now.publicity,
            _("%(received)s of %(stations)s stations confirmed, %(n)s publications")
            % {"received": received, "stations": now.stations, "n": now.publicity},
        ),
        _step(_("Visits"), over and visited > 0, cycle.status == S.VISITING, _("%(n)s visits") % {"n": visited}),
        _step(
            _("Meetings"),
            cycle.status in (S.HANDLING, S.CONCLUDED),
            len(meetings),
            _("%(closed)s of %(stations)s stations closed") % {"closed": closed, "stations": now.stations},
        ),
        _step(_("Follow-up"), handled, cycle.status == S.HANDLING, cycle.get_status_display() if handled else ""),
    ]


def _step(label: str, is_done: bool, begun: Any, note: str) -> dict[str, Any]:
    return {"label": label, "state": "done" if is_done else "current" if begun else "todo", "on": None, "note": note}


def _with_acts(actor: Actor, cycle: Cycle, rows: Any) -> list[Any]:
    """The rows of a cycle, each with what this person can do with it."""
    found = list(rows)
    for row in found:
        row.cycle = cycle
        row.acts = buttons(actor, row)
    return found


def _topics(actor: Actor, cycle: Cycle) -> list[Topic]:
    rows = Topic.objects.visible_to(actor).filter(cycle=cycle).select_related("resolution__scan")
    return _with_acts(actor, cycle, rows)


def _receipts(actor: Actor) -> Any:
    rows = NoticeReceipt.objects.visible_to(actor)
    return rows.select_related("notice__cycle", "notice__guidance", "station", "received_by")


def _own_receipts(actor: Actor, cycle: Cycle) -> Any:
    """What stations were sent; the committee reads it in the matrix."""
    return [] if actor.is_committee else _receipts(actor).in_force(cycle)


def _own_meetings(actor: Actor, cycle: Cycle) -> list[Any]:
    """Stations whose meeting one sees or may convene, each with its meeting; the committee reads it in the matrix."""
    if actor.is_committee:
        return []
    seen = set(Meeting.objects.visible_to(actor).filter(cycle=cycle).values_list("station", flat=True))
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    own = set(duties.values_list("station", flat=True)) if actor.role == Role.STATION else set()
    rows: list[Any] = list(cycle.stations.filter(station__in=seen | own).select_related("station"))
    meetings = _meetings(cycle)
    for row in rows:
        _show_meeting(cycle, row, meetings, may_convene=row.station_id in own)
    return [row for row in rows if row.meeting or row.convene]


def _meetings(cycle: Cycle) -> dict[int, Meeting]:
    """The meeting of each station, by its key: the one that counts, or else the last that was cancelled."""
    rows = cycle.meetings.with_counts().order_by("pk")  # type: ignore[attr-defined]
    last = sorted(rows, key=lambda row: (row.status != Meeting.Status.CANCELLED, row.pk))
    return {row.station_id: row for row in last}


def _show_meeting(cycle: Cycle, row: Any, meetings: dict[int, Meeting], *, may_convene: bool) -> None:
    """Put to a station's row its meeting, the day of it, and where it can be convened."""
    row.meeting = meetings.get(row.station_id)
    row.day = row.planned_on or cycle.first_meeting_on
    without = row.meeting is None or row.meeting.status == Meeting.Status.CANCELLED
    opens = may_convene and without and cycle.status in MEETING_CYCLES
    row.convene = reverse("deliberations:convene", args=[cycle.pk, row.pk]) if opens else ""


def _notices(actor: Actor, cycle: Cycle) -> list[Any]:
    rows: list[Any] = list(cycle.notices.select_related("guidance").annotate(sent=Count("receipts")))
    for row in rows:
        row.acts = buttons(actor, row)
        row.cycle = cycle
        row.link = _link(row)
        row.words = to_all(row) if actor.is_staff and row.status == Notice.Status.ISSUED else ""
    return rows


def _link(notice: Notice) -> str:
    """Where the notice is read without a sign-in; one of earlier days has no such page."""
    return reverse("public:notice", args=[notice.token]) if notice.token else ""


def _link_of_all(matrix: list[Any], cycle: Cycle) -> str:
    """Where those who have not confirmed are led: to the notice they wait with, or to the cycle if there are several."""
    waiting = [row.receipt.notice for row in matrix if row.receipt and row.receipt.status == NoticeReceipt.Status.SENT]
    links = {_link(notice) for notice in waiting}
    return links.pop() if len(links) == 1 and "" not in links else reverse("deliberations:cycle", args=[cycle.pk])


def _matrix(actor: Actor, cycle: Cycle) -> list[Any]:
    """Stations of the cycle, each with its notice, its days ahead, and whom to call if it did not confirm."""
    rows: list[Any] = list(cycle.stations.select_related("station").order_by("station__code"))
    receipts = {receipt.station_id: receipt for receipt in _receipts(actor).in_force(cycle)}
    on_duty = StationStaff.objects.on_duty(clock.today()).filter(station__in=[row.station_id for row in rows])
    staff: dict[int, list[StationStaff]] = {}
    for person in on_duty.select_related("person"):
        staff.setdefault(person.station_id, []).append(person)
    meetings, held = _meetings(cycle), ties(cycle)
    for row in rows:
        row.ties = held.get(row.station_id, [])
        _show_meeting(cycle, row, meetings, may_convene=actor.is_staff)
        row.receipt = receipts.get(row.station_id)
        row.staff = staff.get(row.station_id, [])
        row.acts = buttons(actor, row) + (buttons(actor, row.receipt) if row.receipt else [])
    return rows
