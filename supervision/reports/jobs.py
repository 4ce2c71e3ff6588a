"""A report as a job: written as whoever asked may see it when it is written."""

from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle
from files import workbooks
from files.kinds import Progress
from files.models import Job
from supervision import reports
from workflow.engine import Invalid


def arguments(report: reports.Report, cycle: Cycle | None) -> dict[str, Any]:
    """What a job is asked with; the cycle's title is what lists call it by."""
    return {"name": report.name, **({"cycle": cycle.pk, "title": cycle.title} if cycle else {})}


def make(job: Job, out: IO[bytes], progress: Progress) -> str:
    """Write the report that the job names and return its file name. Raises Invalid for a cycle that is not there."""
    report = reports.REPORTS[job.args["name"]]
    actor = reports.as_of_post(job.post)
    cycle = _cycle(job, actor)
    sheets = report.sheets(actor, cycle)
    total = sum(map(len, sheets))
    workbooks.write(out, sheets, on_row=lambda done: progress(done, total))
    return reports.file_name(report, cycle)


def title(job: Job) -> Any:
    """The report's own title, with the cycle's; its name when there is no such report any more."""
    report = reports.REPORTS.get(job.args["name"])
    named = report.title if report else job.args["name"]
    return f"{named} · {job.args['title']}" if job.args.get("title") else named


def _cycle(job: Job, actor: Actor) -> Cycle | None:
    asked = job.args.get("cycle")
    if asked is None:
        return None
    found = Cycle.objects.visible_to(actor).filter(pk=asked).first()
    if found is None:
        raise Invalid("cycle", "no_cycle", _("There is no such deliberation cycle any more."))
    return found
