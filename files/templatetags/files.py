"""What jobs and imports are called on pages."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from files import kinds
from files.models import ImportBatch, Job

register = template.Library()

#: Kinds of imports, and what they count; an importer's own word where it is not listed.
WORDS: dict[str, Any] = {
    "roster": _("roster"),
    "suggestions": _("ledger of suggestions"),
    "demo": _("demo county"),
    "stations": _("stations"),
    "deputies": _("deputies"),
    "organs": _("organs"),
}


@register.filter
def job_title(job: Job) -> str:
    """What a job is called."""
    return kinds.title(job)


@register.filter
def import_word(word: str) -> Any:
    """A kind of import, or what an import counts, in words."""
    return WORDS.get(word, word)


@register.filter
def totals(batch: ImportBatch) -> list[tuple[Any, int]]:
    """The plain counts of an import as pairs of word and number."""
    return [(import_word(name), count) for name, count in batch.counts.items() if isinstance(count, int)]
