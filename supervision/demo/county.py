"""Building the demo county, once, in one transaction: it is there whole or not at all."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberations.importers import register
from files import importing
from files.models import ImportBatch
from notifications.models import Notification
from notifications.transitions import mark_read
from stations.importers import roster
from suggestions.importers import ledger
from supervision import reminders
from supervision.demo import cast, deputies, fifteen, stations, telephone, walk
from supervision.demo.moments import Moments
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import Conflict

DATA = Path(__file__).resolve().parent / "data"
ROSTER, LEDGER = DATA / "家站代表名册.xlsx", DATA / "代表建议办理台账.xlsx"
REGISTER = DATA / "走访登记台账.xlsx"

#: The mark by which the demo knows itself.
KIND = "demo"
#: Before the first act that is told: what was proposed for the third year running.
BEGAN = timedelta(days=800)
#: Older notifications have been read.
READ_AFTER = timedelta(days=4)

#: Apps of ours, and what ``migrate`` itself puts into their tables.
APPS = ("accounts", "notifications", "files", "stations", "deliberations", "suggestions", "supervision")
DEFAULTS = ("stations.Term", "stations.StandardItem", "deliberations.SubjectField", "suggestions.ResultClass")


def is_there() -> bool:
    """Whether this database holds the demo county."""
    return ImportBatch.objects.filter(kind=KIND).exists()


def build() -> dict[str, Any]:
    """Build it, or leave the one that is there; say how many of what it holds.

    Raises Conflict for a database with anything that the demo did not make.
    """
    with transaction.atomic():
        if not is_there():
            _require_empty()
            _build()
        return ImportBatch.objects.filter(kind=KIND).values_list("counts", flat=True)[0]


def _require_empty() -> None:
    for model in _ours():
        if model._base_manager.exists():
            sentence = _("This database already holds data (%(what)s). The demo county needs an empty one.")
            raise Conflict("database_used", sentence, what=model._meta.verbose_name_plural)


def _ours() -> list[Any]:
    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if model._meta.label not in DEFAULTS]


def _build() -> None:
    with _past(BEGAN):
        entered = importing.run(ROSTER, roster.read, kind="roster", keep_good=True)
        cast.engage()
    counted = _import(LEDGER, ledger.read, "suggestions")
    visited = _import(REGISTER, register.read, "visits")
    actors, moments = cast.actors(), Moments(load_calendar())
    played = walk.play(actors, moments)
    deputies.play(actors)
    stations.furnish(actors)
    telephone.ring_up(actors, moments)
    told = reminders.run()
    telephone.decide(actors)
    _read_old_mail()
    archive = {**entered.counts, **counted.counts, **visited.counts}
    counts = {**archive, "running": len(played), "reminders": told["created"]}
    about: dict[str, Any] = {"counts": counts, "journal": {"matters": fifteen.matters()}, "at": clock.now()}
    ImportBatch.objects.create(kind=KIND, name=settings.COUNTY_NAME, sha256=importing.file_sha256(LEDGER), **about)


def _import(path: Path, read: Any, kind: str) -> importing.Outcome:
    """Last spring's archive, as it is: it may age, that is what archives do."""
    return importing.run(path, partial(read, sha256=importing.file_sha256(path)), kind=kind, keep_good=True)


def _past(ago: timedelta) -> AbstractContextManager[None]:
    return clock.at(clock.now() - ago)


def _read_old_mail() -> None:
    for note in Notification.objects.unread().filter(created_at__lt=clock.now() - READ_AFTER):
        with clock.at(_next_morning(note.created_at)):
            mark_read(note, user=note.recipient)


def _next_morning(moment: datetime) -> datetime:
    return moment + timedelta(hours=20)
