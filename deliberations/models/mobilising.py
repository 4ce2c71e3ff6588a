"""Notices to the stations with their receipts, publicity, and the training of deputies."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from deliberations import querysets
from deliberations.models.cycles import Cycle, Topic
from files.models import Attachment
from stations.models import Station, qr_token


class Notice(models.Model):
    """What the deputy affairs commission tells the stations a month ahead (R33, R36)."""

    class Status(models.TextChoices):
        ISSUED = "ISSUED", _("issued")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="notices")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.ISSUED)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))
    guidance = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("guidance for deputies")
    )
    issued_on = models.DateField(_("issued on"))
    #: Days before the meeting that the rule of the day of issue asked for.
    lead_days = models.PositiveSmallIntegerField()
    override_reason = models.CharField(_("why it is later than the rule"), max_length=200, blank=True)
    agreed_by = models.CharField(_("who agreed"), max_length=40, blank=True)
    #: Of the address that opens without a sign-in; notices of earlier days have none.
    token = models.CharField(max_length=24, unique=True, null=True, default=qr_token, editable=False)

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(override_reason="", agreed_by="") | ~Q(override_reason="") & ~Q(agreed_by=""),
                name="notice_override_names_who_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeReceipt(models.Model):
    """A notice at one station: sent, received, conveyed to its deputies."""

    class Status(models.TextChoices):
        SENT = "SENT", _("not confirmed")
        RECEIVED = "RECEIVED", _("received")
        CONVEYED = "CONVEYED", _("conveyed to the deputies")

    class Way(models.TextChoices):
        CLICK = "CLICK", _("confirmed in the system")
        TELEPHONE = "TELEPHONE", _("recorded after a telephone call")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts")
    station = models.ForeignKey(Station, models.PROTECT, related_name="notice_receipts")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.SENT)
    #: The station's meeting as it is planned; from the issue of the notice to it runs the month (R33).
    meeting_on = models.DateField()
    received_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=Way, blank=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    conveyed_on = models.DateField(null=True, blank=True)

    objects = querysets.ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "station"], name="receipt_once_per_station"),
            models.CheckConstraint(
                condition=Q(status="SENT", received_at__isnull=True)
                | Q(status__in=["RECEIVED", "CONVEYED"], received_at__isnull=False, received_by__isnull=False)
                & ~Q(way=""),
                name="receipt_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(status="CONVEYED") | Q(conveyed_on__isnull=False), name="receipt_conveyed_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.notice}"

    @property
    def days_ahead(self) -> int:
        """Calendar days from the issue of the notice to the station's meeting."""
        return (self.meeting_on - self.notice.issued_on).days

    @property
    def is_in_time(self) -> bool:
        """Whether the station had as many days as the rule asks."""
        return self.days_ahead >= self.notice.lead_days


class PublicityRecord(models.Model):
    """That topics were made known to the public (R34, F18)."""

    class Channel(models.TextChoices):
        WECHAT = "WECHAT", _("WeChat account")
        TELEVISION = "TELEVISION", _("television")
        NEWSPAPER = "NEWSPAPER", _("newspaper")
        WEBSITE = "WEBSITE", _("website")
        NOTICE_BOARD = "NOTICE_BOARD", _("notice board")
        LOUDSPEAKER = "LOUDSPEAKER", _("village loudspeaker")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="publicity")
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    title = models.CharField(_("title"), max_length=120)
    on = models.DateField(_("published on"))
    link = models.URLField(_("link"), max_length=300, blank=True)
    picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    reach = models.PositiveIntegerField(_("reads or broadcasts"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, related_name="publicity", blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title


class Training(models.Model):
    """A training of deputies, central or at one station (R27–R31, F17)."""

    class Mode(models.TextChoices):
        CENTRAL = "CENTRAL", _("central")
        STATION = "STATION", _("at a station")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="trainings")
    mode = models.CharField(_("mode"), max_length=8, choices=Mode)
    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="trainings")
    title = models.CharField(_("title"), max_length=80)
    on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=80)
    lecturer = models.CharField(_("lecturer"), max_length=80)
    content = models.TextField(_("content"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    due = models.PositiveSmallIntegerField(_("deputies expected"))
    present = models.PositiveSmallIntegerField(_("deputies present"))
    #: Of the code on the wall with which deputies sign in; none where nobody signs in so.
    sign_in_token = models.CharField(max_length=24, unique=True, null=True, blank=True, editable=False)
    #: Short news text of the activity.
    news = models.TextField(_("short news"), blank=True)
    files = models.ManyToManyField(Attachment, through="TrainingFile", related_name="+")

    objects = querysets.TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="CENTRAL", station__isnull=True) | Q(mode="STATION", station__isnull=False),
                name="training_at_a_station_names_it",
            ),
            models.CheckConstraint(condition=Q(present__lte=models.F("due")), name="training_present_of_due"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingFile(models.Model):
    """A file of a training: what was taught, the sign-in sheet, a photo."""

    class Kind(models.TextChoices):
        CONTENT = "CONTENT", _("content")
        SIGN_IN = "SIGN_IN", _("sign-in sheet")
        PHOTO = "PHOTO", _("photo")

    training = models.ForeignKey(Training, models.PROTECT, related_name="papers")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)
