"""A station's month on one page (screen 8): what is held and what is done of it, what waits, and whom it waits for.

Each number is counted by the filter of the list that it opens, so that both always agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from deliberations.models import (
    Attendance,
    Meeting,
    MonthlyReturn,
    NoticeReceipt,
    Training,
    Visit,
    VisitFile,
)
from stations.models import Duty, ReceptionDay, Station
from supervision.workbench.numbers import TASKS, VISITS, Rows
from workflow import clock
from workflow.text import said_day


@dataclass(frozen=True)
class Entry:
    """One thing of the month: its day, what it is, whether it is done, what of it is done, and its folder."""

    on: date
    label: str
    url: str
    is_done: bool
    marks: tuple[tuple[str, bool], ...] = ()
    note: str = ""
    folder: tuple[str, str] = ("", "")
    #: The papers to be printed for it beforehand, by their address.
    prints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Unanswered:
    """Who has not said yet whether they come, in words for the group."""

    label: str
    url: str
    names: tuple[str, ...]
    words: str


def entries(actor: Actor, station: Station, month: date) -> list[Entry]:
    """Reception days, meetings, trainings and voters' meetings of the month, and its return, by their days."""
    found = [
        *_receptions(station, month),
        *_meetings(actor, station, month),
        *_trainings(actor, station, month),
        *_voters_meetings(actor, station, month),
        _return(station, month),
    ]
    return sorted(found, key=lambda entry: (entry.on, entry.label))


def numbers(actor: Actor, station: Station) -> list[dict[str, Any]]:
    """What waits at the station, the most pressing first, as tiles that open the rows behind them."""
    here, town = {"station": station.pk}, {"township": station.township_id}
    to_complete = {"waits": "completion", **here}
    spoken = _spoken(VISITS.filter(to_complete, queryset=VISITS.of(actor)).qs)
    return [
        _of(_("visits to complete"), VISITS, to_complete, actor, "near", spoken),
        _of(_("township tasks overdue"), TASKS, {"stands": "overdue", **town}, actor, "late"),
        _of(_("township tasks to settle"), TASKS, {"stands": "open", **town}, actor),
        _of(_("voters to tell"), VISITS, {"waits": "telling", **here}, actor),
        _of(_("recorded for deputies, to be confirmed"), VISITS, {"waits": "confirmation", **here}, actor, "near"),
    ]


def notices(actor: Actor, station: Station) -> list[NoticeReceipt]:
    """Notices in force that the station has not confirmed."""
    rows = NoticeReceipt.objects.visible_to(actor).filter(station=station, status=NoticeReceipt.Status.SENT)
    return list(rows.filter(notice__status="ISSUED").select_related("notice").order_by("meeting_on", "pk"))


def unanswered(actor: Actor, station: Station) -> list[Unanswered]:
    """Of each gathering to come, who of the station's deputies has not answered yet."""
    today, expected = clock.today(), Attendance.State.EXPECTED
    rows = Attendance.objects.filter(state=expected, mandate__station=station).select_related(
        "mandate__person", "meeting__station", "meeting__cycle", "training"
    )
    meetings = rows.filter(meeting__in=Meeting.objects.visible_to(actor), meeting__held_on__gte=today)
    trainings = rows.filter(training__in=Training.objects.visible_to(actor), training__on__gte=today)
    found: dict[Any, list[Attendance]] = {}
    for row in [*meetings.order_by("meeting__held_on", "pk"), *trainings.order_by("training__on", "pk")]:
        found.setdefault(row.meeting or row.training, []).append(row)
    return [_unanswered(rows) for rows in found.values()]


def substitutes(station: Station) -> list[Duty]:
    """Duties whose deputy asked for a substitute and has none yet."""
    rows = Duty.objects.asked().filter(day__station=station, day__on__gte=clock.today())
    return list(rows.select_related("day", "mandate__person").order_by("day__on", "pk"))


def next_reception(station: Station) -> ReceptionDay | None:
    """The next one, whose blank forms are to be printed."""
    return ReceptionDay.objects.upcoming(clock.today()).filter(station=station).first()


def _receptions(station: Station, month: date) -> list[Entry]:
    rows = ReceptionDay.objects.filter(station=station).standing().in_month(month).prefetch_related("papers")
    return [_reception(day) for day in rows]


def _reception(day: ReceptionDay) -> Entry:
    kinds = {paper.kind for paper in day.papers.all()}
    held = day.status == ReceptionDay.Status.HELD
    marks = [(_("notice posted"), day.posted_on is not None)]
    if held or day.on <= clock.today():
        photos, news = bool(kinds - {"NOTICE"}), bool(day.news)
        marks += [(_("attendance"), held), (_("photos"), photos), (_("short news"), news)]
    prints = (
        (_("public notice"), reverse("stations:reception_notice", args=[day.pk])),
        (_("sign-in sheet"), reverse("stations:reception_sign_in", args=[day.pk])),
        (_("blank register"), reverse("stations:reception_register", args=[day.pk])),
    )
    return Entry(
        day.on,
        _("Reception day"),
        reverse("stations:reception", args=[day.pk]),
        held,
        tuple(marks),
        _("moved from %(day)s") % {"day": day.moved_from.isoformat()} if day.moved_from else "",
        ("reception", str(day.pk)),
        () if held else prints,
    )


def _meetings(actor: Actor, station: Station, month: date) -> list[Entry]:
    rows = Meeting.objects.visible_to(actor).deliberations().filter(station=station, held_on__gte=month)
    rows = rows.filter(held_on__lt=_after(month)).exclude(status="CANCELLED").order_by("held_on", "pk")
    return [
        Entry(
            row.held_on,
            _("Deliberation meeting"),
            reverse("deliberations:meeting", args=[row.pk]),
            row.status == Meeting.Status.CLOSED,
            note=row.get_status_display(),
            folder=("meeting", str(row.pk)),
        )
        for row in rows
    ]


def _trainings(actor: Actor, station: Station, month: date) -> list[Entry]:
    rows = Training.objects.visible_to(actor).filter(station=station, on__gte=month, on__lt=_after(month))
    return [
        Entry(
            row.on,
            _("Training: %(title)s") % {"title": row.title},
            reverse("deliberations:training", args=[row.pk]),
            row.on < clock.today(),
            folder=("training", str(row.pk)),
        )
        for row in rows.order_by("on", "pk")
    ]


def _voters_meetings(actor: Actor, station: Station, month: date) -> list[Entry]:
    rows = Visit.objects.visible_to(actor).filter(station=station, kind=Visit.Kind.VOTER_MEETING)
    return [
        Entry(
            row.on,
            str(row.get_kind_display()),
            reverse("deliberations:visit", args=[row.pk]),
            row.status == Visit.Status.CLOSED,
            note=row.get_status_display(),
            folder=("voters-meeting", str(row.pk)),
        )
        for row in rows.filter(on__gte=month, on__lt=_after(month)).order_by("on", "pk")
    ]


def _return(station: Station, month: date) -> Entry:
    sent = MonthlyReturn.objects.filter(station=station, month=month).exists()
    url = reverse("deliberations:monthly_return", args=[station.pk, month.year, month.month])
    return Entry(_after(month) - timedelta(days=1), _("Monthly return"), url, sent)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _of(
    label: str, rows: Rows, wish: Mapping[str, Any], actor: Actor, tone: str = "", note: str = ""
) -> dict[str, Any]:
    """A number with the address of its rows, counted by the list's own filter."""
    number = rows.filter(wish, queryset=rows.of(actor)).qs.count()
    url = f"{reverse(rows.url_name)}?{urlencode(wish)}"
    return {"label": label, "number": number, "url": url, "tone": tone if number else "empty", "note": note}


def _spoken(visits: Any) -> str:
    """How many recordings and photos wait to be typed."""
    papers = VisitFile.objects.filter(visit__in=visits, erased_at=None)
    kinds = list(papers.values_list("kind", flat=True))
    voices, photos = kinds.count(VisitFile.Kind.RECORDING), kinds.count(VisitFile.Kind.PHOTO)
    told = [
        ngettext("%(count)s recording", "%(count)s recordings", voices) % {"count": voices} if voices else "",
        ngettext("%(count)s photo", "%(count)s photos", photos) % {"count": photos} if photos else "",
    ]
    return "、".join(filter(None, told))


def _unanswered(rows: list[Attendance]) -> Unanswered:
    meeting, training = rows[0].meeting, rows[0].training
    names = tuple(row.mandate.person.name for row in rows if row.mandate)
    if meeting is not None:
        label, on, url = str(meeting), meeting.held_on, reverse("deliberations:meeting", args=[meeting.pk])
    else:
        assert training is not None  # of one of the two
        label, on, url = training.title, training.on, reverse("deliberations:training", args=[training.pk])
    told = {"count": len(names), "what": label, "day": said_day(on), "names": "、".join(names)}
    words = _("[Not answered yet: %(count)s] %(what)s on %(day)s: %(names)s. Please say whether you come.") % told
    return Unanswered(label, url, names, words)
