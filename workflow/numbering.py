"""Numbers of a series: given once, never reused, gaps allowed."""

from workflow.engine import Stale
from workflow.models import NumberSeries


def allot(code: str, scope: str) -> int:
    """The next number of the series, taken by a conditional UPDATE in the caller's transaction."""
    series, _created = NumberSeries.objects.select_for_update().get_or_create(code=code, scope=scope)
    if not NumberSeries.objects.filter(pk=series.pk, next=series.next).update(next=series.next + 1):
        raise Stale
    return series.next


def reserve(code: str, scope: str, number: int) -> None:
    """Note that a number is taken (an imported one), so that the series goes on behind it."""
    series, _created = NumberSeries.objects.select_for_update().get_or_create(code=code, scope=scope)
    NumberSeries.objects.filter(pk=series.pk, next__lte=number).update(next=number + 1)
