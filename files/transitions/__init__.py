"""The verbs of files: asking for a job, running, cancelling and re-issuing it; sweeping away what nobody owns."""

from files.transitions.asking import cancel, enqueue
from files.transitions.cleaning import sweep_files
from files.transitions.running import run_due, run_job
from files.transitions.sweeping import sweep_jobs

__all__ = ["cancel", "enqueue", "run_due", "run_job", "sweep_files", "sweep_jobs"]
