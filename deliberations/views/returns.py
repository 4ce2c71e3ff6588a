"""Monthly returns: the county's month with who is missing, a station's own months, one return to be handed in."""

from io import BytesIO
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actor import Actor
from deliberations.figures import Month, figures
from deliberations.forms.returns import HandInForm
from deliberations.models import MonthlyReturn
from deliberations.policies import returns as policies
from deliberations.reports import returns as report
from deliberations.transitions.returns import hand_in, is_open
from files import workbooks
from files.downloads import content_response
from files.signatures import BY_ENDING
from stations.figures import FIGURES
from stations.models import Station, StationStaff
from workflow import clock
from workflow.engine import Conflict, permit

#: So many months can be chosen and handed in.
MONTHS = 12


def overview(request: HttpRequest) -> HttpResponse:
    """For the committee one month of all stations, for a station its own months."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_returns(actor))
    if not actor.is_committee:
        return _own(request, actor)
    month = _chosen(request)
    stations = _stations(actor, month)
    missing = [station for station in stations if station.handed_in is None]  # type: ignore[attr-defined]
    context = {
        "month": month,
        "tabs": _tabs(month),
        "stations": stations,
        "missing": missing,
        "sums": _sums(actor, month),
        "reminder": _reminder(month, missing),
        "may_hand_in": actor.is_staff,
    }
    return render(request, "deliberations/returns.html", context)


def detail(request: HttpRequest, station: int, year: int, month: int) -> HttpResponse:
    """One station's month: its figures with last month's beside them, ready to be handed in."""
    place, chosen = _place(request, station, year, month)
    return _shown(request, place, chosen, HandInForm(initial=_remark(place, chosen)))


@require_POST
def send(request: HttpRequest, station: int, year: int, month: int) -> HttpResponse:
    """Hand the month in."""
    place, chosen = _place(request, station, year, month)
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_hand_in_return(actor, place))
    form = HandInForm(request.POST)
    if not form.is_valid():
        return _shown(request, place, chosen, form, 422)
    try:
        hand_in(place, actor=actor, month=chosen, **form.cleaned_data)
    except Conflict as refused:
        form.add_error(None, refused.sentence)
        return _shown(request, place, chosen, form, 409)
    return redirect("deliberations:monthly_return", place.pk, year, month)


def workbook(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The returns of a month as a workbook: for the committee of all stations, for a station its own."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_returns(actor))
    chosen, out = _month(year, month), BytesIO()
    workbooks.write(out, report.sheets(_stations(actor, chosen), chosen))
    return content_response(out.getvalue(), f"{report.file_name(chosen)}.xlsx", BY_ENDING[".xlsx"].content_type)


def _own(request: HttpRequest, actor: Actor) -> HttpResponse:
    months = _months()
    stations = list(_in_use(actor))
    sent = MonthlyReturn.objects.visible_to(actor).filter(month__gte=months[-1].first).select_related("by__person")
    found = {(row.station_id, row.month): row for row in sent}
    rows = [
        {"station": station, "month": month, "handed_in": found.get((station.pk, month.first))}
        for month in months
        for station in stations
    ]
    return render(request, "deliberations/own_returns.html", {"rows": rows, "several": len(stations) > 1})


def _shown(request: HttpRequest, station: Station, month: Month, form: HandInForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    now, before = figures(station, month), _figures_of(station, month.before)
    sent = _sent(station, month)
    told = sent.figures if sent else {}
    rows = [
        {"label": label, "now": now[name], "sent": told.get(name), "before": before[name]}
        for name, label in FIGURES.items()
    ]
    context = {
        "station": station,
        "month": month,
        "rows": rows,
        "handed_in": sent,
        "has_changed": sent is not None and told != now,
        "is_nothing": not any(now.values()),
        "may_hand_in": _may_hand_in(actor, station) and (sent is None or is_open(month.first)),
        "form": form,
    }
    return render(request, "deliberations/monthly_return.html", context, status=status)


def _may_hand_in(actor: Actor, station: Station) -> bool:
    return station.status == Station.Status.ACTIVE and policies.can_hand_in_return(actor, station)


def _figures_of(station: Station, month: Month) -> dict[str, int]:
    """As they were handed in, else as they are counted now."""
    sent = _sent(station, month)
    return {**figures(station, month), **sent.figures} if sent else figures(station, month)


def _sent(station: Station, month: Month) -> MonthlyReturn | None:
    rows = MonthlyReturn.objects.select_related("by__person")
    return rows.filter(station=station, month=month.first).first()


def _remark(station: Station, month: Month) -> dict[str, str]:
    sent = _sent(station, month)
    return {"remark": sent.remark if sent else ""}


def _stations(actor: Actor, month: Month) -> list[Station]:
    """Stations that hand in, each with ``handed_in`` of the month and who is reached there, the liaison first."""
    returns = MonthlyReturn.objects.visible_to(actor).filter(month=month.first).select_related("by__person")
    staff = StationStaff.objects.on_duty(clock.today()).exclude(phone="").select_related("person")
    rows = (
        _in_use(actor)
        .select_related("township")
        .prefetch_related(Prefetch("returns", returns, "of_month"), Prefetch("staff", staff, "reached"))
    )
    stations: list[Any] = list(rows)
    for station in stations:
        station.handed_in = next(iter(station.of_month), None)  # type: ignore[attr-defined]
        station.reached.sort(key=lambda row: row.duty != StationStaff.Duty.LIAISON)  # type: ignore[attr-defined]
    return stations


def _in_use(actor: Actor) -> QuerySet[Station]:
    """Of the whole county for the committee, else those that one runs."""
    rows = Station.objects.visible_to(actor).filter(status=Station.Status.ACTIVE).order_by("code")
    if actor.is_committee:
        return rows
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return rows.filter(pk__in=duties.values("station"))


def _sums(actor: Actor, month: Month) -> list[dict[str, Any]]:
    """What was handed in, added up, with the month before beside it."""
    sums = {}
    for chosen in (month, month.before):
        sent = MonthlyReturn.objects.visible_to(actor).filter(month=chosen.first).values_list("figures", flat=True)
        sums[chosen] = list(sent)
    return [
        {"label": label, **{key: _sum(sums[of], name) for key, of in (("now", month), ("before", month.before))}}
        for name, label in FIGURES.items()
    ]


def _sum(rows: list[dict[str, int]], name: str) -> int:
    return sum(row.get(name, 0) for row in rows)


def _reminder(month: Month, missing: list[Station]) -> str:
    if not missing:
        return ""
    names = "、".join(station.name for station in missing)
    told = {"month": said_month(month), "count": len(missing), "stations": names}
    return (
        _(
            "[Monthly return of %(month)s, missing: %(count)s] %(stations)s. Please hand it in; nothing done is a return too."
        )
        % told
    )


def said_month(month: Month) -> str:
    """A month as it is said: 2026年10月, in English October 2026."""
    return date_format(month.first, "F Y" if get_language() == "en" else "Y年n月")


def _tabs(chosen: Month) -> list[dict[str, Any]]:
    return [
        {"label": said_month(month), "url": f"?month={month.first:%Y-%m}", "current": month == chosen, "count": None}
        for month in _months()[:6]
    ]


def _months() -> list[Month]:
    """The present month and those before it."""
    months = [Month.of(clock.today())]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    return months


def _chosen(request: HttpRequest) -> Month:
    """The month asked for, else the last one that is over."""
    asked = request.GET.get("month", "")
    return next((month for month in _months() if f"{month.first:%Y-%m}" == asked), _months()[1])


def _month(year: int, month: int) -> Month:
    """Raises Http404 for a month that cannot be chosen."""
    found = next((row for row in _months() if (row.first.year, row.first.month) == (year, month)), None)
    if found is None:
        raise Http404
    return found


def _place(request: HttpRequest, station: int, year: int, month: int) -> tuple[Station, Month]:
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_returns(actor))
    place = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=station)
    if not policies.can_see_returns_of(actor, place):
        raise Http404
    return place, _month(year, month)
