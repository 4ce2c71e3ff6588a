"""What jobs and imports are called on pages."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from files import kinds
from files.importing import Outcome
from files.models import ImportBatch, Job

register = template.Library()

#: Kinds of imports, and what they count; an importer's own word where it is not listed.
KINDS: dict[str, Any] = {
    "roster": _("roster"),
    "suggestions": _("ledger of suggestions"),
    "visits": _("register of visits"),
    "demo": _("demo county"),
}
COUNTS: dict[str, Any] = {
    "stations": _("stations"),
    "deputies": _("deputies"),
    "county_deputies": _("county deputies"),
    "organs": _("handling organs"),
    "suggestions": _("suggestions"),
    "visits": _("visits"),
    "unchanged": _("read before and unchanged"),
    "key": _("key suggestions"),
    "replied": _("replied to"),
    "dissatisfied": _("dissatisfied"),
    "joint": _("with co-signers"),
    "cosignatures": _("co-signatures"),
    "cohosts": _("co-hosts"),
    "running": _("in handling"),
    "reminders": _("reminders"),
}


@register.filter
def job_title(job: Job) -> str:
    """What a job is called."""
    return kinds.title(job)


@register.filter
def import_kind(kind: str) -> Any:
    """A kind of import in words."""
    return KINDS.get(kind, kind)


@register.filter
def totals(batch: ImportBatch | Outcome) -> list[tuple[Any, int]]:
    """The plain counts of an import as pairs of word and number."""
    return [(COUNTS.get(name, name), count) for name, count in batch.counts.items() if isinstance(count, int)]
