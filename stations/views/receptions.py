"""Reception days: the month of a station, one day, its papers to print, who serves how often, one's own duties."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.actor import Actor
from files import workbooks
from files.downloads import content_response, picture_response
from stations import market_days, policies
from stations.models import Duty, Mandate, ReceptionDay, ReceptionFile, Station, StationStaff
from stations.reports import roster as rosters
from stations.views import timeline
from stations.views.reception_acts import day_buttons, duty_buttons, station_buttons
from stations.wording import group_words, rule_in_words
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import permit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How often a year each deputy is to receive voters.
AT_LEAST = 2
_DUTIES = Prefetch(
    "duties",
    Duty.objects.select_related("mandate__person", "mandate__term", "substitute_for__mandate__person").order_by("pk"),
)


def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """The reception days of a station, month by month, with days off and market days."""
    actor = request.actor  # type: ignore[attr-defined]
    station = _station(request, pk)
    month = month_asked(request)
    days = list(ReceptionDay.objects.filter(station=station).in_month(month).prefetch_related(_DUTIES))
    for day in days:
        day.station = station
    keeps = policies.can_keep_receptions(actor, station)
    rules = station.reception_rules.in_force(clock.today())
    context = {
        "station": station,
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "weeks": _weeks(station, month, days),
        "days": days,
        "rules": [{"rule": rule, "words": rule_in_words(rule)} for rule in rules],
        "market": market_days.in_words(station.township),
        "keeps": keeps,
        "acts": station_buttons(station) if keeps else [],
        "today": clock.today(),
    }
    return render(request, "stations/receptions.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One reception day: who is on duty, whether the notice hangs, what was photographed and written."""
    actor = request.actor  # type: ignore[attr-defined]
    day = _day(request, pk)
    keeps = policies.can_keep_receptions(actor, day.station)
    sees_record = policies.can_see_record(actor, day.station)
    papers = day.papers.select_related("file").order_by("kind", "pk")
    context = {
        "day": day,
        "duties": _with_buttons(actor, list(day.duties.all()), keeps),
        "papers": papers if sees_record else papers.filter(kind=ReceptionFile.Kind.NOTICE),
        "keeps": keeps,
        "sees_record": sees_record,
        "acts": day_buttons(day) if keeps else [],
        "wechat": group_words(day, day.duties.all()) if day.status == ReceptionDay.Status.PLANNED else "",
        "market": market_days.is_market_day(day.station.township, day.on),
        "lunar": market_days.lunar_words(day.on),
        "today": clock.today(),
        "events": timeline.of_day(day, actor) if sees_record else [],
    }
    return render(request, "stations/reception.html", context)


def my_duties(request: HttpRequest) -> HttpResponse:
    """A deputy's own duties: those to come, how often they served this year, what was."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(actor.is_deputy)
    today = clock.today()
    own = Duty.objects.of_person(actor.person_id).exclude(day__status=ReceptionDay.Status.CANCELLED)
    own = own.select_related("day__station", "mandate__person", "mandate__term")
    coming = list(
        own.due().filter(day__on__gte=today).prefetch_related("day__duties__mandate__person").order_by("day__on", "pk")
    )
    for duty in coming:
        duty.acts = duty_buttons(duty, own=True)  # type: ignore[attr-defined]
        duty.others = [  # type: ignore[attr-defined]
            other.mandate.person.name
            for other in duty.day.duties.all()
            if other.state == Duty.State.DUE and other.pk != duty.pk
        ]
    past = own.filter(day__on__lt=today, day__on__year=today.year).order_by("-day__on", "-pk")
    served = sum(duty.state == Duty.State.PRESENT for duty in past)
    context = {"coming": coming, "past": past, "served": served, "at_least": AT_LEAST, "year": today.year}
    return render(request, "stations/my_duties.html", context)


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How often each deputy of a station received voters this year, who has not yet, and who is still to come."""
    station, today = _station(request, pk), clock.today()
    year = Q(duties__day__on__year=today.year) & ~Q(duties__day__status=ReceptionDay.Status.CANCELLED)
    state = Duty.State
    rows = Mandate.objects.active(today).filter(station=station).select_related("person", "term")
    rows = rows.annotate(
        served=Count("duties", filter=year & Q(duties__state=state.PRESENT)),
        coming=Count("duties", filter=year & Q(duties__state=state.DUE)),
        missed=Count("duties", filter=year & Q(duties__state__in=[state.LEAVE, state.ABSENT])),
    ).order_by("served", "coming", "certificate_no", "pk")
    deputies = list(rows)
    context = {
        "station": station,
        "deputies": deputies,
        "year": today.year,
        "at_least": AT_LEAST,
        "none_yet": [row for row in deputies if not row.served],
        "fewer": sum(row.served + row.coming < AT_LEAST for row in deputies),
    }
    return render(request, "stations/duties.html", context)


def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The year's roster as a workbook."""
    station, today = _station(request, pk), clock.today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 1949 < int(asked[:5]) < 2200 else today.year
    out = BytesIO()
    workbooks.write(out, rosters.roster(station, year, today))
    return content_response(out.getvalue(), f"{station.name}{year}年排班表.xlsx", XLSX)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The public notice to be hung on the wall (F11), on A4 or A3."""
    day = _day(request, pk)
    duties = [duty for duty in day.duties.all() if duty.state in (Duty.State.DUE, Duty.State.PRESENT)]
    # the form is Chinese, whatever the reader's language
    weekday = "一二三四五六日"[day.on.weekday()]
    context = {"day": day, "weekday": weekday, "duties": duties, "is_large": request.GET.get("size") == "a3"}
    return render(request, "stations/reception_notice.html", context)


def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in sheet with the names filled in (F12); for whoever keeps the day."""
    day = _kept(request, pk)
    staff = StationStaff.objects.on_duty(clock.today()).filter(station=day.station).select_related("person")
    duties = [duty for duty in day.duties.all() if duty.state not in (Duty.State.REPLACED, Duty.State.LEAVE)]
    context = {"day": day, "duties": duties, "staff": staff, "blank": range(12)}
    return render(request, "stations/reception_sign_in.html", context)


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Blank sheets for what voters say, with station, day and deputies filled in (F10)."""
    day = _kept(request, pk)
    duties = [duty for duty in day.duties.all() if duty.state not in (Duty.State.REPLACED, Duty.State.LEAVE)]
    return render(request, "stations/reception_register.html", {"day": day, "duties": duties})


def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A photo of the day; what shows voters only to whoever reads the record."""
    actor = request.actor  # type: ignore[attr-defined]
    days = ReceptionDay.objects.visible_to(actor)
    rows = ReceptionFile.objects.filter(day__in=days).select_related("file", "day__station")
    row = get_object_or_404(rows, pk=paper, day=pk)
    if not policies.can_see_paper(actor, row):
        raise Http404
    return picture_response(row.file)


def month_asked(request: HttpRequest) -> date:
    """The first of the month that the address names, else of this month."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _station(request: HttpRequest, pk: int) -> Station:
    rows = Station.objects.visible_to(request.actor).select_related("township")  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk)


def _day(request: HttpRequest, pk: int) -> ReceptionDay:
    rows = ReceptionDay.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("station__township").prefetch_related(_DUTIES), pk=pk)


def _kept(request: HttpRequest, pk: int) -> ReceptionDay:
    day = _day(request, pk)
    permit(policies.can_keep_receptions(request.actor, day.station))  # type: ignore[attr-defined]
    return day


def _with_buttons(actor: Actor, duties: list[Duty], keeps: bool) -> list[Duty]:
    """Each with what this person can do, and with whether the deputy is in office on that day."""
    for duty in duties:
        row: Any = duty
        own = actor.is_deputy and duty.mandate.person_id == actor.person_id
        row.acts = duty_buttons(duty, own=own) if keeps or own else []
        standing = duty.mandate.status_on(duty.day.on)
        row.warning = "" if standing == Mandate.Status.ACTIVE else standing.label
        row.shows_reason = bool(duty.reason) and (keeps or own)
    return duties


def _weeks(station: Station, month: date, days: list[ReceptionDay]) -> list[list[dict[str, Any]]]:
    """The month in weeks from Monday to Sunday; each day with what is on it."""
    calendar, today = load_calendar(), clock.today()
    by_day: dict[date, list[ReceptionDay]] = {}
    for day in days:
        by_day.setdefault(day.on, []).append(day)
    first = month - timedelta(days=month.weekday())
    after = (month + timedelta(days=31)).replace(day=1)
    count = (after - first).days
    cells = [
        _cell(station, first + timedelta(days=n), month, by_day, calendar, today) for n in range(-(-count // 7) * 7)
    ]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _cell(station: Station, day: date, month: date, by_day: Any, calendar: Any, today: date) -> dict[str, Any]:
    return {
        "day": day,
        "inside": day.month == month.month,
        "lunar": market_days.lunar_words(day),
        "market": market_days.is_market_day(station.township, day),
        "off": not calendar.is_working(day),
        "is_today": day == today,
        "receptions": by_day.get(day, []),
    }
