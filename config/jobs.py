"""Which function a kind of job runs."""

from supervision.reports import jobs

JOBS = {"report": jobs.make}
