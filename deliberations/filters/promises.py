"""By what the list of promises may be narrowed."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from deliberations.models import Cycle, Promise
from workflow import clock


class PromiseFilter(filters.FilterSet):
    """What waits, state, organ, cycle."""

    due = filters.ChoiceFilter(
        label=_("to be kept by"), choices=[("open", _("still open")), ("overdue", _("overdue"))], method="by_day"
    )
    status = filters.ChoiceFilter(label=_("state"), choices=Promise.Status.choices)
    organ = filters.ModelChoiceFilter(label=_("organ"), queryset=Organ.objects.none())
    cycle = filters.ModelChoiceFilter(
        label=_("cycle"), queryset=Cycle.objects.none(), field_name="meeting_opinion__meeting__cycle"
    )

    class Meta:
        model = Promise
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # only what has promised anything is offered, as far as the reader sees it
        visible = self.queryset
        self.filters["organ"].queryset = Organ.objects.filter(pk__in=visible.values("organ"))
        self.filters["cycle"].queryset = Cycle.objects.filter(pk__in=visible.values("meeting_opinion__meeting__cycle"))

    def by_day(self, queryset: Any, name: str, value: str) -> Any:
        """Still open, or open after its day."""
        return queryset.overdue(clock.today()) if value == "overdue" else queryset.open()
