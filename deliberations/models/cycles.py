"""A round of deliberation (议政活动): its plan, groups and stations, its topics, and who decided them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, Person
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
    #: For the implementation plan (实施方案).
    purpose = models.TextField(_("guiding thought and purpose"), blank=True)
    requirements = models.TextField(_("requirements"), blank=True)
    #: Whose plan was taken as the template (R21).
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    #: Where the plan was approved: Party group, council of chairpersons, county Party committee.
    approvals: models.ManyToManyField = models.ManyToManyField("Resolution", related_name="cycles", blank=True)

    objects = querysets.CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["year", "title"], name="cycle_once_per_year")]
        verbose_name = _("deliberation cycle")
        verbose_name_plural = _("deliberation cycles")

    def __str__(self) -> str:
        return self.title


class CycleStep(models.Model):
    """When one of the four steps of preparation is planned (R22); when it really was follows from what is recorded."""

    class Step(models.TextChoices):
        TOPICS = "TOPICS", _("topics")
        TRAINING = "TRAINING", _("training")
        MOBILISATION = "MOBILISATION", _("mobilisation")
        VISITS = "VISITS", _("visits to voters")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=12, choices=Step)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "step"], name="cyclestep_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="cyclestep_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.get_step_display()}"


class Group(models.Model):
    """Who goes to which stations and when, and with which organs (R47, R48): a row of the grouping table (分组表)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="groups")
    name = models.CharField(_("group"), max_length=20)
    leader = models.ForeignKey(Person, models.PROTECT, related_name="led_groups", verbose_name=_("leader"))
    members = models.TextField(_("members"), blank=True)
    organs = models.ManyToManyField(Organ, related_name="groups", blank=True, verbose_name=_("organs"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["cycle", "name"], name="group_once_per_cycle")]

    def __str__(self) -> str:
        return self.name


class LeaderContact(models.Model):
    """That a leader of the standing committee goes to a station in this cycle (R40): the station's leader (联系点)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="leader_contacts")
    station = models.ForeignKey(Station, models.PROTECT, related_name="leader_contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_stations", verbose_name=_("leader"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "station", "person"], name="leadercontact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.station}"


class CycleStation(models.Model):
    """That a station takes part in a cycle (R7); without a day of its own it meets with the first."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stations")
    station = models.ForeignKey(Station, models.PROTECT, related_name="cycles")
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("group")
    )
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
