"""The catalogue of reports and how one is made: by a job, or by ``manage.py make_report``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.middleware import acting
from accounts.models import Post
from deliberations.models import Cycle
from files import workbooks
from suggestions.reports import cases
from supervision import policies
from supervision.reports import activities, deliberation, dissatisfied, progress, station_ledger
from workflow import clock


@dataclass(frozen=True)
class Report:
    """A workbook of what whoever asks may see, of everything or of one cycle.

    ``rows`` are what it is about: without any of them it is empty.
    """

    name: str
    title: Any
    about: Any
    whose: Any
    sheets: Callable[[Actor, Cycle | None], list[workbooks.Sheet]]
    rows: Callable[[Actor], QuerySet]
    file_name: str


REPORTS = {
    report.name: report
    for report in (
        Report(
            "progress",
            _("Progress of handling"),
            _("Summary with all rates, by organ, by field, list of what was handed over, full ledger, definitions."),
            _("For the committee and the government office, all of it; for an organ, its own suggestions."),
            progress.sheets,
            cases,
            "代表建议办理进度",
        ),
        Report(
            "dissatisfied",
            _("What did not satisfy"),
            _("Round by round: attitude, result or no reply, until when it is handled again, the second judgement."),
            _("For the committee and the government office, all of it; for an organ, its own suggestions."),
            dissatisfied.sheets,
            dissatisfied.found,
            "不满意件清单",
        ),
        Report(
            "station_ledger",
            _("Ledger of visits and receptions"),
            _("A row per voter's opinion: its way, who handles it, what came of it, when the voter was told."),
            _(
                "For a station, its own; for a deputy, the visits they took part in; for the committee, all. No voter is named."
            ),
            station_ledger.sheets,
            station_ledger.opinions,
            "走访接待登记台账",
        ),
        Report(
            "activities",
            _("Ledger of activities"),
            _("A row per reception day, visit, voters' meeting, training and deliberation meeting, with its figures."),
            _("For a station, its own; for the committee, all."),
            activities.sheets,
            activities.anything,
            "联络站活动台账",
        ),
        Report(
            "deliberation",
            _("Summary of deliberation meetings"),
            _("A row per meeting with what came of its opinions, and every opinion with its answer or promise."),
            _("For the committee, all; for stations, deputies, townships and organs, the meetings that they see."),
            deliberation.sheets,
            deliberation.meetings,
            "议政会汇总表",
        ),
    )
}


def offered(actor: Actor) -> list[Report]:
    """The reports that this person may have, in the order of the catalogue."""
    return [report for report in REPORTS.values() if policies.can_make_report(actor, report.name)]


def file_name(report: Report, cycle: Cycle | None = None) -> str:
    """The name under which the workbook is saved."""
    of_cycle = f"({cycle.title})" if cycle else ""
    return f"{report.file_name}{of_cycle}{clock.today():%Y%m%d}.xlsx"


def write(
    report: Report,
    out: IO[bytes] | str,
    actor: Actor,
    cycle: Cycle | None = None,
    on_row: Callable[[int], None] | None = None,
) -> None:
    """Write the workbook of what the actor may see, of one cycle where one is named."""
    workbooks.write(out, report.sheets(actor, cycle), on_row=on_row)


def as_of_post(post: Post | None) -> Actor:
    """Whoever asked, under the post they asked under, as it is now: a post that ended gives an empty workbook.

    Raises ValueError without a post: what nobody asked for is not made.
    """
    if post is None:
        raise ValueError("a report is asked for under a post")
    actor = acting(post.user, post.pk)
    return actor if actor.post and actor.post.pk == post.pk else Actor(post.user, None)
