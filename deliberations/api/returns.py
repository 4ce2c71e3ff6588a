"""Monthly returns of stations."""

from rest_framework import serializers

from deliberations.models import MonthlyReturn
from deliberations.policies.returns import can_see_returns
from workflow.api.reading import Reading
from workflow.filters import Key, since, until
from workflow.serializers import Row


class MonthlyReturnRow(Row):
    """What a station handed in for a month."""

    figures = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = MonthlyReturn
        fields = ("id", "station", "month", "figures", "remark", "handed_in_at")


class MonthlyReturns(Reading):
    """Monthly returns: the committee reads all, a station its own."""

    model, row = MonthlyReturn, MonthlyReturnRow
    may = staticmethod(can_see_returns)
    filters = {"station": Key(), "since": since("month"), "until": until("month")}
