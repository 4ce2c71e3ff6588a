"""The catalogue of reports and how one is made: by a job, or by ``manage.py make_report``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.middleware import acting
from accounts.models import Post
from files import workbooks
from supervision.reports import progress
from workflow import clock


@dataclass(frozen=True)
class Report:
    """A workbook that anybody who may see suggestions can have of what they may see."""

    name: str
    title: Any
    about: Any
    sheets: Callable[[Actor], list[workbooks.Sheet]]
    file_name: str


REPORTS = {
    report.name: report
    for report in (
        Report(
            "progress",
            _("Progress of handling"),
            _("Summary, by organ, full ledger, definitions"),
            progress.sheets,
            "代表建议办理进度",
        ),
    )
}


def file_name(report: Report) -> str:
    """The name under which the workbook is saved."""
    return f"{report.file_name}{clock.today():%Y%m%d}.xlsx"


def write(report: Report, out: IO[bytes] | str, actor: Actor, on_row: Callable[[int], None] | None = None) -> None:
    """Write the workbook of what the actor may see."""
    workbooks.write(out, report.sheets(actor), on_row=on_row)


def as_of_post(post: Post | None) -> Actor:
    """Whoever asked, under the post they asked under, as it is now: a post that ended gives an empty workbook.

    Raises ValueError without a post: what nobody asked for is not made.
    """
    if post is None:
        raise ValueError("a report is asked for under a post")
    actor = acting(post.user, post.pk)
    return actor if actor.post and actor.post.pk == post.pk else Actor(post.user, None)
