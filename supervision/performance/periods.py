"""Of which time a performance file tells: a year, the term, or one cycle of deliberation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from deliberations.models import Cycle
from stations.models import Mandate
from workflow import clock

#: A term has five years; nothing longer is printed.
MOST_YEARS = 5


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted; of a cycle, whatever belongs to it, and by the day what belongs to none."""

    label: str
    since: date
    until: date
    cycle: Cycle | None = None

    def of(self, rows: QuerySet, day: str, cycle: str = "") -> QuerySet:
        """Those rows that fall into it, by the column of their day or their cycle."""
        if self.cycle is not None and cycle:
            return rows.filter(**{cycle: self.cycle})
        return rows.filter(**{f"{day}__gte": self.since, f"{day}__lte": self.until})


def year(number: int) -> Period:
    """A calendar year."""
    return Period(str(number), date(number, 1, 1), date(number, 12, 31))


def term(mandate: Mandate) -> Period:
    """From the day the deputy took office to the last day in it."""
    last = mandate.ended_on or mandate.term.ends_on or clock.today()
    return Period(_("The term"), begun(mandate), max(last, begun(mandate)))


def cycle(chosen: Cycle) -> Period:
    """From the day the cycle was planned to today, or to the last act of one that is over."""
    since = localtime(chosen.created_at).date()
    last = chosen.events.aggregate(last=Max("at"))["last"] if chosen.status == Cycle.Status.CONCLUDED else None
    return Period(chosen.title, since, localtime(last).date() if last else clock.today(), chosen)


def begun(mandate: Mandate) -> date:
    """The first day of the mandate; where neither it nor its term tells one, the first year of a term that runs now."""
    first = mandate.started_on or mandate.term.starts_on
    return first or date(clock.today().year - MOST_YEARS + 1, 1, 1)


def years_of(mandate: Mandate) -> list[int]:
    """The years of the mandate, the first first, at most five, and none that has not begun."""
    whole = term(mandate)
    last = min(whole.until.year, clock.today().year)
    return list(range(max(whole.since.year, last - MOST_YEARS + 1), last + 1))


def chosen(mandate: Mandate, asked: Any, cycles: list[Cycle]) -> Period:
    """The period that was asked for; this year where nothing, or nothing that there is, was asked for."""
    wish = str(asked.get("period", ""))
    kind, _dash, key = wish.partition("-")
    if wish == "term":
        return term(mandate)
    found = {str(row.pk): row for row in cycles}
    if kind == "cycle" and key in found:
        return cycle(found[key])
    years = {str(number): number for number in years_of(mandate)}
    return year(years.get(key, clock.today().year) if kind == "year" else clock.today().year)
