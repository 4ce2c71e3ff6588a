"""Points, where the county wants them: off by default, seen by the deputy and the committee, never a ranking by itself."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from supervision.performance.activities import ACTIVITIES
from supervision.performance.items import Item
from workflow.models import RuleSet
from workflow.rules import RuleValues


class Points:
    """What each activity gives on each day: by the rules that were in force then. One or two queries."""

    def __init__(self) -> None:
        sets = RuleSet.objects.prefetch_related("values").order_by("valid_from")
        self._since: list[date] = []
        self._values: list[RuleValues] = []
        for row in sets:
            self._since.append(row.valid_from)
            self._values.append(RuleValues({value.key: value.value for value in row.values.all()}))

    @property
    def are_on(self) -> bool:
        """Whether any activity ever gave a point."""
        rules = [row.rule for row in ACTIVITIES.values() if row.has_points]
        return any(values[rule] for values in self._values for rule in rules)

    def of(self, item: Item) -> int:
        """What this act gives."""
        place = bisect_right(self._since, item.on)
        return self._values[place - 1][item.activity.rule] if place and item.activity.has_points else 0

    def total(self, items: Iterable[Item]) -> int:
        """Of all of them."""
        return sum(map(self.of, items))
