"""Reception days: the rule by which they fall, each day with its papers, and the deputies on duty."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from files.models import Attachment
from stations import querysets
from stations.models.mandates import Mandate
from stations.models.places import Station


class ReceptionRule(models.Model):
    """On which days a station receives voters: "the 10th of each month", "the first Friday of odd months"."""

    class Months(models.TextChoices):
        ALL = "ALL", _("every month")
        ODD = "ODD", _("odd months")
        EVEN = "EVEN", _("even months")

    station = models.ForeignKey(Station, models.PROTECT, related_name="reception_rules")
    months = models.CharField(_("months"), max_length=4, choices=Months, default=Months.ALL)
    #: Either a day of the month, or a weekday (Monday is 0) of a week of the month (1 to 4).
    day = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    week = models.PositiveSmallIntegerField(_("week of the month"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    deputies = models.PositiveSmallIntegerField(_("deputies on duty"), default=2)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = querysets.ReceptionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["station", "-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=False, week__isnull=True, weekday__isnull=True, day__gte=1, day__lte=31)
                | Q(day__isnull=True, week__gte=1, week__lte=4, weekday__gte=0, weekday__lte=6),
                name="receptionrule_names_a_day",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="receptionrule_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.starts_at:%H:%M}"


class ReceptionDay(models.Model):
    """A day on which deputies receive voters at a station (F11): by rule or by hand; part of the station's record."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("planned")
        HELD = "HELD", _("held")
        CANCELLED = "CANCELLED", _("cancelled")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="reception_days")
    rule = models.ForeignKey(ReceptionRule, models.PROTECT, null=True, blank=True, related_name="days")
    status = models.CharField(_("state"), max_length=12, choices=Status, default=Status.PLANNED)
    on = models.DateField(_("date"))
    #: The day by the rule, where a holiday moved it.
    moved_from = models.DateField(null=True, blank=True)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    scope = models.TextField(_("for whom and what"), blank=True)
    #: The public notice on the wall, three days ahead.
    posted_on = models.DateField(_("notice posted on"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=200, blank=True)
    #: Short news text of the activity.
    news = models.TextField(_("short news"), blank=True)
    files = models.ManyToManyField(Attachment, through="ReceptionFile", related_name="+")

    objects = querysets.ReceptionDayQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "id"]
        indexes = [models.Index(fields=["on", "status"], name="receptionday_next")]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "on", "starts_at"],
                condition=~Q(status="CANCELLED"),
                name="receptionday_once_per_station",
            ),
            models.CheckConstraint(
                condition=~Q(status="CANCELLED") | ~Q(cancel_reason=""), name="receptionday_cancelled_says_why"
            ),
        ]
        verbose_name = _("reception day")
        verbose_name_plural = _("reception days")

    def __str__(self) -> str:
        return f"{self.station} {self.on}"


class ReceptionFile(models.Model):
    """A picture or paper of a reception day: the notice on the wall, the sign-in sheet, a photo."""

    class Kind(models.TextChoices):
        NOTICE = "NOTICE", _("posted notice")
        SIGN_IN = "SIGN_IN", _("sign-in sheet")
        RECORD = "RECORD", _("record")
        PHOTO = "PHOTO", _("photo")

    day = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="papers")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)


class Duty(models.Model):
    """That a deputy is to receive voters on a day; a substitute stands beside whom they stand in for."""

    class State(models.TextChoices):
        DUE = "DUE", _("on duty")
        REPLACED = "REPLACED", _("replaced by another")
        PRESENT = "PRESENT", _("present")
        LEAVE = "LEAVE", _("on leave")
        ABSENT = "ABSENT", _("absent")

    day = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="duties")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="duties")
    substitute_for = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="substitute", verbose_name=_("stands in for")
    )
    state = models.CharField(_("attendance"), max_length=8, choices=State, default=State.DUE)
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    objects = querysets.DutyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["day", "mandate"], name="duty_once_per_day")]

    def __str__(self) -> str:
        return str(self.mandate)
