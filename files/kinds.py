"""What jobs can do: kinds and the functions behind them, named by ``settings.JOB_KINDS``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from files.models import Job


class Progress(Protocol):
    """How far a job is; to be told after each row."""

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell it. Raises when the job was cancelled or given to another worker: let it pass."""


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    ``make`` writes the file that was asked for to the stream and returns its name; a ``Refused`` it raises becomes
    the sentence of the failed job. It may be run more than once, so the file must be all it does. ``title`` is what
    the job is called in lists.
    """

    make: Callable[[Job, IO[bytes], Progress], str]
    title: Callable[[Job], Any]
    ending: str = ".xlsx"


def known() -> dict[str, Kind]:
    """All kinds by name."""
    return import_string(settings.JOB_KINDS)


def title(job: Job) -> str:
    """What a job is called; its kind's name when the kind no longer exists."""
    kind = known().get(job.kind)
    return str(kind.title(job)) if kind else job.kind
