"""Townships, terms with their sessions, delegations and electoral districts, the stations and who runs them."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from stations import querysets
from workflow.models import Case


def qr_token() -> str:
    """An unguessable token for a printed code."""
    return secrets.token_urlsafe(12)


class Level(models.TextChoices):
    """The five levels of people's congresses."""

    TOWNSHIP = "TOWNSHIP", _("township")
    COUNTY = "COUNTY", _("county")
    CITY = "CITY", _("city")
    PROVINCE = "PROVINCE", _("province")
    NATION = "NATION", _("nation")


class Township(models.Model):
    """A town, township or sub-district. A sub-district has no congress and so no township deputies."""

    class Kind(models.TextChoices):
        TOWN = "TOWN", _("town")
        TOWNSHIP = "TOWNSHIP", _("rural township")
        SUB_DISTRICT = "SUB_DISTRICT", _("sub-district")

    name = models.CharField(_("name"), max_length=40, unique=True)
    pinyin = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    #: Last digits of the days on which there is a market (逢三八 is [3, 8]), by the lunar calendar where customary.
    market_days = models.JSONField(_("market days"), default=list, blank=True)
    market_lunar = models.BooleanField(_("by the lunar calendar"), default=True)

    class Meta:
        ordering = ["pinyin", "id"]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """One term (届) of a congress, of the county or of one township."""

    level = models.CharField(max_length=12, choices=Level)
    township = models.ForeignKey(Township, models.PROTECT, null=True, blank=True, related_name="terms")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "township"],
                condition=models.Q(is_current=True, township__isnull=False),
                name="term_one_current_per_township",
            ),
            models.UniqueConstraint(
                fields=["level"], condition=models.Q(is_current=True, township__isnull=True), name="term_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.number or ''}".strip()

    @property
    def congress(self) -> str:
        """As a list names the congress: its township, or its level; and which term it is."""
        return f"{self.township} {self.number or ''}".strip() if self.township else str(self)


class CongressSession(models.Model):
    """One session (次会议) of a term."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "number"], name="session_once_per_term")]

    def __str__(self) -> str:
        return f"{self.term.number}-{self.number}"


class Delegation(models.Model):
    """The deputies of one area or body who sit together."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="delegations")
    name = models.CharField(_("name"), max_length=40)
    pinyin = models.CharField(max_length=120, blank=True)
    township = models.ForeignKey(Township, models.PROTECT, null=True, blank=True, related_name="delegations")

    class Meta:
        ordering = ["pinyin", "id"]
        constraints = [models.UniqueConstraint(fields=["term", "name"], name="delegation_once_per_term")]

    def __str__(self) -> str:
        return self.name


class ElectoralDistrict(models.Model):
    """Where deputies of one term are elected, and how many; a seat without a deputy in office is a vacancy."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="districts")
    township = models.ForeignKey(Township, models.PROTECT, null=True, blank=True, related_name="districts")
    number = models.PositiveSmallIntegerField(_("number of the district"))
    name = models.CharField(_("name"), max_length=60)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)

    objects = querysets.DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["term", "number"]
        constraints = [models.UniqueConstraint(fields=["term", "number"], name="district_once_per_term")]
        verbose_name = _("electoral district")
        verbose_name_plural = _("electoral districts")

    def __str__(self) -> str:
        return self.name


class Station(Case):
    """A deputies' home, a liaison station or a contact point."""

    class Kind(models.TextChoices):
        HOME = "HOME", _("deputies' home")
        STATION = "STATION", _("liaison station")
        POINT = "POINT", _("contact point")

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", _("in use")
        CLOSED = "CLOSED", _("not in use")

    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.ACTIVE)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    township = models.ForeignKey(Township, models.PROTECT, related_name="stations")
    address = models.CharField(_("address"), max_length=120, blank=True)
    is_key = models.BooleanField(_("key station"), default=False)
    qr_token = models.CharField(max_length=24, unique=True, default=qr_token)
    search_text = models.TextField(blank=True, default="")

    objects = querysets.StationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["township", "name"], name="station_once_per_township")]
        verbose_name = _("station")
        verbose_name_plural = _("stations")

    def __str__(self) -> str:
        return self.name


class StationStaff(models.Model):
    """Who runs a station; with or without an account."""

    class Duty(models.TextChoices):
        HEAD = "HEAD", _("station head")
        ASSISTANT_HEAD = "ASSISTANT_HEAD", _("assistant station head")
        LIAISON = "LIAISON", _("liaison officer")

    station = models.ForeignKey(Station, models.PROTECT, related_name="staff")
    person = models.ForeignKey(Person, models.PROTECT, related_name="station_duties")
    duty = models.CharField(_("duty"), max_length=16, choices=Duty)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = querysets.StaffQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["station", "person", "duty"], name="staff_once_per_duty")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_duty_display()})"
