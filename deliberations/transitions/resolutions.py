"""Decisions that a body took on paper, recorded once under their number (F15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberations.models import Resolution
from files.models import Attachment
from workflow import clock
from workflow.engine import Invalid


@dataclass(frozen=True)
class Paper:
    """The minutes in which a body decided: number and date, and a scan where there is one."""

    number: str
    on: date
    body: str = Resolution.Body.COUNCIL_OF_CHAIRPERSONS
    scan: Attachment | None = None


@transaction.atomic
def resolve(paper: Paper) -> Resolution:
    """The resolution of this number, entered if it is new.

    Raises Invalid for a day to come, or when the number is known with another date.
    """
    if paper.on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
    known = {"on": paper.on, "scan": paper.scan}
    found, _new = Resolution.objects.get_or_create(body=paper.body, number=paper.number, defaults=known)
    if found.on != paper.on:
        raise Invalid("on", "other_date", _("The minutes of that number bear the date %(on)s."), on=found.on)
    if paper.scan and not found.scan_id:
        Resolution.objects.filter(pk=found.pk).update(scan=paper.scan)
        found.scan = paper.scan
    return found


def told(resolution: Resolution) -> Mapping[str, Any]:
    """How the event of an act tells by which decision it came."""
    return {"body": resolution.body, "number": resolution.number, "on": resolution.on}
