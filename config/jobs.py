"""What jobs can do."""

from files.kinds import Kind
from supervision.reports import jobs

JOBS = {"report": Kind(jobs.make, jobs.title)}
