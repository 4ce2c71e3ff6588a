"""What must hold for the portal to be ready: the checks of ``/readyz``.

A check is a function named in ``settings.READY_CHECKS``. It raises Unwell when the portal is not ready, and may
return a sentence of warning; any other exception means that the check could not even be made.
"""

import logging
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from workflow import clock
from workflow.heartbeats import BEAT, WORKER
from workflow.models import CalendarYear, Heartbeat

logger = logging.getLogger(__name__)

#: Seconds after which a process counts as gone, and which a new start is given before anything is missed.
GRACE = 120
#: The month from which next year's calendar is missed: it is announced in autumn.
ANNOUNCED_BY = 12
#: Bytes that must be free where the data is.
LEAST_FREE = 200 * 1024 * 1024


class Unwell(Exception):
    """The portal is not ready, with a sentence that says why."""


@dataclass(frozen=True)
class Finding:
    """What a check found: its name, whether all is well, and a sentence where there is something to say."""

    check: str
    ok: bool
    sentence: str = ""


def findings() -> list[Finding]:
    """What every check of the settings finds now."""
    return [_find(name) for name in settings.READY_CHECKS]


def _find(name: str) -> Finding:
    try:
        return Finding(name, True, import_string(name)() or "")
    except Unwell as error:
        return Finding(name, False, str(error))
    except Exception:
        logger.exception("The check %s could not be made", name)
        return Finding(name, False, _("This could not be checked; the log says why."))


def database() -> None:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell(_("The database does not answer.")) from error


def migrations() -> None:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unwell(_("The database is older than the program: run “manage.py migrate”."))


def heartbeats() -> None:
    """Worker and scheduler were seen within GRACE seconds; a portal just started has that long to show them."""
    if time.monotonic() - apps.get_app_config("workflow").started < GRACE:  # type: ignore[attr-defined]
        return
    recent = Heartbeat.objects.filter(at__gte=clock.now() - timedelta(seconds=GRACE)).values_list("name", flat=True)
    if missing := {WORKER, BEAT}.difference(recent):
        raise Unwell(_("Not seen for two minutes: %(names)s.") % {"names": ", ".join(sorted(missing))})


def calendar_year() -> str:
    """The calendar of today's year is loaded; a sentence when it is provisional, or next year's is late."""
    today = clock.today()
    standings = dict(CalendarYear.objects.values_list("year", "standing"))
    if today.year not in standings:
        raise Unwell(_("The working-day calendar of %(year)d is not loaded.") % {"year": today.year})
    wanted = [today.year, today.year + 1] if today.month >= ANNOUNCED_BY else [today.year]
    late = [year for year in wanted if standings.get(year) != CalendarYear.Standing.ANNOUNCED]
    return _("The calendar of %(year)d is still provisional.") % {"year": late[0]} if late else ""


def disk() -> None:
    """There is room where the data is."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE:
        raise Unwell(_("Only %(free)d MB are free on the disk.") % {"free": free // 1024**2})
