"""A round of deliberation (议政活动): its topics, stations, notice, training and publicity."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from deliberations import querysets
from files.models import Attachment
from stations.models import Station
from workflow.models import Case


class Cycle(Case):
    """One round of deliberation of a year (R1, R3): the case in whose record its preparation stands."""

    class Status(models.TextChoices):
        PREPARING = "PREPARING", _("choosing topics")
        MOBILISING = "MOBILISING", _("mobilising")
        VISITING = "VISITING", _("visiting voters")
        DELIBERATING = "DELIBERATING", _("deliberating")
        HANDLING = "HANDLING", _("following up")
        CONCLUDED = "CONCLUDED", _("concluded")

    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.PREPARING)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=80)
    policy_basis = models.TextField(_("policy basis"), blank=True)
    #: Planned; a station may have a day of its own, never an earlier one.
    first_meeting_on = models.DateField(_("first deliberation meeting"))
    #: What the round came to (R19, R62); written before it is concluded.
    review = models.TextField(_("what it came to"), blank=True)

    objects = querysets.CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["year", "title"], name="cycle_once_per_year")]
        verbose_name = _("deliberation cycle")
        verbose_name_plural = _("deliberation cycles")

    def __str__(self) -> str:
        return self.title


class CycleStation(models.Model):
    """That a station takes part in a cycle (R7); without a day of its own it meets with the first."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stations")
    station = models.ForeignKey(Station, models.PROTECT, related_name="cycles")
    planned_on = models.DateField(_("deliberation meeting planned for"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["cycle", "station"], name="cyclestation_once")]

    def __str__(self) -> str:
        return str(self.station)


class Resolution(models.Model):
    """A decision taken on paper by a body that does not work in the portal; staff record it (F15)."""

    class Body(models.TextChoices):
        PARTY_GROUP = "PARTY_GROUP", _("leading Party members' group of the standing committee")
        COUNCIL_OF_CHAIRPERSONS = "COUNCIL_OF_CHAIRPERSONS", _("council of chairpersons")
        COUNTY_PARTY_COMMITTEE = "COUNTY_PARTY_COMMITTEE", _("county Party committee")
        STANDING_COMMITTEE = "STANDING_COMMITTEE", _("standing committee")

    body = models.CharField(_("body"), max_length=24, choices=Body, default=Body.COUNCIL_OF_CHAIRPERSONS)
    number = models.CharField(_("number of the minutes"), max_length=40)
    on = models.DateField(_("date"))
    text = models.TextField(_("wording"), blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan of the minutes")
    )

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="resolution_number_once")]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.number}"


class Topic(models.Model):
    """A matter proposed for a cycle's deliberation (R23–R26)."""

    class Status(models.TextChoices):
        POOL = "POOL", _("proposed")
        SELECTED = "SELECTED", _("selected")
        DROPPED = "DROPPED", _("not selected")

    class Source(models.TextChoices):
        PARTY_PLAN = "PARTY_PLAN", _("plan of the county Party committee")
        GOVERNMENT_KEY_WORK = "GOVERNMENT_KEY_WORK", _("key work of the county government")
        PUBLIC_HOT_ISSUE = "PUBLIC_HOT_ISSUE", _("issue the public is concerned about")
        OTHER = "OTHER", _("other")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="topics")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.POOL)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("what it is about"), blank=True)
    source = models.CharField(_("source"), max_length=24, choices=Source)
    criteria = models.TextField(_("criteria of selection"), blank=True)
    reasons = models.TextField(_("reasons"))
    proposing_body = models.CharField(_("proposed by"), max_length=80)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="topics")

    objects = querysets.TopicQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "title"], name="topic_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(status="POOL", resolution__isnull=True)
                | Q(status__in=["SELECTED", "DROPPED"], resolution__isnull=False),
                name="topic_decided_by_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.title


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
