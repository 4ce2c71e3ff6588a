"""A report as a job: written as whoever asked may see it when it is written."""

from typing import IO, Any

from files import workbooks
from files.kinds import Progress
from files.models import Job
from supervision import reports


def make(job: Job, out: IO[bytes], progress: Progress) -> str:
    """Write the report that the job names and return its file name."""
    report = reports.REPORTS[job.args["name"]]
    sheets = report.sheets(reports.as_of_post(job.post))
    total = sum(map(len, sheets))
    workbooks.write(out, sheets, on_row=lambda done: progress(done, total))
    return reports.file_name(report)


def title(job: Job) -> Any:
    """The report's own title; its name when there is no such report any more."""
    report = reports.REPORTS.get(job.args["name"])
    return report.title if report else job.args["name"]
