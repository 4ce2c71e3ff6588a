"""Meetings: where deputies deliberate at a station, and where suggestions are handed over to those who handle them."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from deliberations import querysets
from deliberations.models.cycles import Cycle, Topic
from deliberations.models.fields import SubjectField
from deliberations.models.mobilising import Training
from deliberations.models.visits import Opinion
from files.models import Attachment
from stations.models import Mandate, Station, Township
from workflow.models import Case


class Meeting(Case):
    """A deliberation meeting at a station (R47–R53, F14), or a hand-over meeting of the county (R56, R60, F16)."""

    class Kind(models.TextChoices):
        DELIBERATION = "DELIBERATION", _("deliberation meeting")
        HAND_OVER = "HAND_OVER", _("hand-over meeting")

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("planned")
        OPEN = "OPEN", _("being recorded")
        CLOSED = "CLOSED", _("closed")
        CANCELLED = "CANCELLED", _("cancelled")

    kind = models.CharField(_("kind of meeting"), max_length=16, choices=Kind)
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.PLANNED)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="meetings")
    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="meetings")
    held_on = models.DateField(_("date"))
    time = models.TimeField(_("hour"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=80)
    chair = models.CharField(_("chaired by"), max_length=40, blank=True)
    recorder = models.CharField(_("recorder"), max_length=40, blank=True)
    #: Hand-over meetings are commonly convened by the county government together with the committee.
    convenor = models.CharField(_("convened by"), max_length=80, blank=True)
    held_with = models.CharField(_("held together with"), max_length=80, blank=True)
    key_only = models.BooleanField(_("for key suggestions only"), default=False)
    #: Short news text of the activity.
    news = models.TextField(_("short news"), blank=True)

    objects = querysets.MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="DELIBERATION", cycle__isnull=False, station__isnull=False)
                | Q(kind="HAND_OVER", cycle__isnull=True, station__isnull=True),
                name="meeting_of_a_station_in_a_cycle",
            ),
            models.UniqueConstraint(
                fields=["cycle", "station"],
                condition=Q(kind="DELIBERATION") & ~Q(status="CANCELLED"),
                name="meeting_once_per_station_and_cycle",
            ),
        ]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        where = self.station.name if self.station else self.place
        return f"{where} {self.get_kind_display()}"


class Attendance(models.Model):
    """Who was at a meeting or a training, or why not (F12): a deputy, an organ's representative, a leader, another.

    Whoever is invited stands here before the day, as expected, and says whether they come.
    """

    class Part(models.TextChoices):
        DEPUTY = "DEPUTY", _("deputy")
        ORGAN = "ORGAN", _("responsible organ")
        LEADER = "LEADER", _("leader")
        OTHER = "OTHER", _("other")

    class State(models.TextChoices):
        EXPECTED = "EXPECTED", _("expected")
        GOING = "GOING", _("says to come")
        PRESENT = "PRESENT", _("present")
        LEAVE = "LEAVE", _("on leave")
        ABSENT = "ABSENT", _("absent")

    #: What can be found on the day; before it somebody is expected, says to come, or is on leave.
    FOUND = (State.PRESENT, State.LEAVE, State.ABSENT)

    class Way(models.TextChoices):
        LIST = "LIST", _("on the list")
        QR = "QR", _("by QR code")
        PROXY = "PROXY", _("signed by another")
        PHOTO = "PHOTO", _("ticked off a photo of the sheet")

    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="attendance")
    training = models.ForeignKey(Training, models.PROTECT, null=True, blank=True, related_name="attendance")
    part = models.CharField(_("came as"), max_length=8, choices=Part)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="attended")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="attended")
    name = models.CharField(_("name"), max_length=40)
    post = models.CharField(_("post"), max_length=80, blank=True)
    state = models.CharField(_("attendance"), max_length=8, choices=State, default=State.PRESENT)
    leave_reason = models.CharField(_("reason for leave"), max_length=100, blank=True)
    #: How presence was taken down, and when; empty where a list just says so.
    way = models.CharField(_("way of signing in"), max_length=8, choices=Way, blank=True)
    signed_at = models.DateTimeField(_("signed in at"), null=True, blank=True)

    objects = querysets.AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["part", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, training__isnull=True)
                | Q(meeting__isnull=True, training__isnull=False),
                name="attendance_of_one_gathering",
            ),
            models.UniqueConstraint(fields=["training", "mandate"], name="attendance_once_per_training"),
            models.UniqueConstraint(fields=["meeting", "mandate"], name="attendance_once_per_deputy"),
            models.CheckConstraint(
                condition=Q(part="DEPUTY", mandate__isnull=False, organ__isnull=True)
                | Q(part="ORGAN", organ__isnull=False, mandate__isnull=True)
                | Q(part__in=["LEADER", "OTHER"], mandate__isnull=True, organ__isnull=True),
                name="attendance_says_as_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingOpinion(models.Model):
    """What a deputy put forward in deliberation, and what came of it there (R49–R53); each has exactly one outcome."""

    class Outcome(models.TextChoices):
        EXPLAINED = "EXPLAINED", _("explained")
        PROMISED = "PROMISED", _("promised on the spot")
        FORWARDED = "FORWARDED", _("forwarded")

    class Way(models.TextChoices):
        COUNTY_LEAD = "COUNTY_LEAD", _("a county deputy leads it as a suggestion")
        TOWNSHIP = "TOWNSHIP", _("the township presidium takes it to the township government")
        COMMITTEE = "COMMITTEE", _("the standing committee submits it")

    class Acknowledgement(models.TextChoices):
        ACCEPTS = "ACCEPTS", _("accepts")
        UNDERSTANDS = "UNDERSTANDS", _("understands")
        NOT = "NOT", _("does not accept")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="opinions")
    order = models.PositiveSmallIntegerField(_("no."))
    speaker = models.ForeignKey(Mandate, models.PROTECT, related_name="spoken", verbose_name=_("speaker"))
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="meeting_opinions", verbose_name=_("topic")
    )
    field = models.ForeignKey(
        SubjectField, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject field")
    )
    text = models.TextField(_("opinion"))
    basis = models.ManyToManyField(Opinion, related_name="deliberated", blank=True, verbose_name=_("basis"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    way = models.CharField(_("way"), max_length=12, choices=Way, blank=True)
    county_lead = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead deputy")
    )
    #: What was explained, with the policy or law it rests on.
    basis_text = models.TextField(_("explanation, with its policy or law"), blank=True)
    conditions_limited = models.BooleanField(_("cannot be solved now because conditions are limited"), default=False)
    answered_by = models.CharField(_("answered by"), max_length=80, blank=True)
    answering_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answering organ")
    )
    acknowledgement = models.CharField(_("the deputy"), max_length=12, choices=Acknowledgement, blank=True)

    objects = querysets.MeetingOpinionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="meetingopinion_in_order"),
            models.CheckConstraint(condition=~Q(text=""), name="meetingopinion_has_words"),
            models.CheckConstraint(
                condition=Q(outcome="FORWARDED") & ~Q(way="") | ~Q(outcome="FORWARDED") & Q(way=""),
                name="meetingopinion_forwarded_says_how",
            ),
            models.CheckConstraint(
                condition=Q(way="COUNTY_LEAD", county_lead__isnull=False)
                | ~Q(way="COUNTY_LEAD") & Q(county_lead__isnull=True),
                name="meetingopinion_lead_named",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="EXPLAINED") | ~Q(basis_text="") & ~Q(acknowledgement="NOT"),
                name="meetingopinion_explained_says_how",
            ),
            models.CheckConstraint(
                condition=Q(conditions_limited=False) | Q(outcome="EXPLAINED"),
                name="meetingopinion_limits_are_explained",
            ),
        ]
        verbose_name = _("opinion in deliberation")
        verbose_name_plural = _("opinions in deliberation")

    def __str__(self) -> str:
        return f"{self.order}. {self.text[:40]}"


class TownshipTask(models.Model):
    """What a township or one of its villages has to settle, on the board of its presidium.

    Either a forwarded opinion that the presidium takes to the township government (invariant 8, second way), or a
    voter's opinion with the route to village or township.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting_opinion = models.OneToOneField(
        MeetingOpinion, models.PROTECT, null=True, blank=True, related_name="township_task"
    )
    opinion = models.OneToOneField(Opinion, models.PROTECT, null=True, blank=True, related_name="township_task")
    #: Which office of the township or which village it was given to.
    assignee = models.CharField(_("given to"), max_length=60, blank=True)
    assigned_on = models.DateField(_("given on"), null=True, blank=True)
    township = models.ForeignKey(Township, models.PROTECT, related_name="tasks")
    due_on = models.DateField(_("to be settled by"))
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    result = models.TextField(_("result"), blank=True)
    done_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = querysets.TownshipTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_opinion__isnull=False, opinion__isnull=True)
                | Q(meeting_opinion__isnull=True, opinion__isnull=False),
                name="townshiptask_of_one_opinion",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, result="") | Q(done_on__isnull=False) & ~Q(result=""),
                name="townshiptask_done_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def case(self) -> Case:
        """In whose record it stands: the meeting's, or the visit's."""
        if self.meeting_opinion is not None:
            return self.meeting_opinion.meeting
        assert self.opinion is not None
        return self.opinion.visit

    @property
    def station(self) -> Station:
        """Where it was said; every deliberation meeting has a station."""
        found = self.meeting_opinion.meeting.station if self.meeting_opinion else None
        if found is not None:
            return found
        assert self.opinion is not None
        return self.opinion.visit.station

    @property
    def said_on(self) -> date:
        """The day on which it was said."""
        if self.meeting_opinion is not None:
            return self.meeting_opinion.meeting.held_on
        assert self.opinion is not None
        return self.opinion.visit.on

    @property
    def words(self) -> str:
        """What was said; nothing of what a voter wants to be confidential."""
        if self.meeting_opinion is not None:
            return self.meeting_opinion.text
        assert self.opinion is not None
        return "" if self.opinion.confidential else self.opinion.words


class Promise(Case):
    """What an organ promised on the spot (R52): what, who, by when, and whether it was kept."""

    class Status(models.TextChoices):
        MADE = "MADE", _("promised")
        REPORTED_DONE = "REPORTED_DONE", _("reported as done")
        KEPT = "KEPT", _("kept")
        NOT_KEPT = "NOT_KEPT", _("not kept")
        TAKEN_UP = "TAKEN_UP", _("taken up as a suggestion")

    meeting_opinion = models.OneToOneField(MeetingOpinion, models.PROTECT, related_name="promise")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.MADE)
    text = models.TextField(_("what was promised"))
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="promises", verbose_name=_("organ"))
    person = models.CharField(_("promised by"), max_length=80)
    made_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("to be kept by"))
    report = models.TextField(_("what was done"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = querysets.PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="promise_due")]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=models.F("made_on")), name="promise_due_after_made"),
            models.CheckConstraint(
                condition=~Q(status="REPORTED_DONE") | Q(reported_on__isnull=False) & ~Q(report=""),
                name="promise_reported_says_what",
            ),
        ]
        verbose_name = _("promise on the spot")
        verbose_name_plural = _("promises on the spot")

    def __str__(self) -> str:
        return self.text[:60]
