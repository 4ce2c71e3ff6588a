"""The verbs of files: asking for a job, running, cancelling and re-issuing it; importing; sweeping away."""

from files.transitions.asking import cancel, enqueue
from files.transitions.cleaning import sweep_files
from files.transitions.importing import check_workbook, keep_refused, keep_workbook, take_back, take_over
from files.transitions.running import run_due, run_job
from files.transitions.sweeping import sweep_jobs

__all__ = [
    "cancel",
    "check_workbook",
    "enqueue",
    "keep_refused",
    "keep_workbook",
    "run_due",
    "run_job",
    "sweep_files",
    "sweep_jobs",
    "take_back",
    "take_over",
]
