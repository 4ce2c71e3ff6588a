"""What suggestions know of a cycle's next step."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from deliberations.gates import Fact
from deliberations.models import Cycle, MeetingOpinion
from suggestions.models import Source

_TO_THE_COUNTY = (MeetingOpinion.Way.COUNTY_LEAD, MeetingOpinion.Way.COMMITTEE)


def cycle_facts(cycle: Cycle) -> list[Fact]:
    """That everything forwarded to the county in this cycle has become a suggestion (R55); one query."""
    rows = MeetingOpinion.objects.filter(meeting__cycle=cycle, way__in=_TO_THE_COUNTY, collected=None)
    held = rows.exclude(meeting__status="CANCELLED")
    return [Fact(_("Everything forwarded to the county has become a suggestion."), not held.exists())]


def collected(opinions: Collection[int]) -> set[int]:
    """Of these opinions in deliberation, by key, those that have become a suggestion."""
    return set(Source.objects.filter(meeting_opinion__in=opinions).values_list("meeting_opinion", flat=True))
