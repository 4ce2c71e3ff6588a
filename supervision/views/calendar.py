"""The working-day calendar of a year, and loading the notice of one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision import policies
from supervision.forms.calendar import LoadYearForm
from supervision.transitions.calendar import Loading, load_year, moves
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import permit
from workflow.models import CalendarDay, CalendarYear

#: Years one can look at: from the first loaded to the one after next.
FIRST = 2024


def year(request: HttpRequest) -> HttpResponse:
    """The days off and days worked of one year, how many working days it has, and where it was announced."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_read_rules(actor))
    shown = _wanted(request)
    days = CalendarDay.objects.filter(date__year=shown)
    calendar = load_calendar()
    context = {
        "year": shown,
        "row": CalendarYear.objects.filter(year=shown).first(),
        "tabs": [_tab(number, shown) for number in range(FIRST, clock.today().year + 3)],
        "holidays": _by_name((row.date, row.name) for row in days if row.kind == CalendarDay.Kind.HOLIDAY),
        "workdays": [row.date for row in days if row.kind == CalendarDay.Kind.WORKDAY],
        "assumed": [day for day in _days_of(shown) if day.weekday() < 5 and not calendar.is_working(day)],
        "working_days": sum(map(calendar.is_working, _days_of(shown))),
        "may_load": policies.can_set_rules(actor),
    }
    return render(request, "supervision/calendar.html", context)


def load(request: HttpRequest) -> HttpResponse:
    """Read the notice, show what it says and which limits it moves, and apply it when that is confirmed."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_set_rules(actor))
    form = LoadYearForm(request.POST if request.method == "POST" else None, initial={"year": clock.today().year + 1})
    if not form.is_valid():
        context = {"form": form, "cancel_url": reverse("supervision:calendar")}
        return render(request, "supervision/calendar_form.html", context, status=422 if form.is_bound else 200)
    if "confirmed" in request.POST:
        return _apply(request, form.loading(), actor)
    return render(request, "supervision/calendar_preview.html", _preview(form))


def _apply(request: HttpRequest, loading: Loading, actor: Any) -> HttpResponse:
    moved = len(load_year(loading, actor=actor))
    told = ngettext("%(moved)d running limit moved.", "%(moved)d running limits moved.", moved) % {"moved": moved}
    done = _("Done.")
    messages.success(request, f"{done} {told}")
    return redirect(f"{reverse('supervision:calendar')}?year={loading.announcement.year}")


def _preview(form: LoadYearForm) -> dict[str, Any]:
    loading = form.loading()
    told = loading.announcement
    return {
        "form": form,
        "year": told.year,
        "replaces": CalendarYear.objects.filter(year=told.year).exists(),
        "holidays": _by_name(told.holidays.items()),
        "workdays": sorted(told.workdays),
        "moves": moves(loading),
        "cancel_url": reverse("supervision:calendar"),
    }


def _wanted(request: HttpRequest) -> int:
    """The year asked for, today's for anything that is no year of ours."""
    text = request.GET.get("year", "")
    this = clock.today().year
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST <= int(text) <= this + 2 else this


def _tab(number: int, shown: int) -> dict[str, Any]:
    url = f"{reverse('supervision:calendar')}?year={number}"
    return {"label": str(number), "url": url, "current": number == shown, "count": None}


def _days_of(number: int) -> list[date]:
    first = date(number, 1, 1)
    return [first + timedelta(days=n) for n in range((date(number + 1, 1, 1) - first).days)]


def _by_name(named: Iterable[tuple[date, str]]) -> list[tuple[str, list[date]]]:
    names: dict[str, list[date]] = {}
    for day, name in named:
        names.setdefault(name, []).append(day)
    return list(names.items())
