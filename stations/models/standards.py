"""The county's standard of a station, and what was found at each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.models import Attachment
from stations import querysets
from stations.models.places import Station


class StandardItem(models.Model):
    """One thing a station must have by the county's own list ("六有", "八有", "十有")."""

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("what there must be"), max_length=80)
    evidence = models.CharField(_("what shows it"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    in_use = models.BooleanField(_("in use"), default=True)

    objects = querysets.StandardItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class StandardCheck(models.Model):
    """Whether a station has it, as found in a year; each later finding is a row of its own."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="standard_checks")
    item = models.ForeignKey(StandardItem, models.PROTECT, related_name="checks")
    met = models.BooleanField(_("there"))
    note = models.CharField(_("remark"), max_length=200, blank=True)
    on = models.DateField(_("date"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )

    objects = querysets.StandardCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.station}: {self.item}"
