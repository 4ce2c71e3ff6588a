"""Deputies: mandates from a day to a day, and what the public sees of a deputy."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from files.models import Attachment
from stations import querysets
from stations.models.places import Delegation, ElectoralDistrict, Level, Station, Term, qr_token
from workflow import clock


class Mandate(models.Model):
    """That a person is a deputy: of one level, in one term, from a day to a day. One person may hold several."""

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", _("in office")
        SUSPENDED = "SUSPENDED", _("suspended")
        ENDED = "ENDED", _("no longer in office")

    class EndReason(models.TextChoices):
        TERM = "TERM", _("end of term")
        RESIGNED = "RESIGNED", _("resigned")
        DIED = "DIED", _("died")
        RECALLED = "RECALLED", _("recalled")
        MOVED = "MOVED", _("moved away")
        TERMINATED = "TERMINATED", _("qualification ended")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    term = models.ForeignKey(Term, models.PROTECT, related_name="mandates")
    level = models.CharField(_("level"), max_length=12, choices=Level)
    certificate_no = models.CharField(_("deputy certificate number"), max_length=20)
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="mandates")
    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="mandates")
    district = models.ForeignKey(
        ElectoralDistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("electoral district"),
    )
    by_election = models.BooleanField(_("elected in a by-election"), default=False)
    employer_post = models.CharField(_("employer and post"), max_length=80, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    suspended_from = models.DateField(null=True, blank=True)
    suspended_to = models.DateField(null=True, blank=True)
    search_text = models.TextField(blank=True, default="")

    objects = querysets.MandateQuerySet.as_manager()

    class Meta:
        ordering = ["certificate_no"]
        constraints = [
            models.UniqueConstraint(fields=["term", "certificate_no"], name="mandate_certificate_once_per_term")
        ]
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")

    def __str__(self) -> str:
        return self.person.name

    def status_on(self, today: date) -> "Mandate.Status":
        """In office, suspended or no longer in office on that day; follows from the dates and is never stored."""
        if not self.term.is_current or (self.ended_on and self.ended_on <= today):
            return self.Status.ENDED
        suspended = self.suspended_from and self.suspended_from <= today <= (self.suspended_to or date.max)
        return self.Status.SUSPENDED if suspended else self.Status.ACTIVE

    @property
    def status(self) -> "Mandate.Status":
        """The state of today."""
        return self.status_on(clock.today())

    def is_active(self, today: date) -> bool:
        """In office and not suspended on that day."""
        return self.status_on(today) == self.Status.ACTIVE


class DeputyPage(models.Model):
    """What the public sees of a deputy beside name, level and station; made when the code is first printed."""

    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="page")
    qr_token = models.CharField(max_length=24, unique=True, default=qr_token)
    words = models.TextField(_("a few words about oneself"), max_length=300, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )

    def __str__(self) -> str:
        return str(self.mandate)
