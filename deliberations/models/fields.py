"""Subject fields: by which a suggestion is classified and a working commission follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ


class SubjectField(models.Model):
    """A field of county life (R54); the county may add its own. ``aliases`` are former names in old ledgers."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    aliases = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    supervising_body = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name
