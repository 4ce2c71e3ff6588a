"""The monthly return of a station."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberations import querysets
from stations.models import Station


class MonthlyReturn(models.Model):
    """What a station handed in for a month (表12): the figures as they were on that day, nought included."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="returns")
    #: The first of the month.
    month = models.DateField(_("month"))
    figures = models.JSONField(default=dict)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = querysets.MonthlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "station"]
        constraints = [models.UniqueConstraint(fields=["station", "month"], name="monthlyreturn_once")]

    def __str__(self) -> str:
        return f"{self.station} {self.month:%Y-%m}"
