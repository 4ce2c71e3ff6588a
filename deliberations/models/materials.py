"""Papers for deputies: the library, printed copies, who has read them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberations import querysets
from deliberations.models.cycles import Cycle
from files.models import Attachment
from stations.models import Station


class Material(models.Model):
    """A paper for deputies (R14, R37, R46): of the library, or a key document of one cycle."""

    class Kind(models.TextChoices):
        PARTY_DECISION = "PARTY_DECISION", _("decision of the Party committee")
        ORGAN_TARGETS = "ORGAN_TARGETS", _("work targets of an organ")
        POLICY = "POLICY", _("policy for the people")
        LAW = "LAW", _("law or regulation")
        GUIDANCE = "GUIDANCE", _("guidance for visits")
        OTHER = "OTHER", _("other")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="materials")
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    issuer = models.CharField(_("issuing body"), max_length=80)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    issued_on = models.DateField(_("date"))
    summary = models.TextField(_("what it says"), blank=True)
    file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    #: On which opinions are asked in the cycle (R46).
    is_key = models.BooleanField(_("key document"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = querysets.MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title


class MaterialCopy(models.Model):
    """Printed copies of a paper that went to a station (F19)."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="copies")
    station = models.ForeignKey(Station, models.PROTECT, related_name="material_copies")
    copies = models.PositiveSmallIntegerField(_("copies"))
    on = models.DateField(_("date"))
    received_by = models.CharField(_("received by"), max_length=40, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(copies__gte=1), name="materialcopy_at_least_one"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="")
                | Q(received_on__isnull=False) & ~Q(received_by=""),
                name="materialcopy_received_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material}: {self.station}"


class MaterialRead(models.Model):
    """That somebody opened a paper; the first time counts."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="readings")
    user = models.ForeignKey(User, models.PROTECT, related_name="readings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["material", "user"], name="materialread_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.material}"
