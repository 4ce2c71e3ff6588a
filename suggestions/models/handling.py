"""What organs receive and do before they answer."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from deliberations.models import Meeting
from suggestions.models.suggestion import Suggestion


class HandOver(models.Model):
    """The committee's hand-over (交办) to the body that handles or allots; its date starts the reply clock."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="hand_overs")
    to = models.ForeignKey(Organ, models.PROTECT, related_name="hand_overs")
    on = models.DateField(_("handed over on"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="hand_overs")
    slip_no = models.CharField(_("number of the slip"), max_length=40, blank=True)
    requirements = models.TextField(_("requirements"), blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.on} {self.to}"


class Assignment(models.Model):
    """What an organ receives: to host, to host alone, or to co-host, in one round."""

    class Part(models.TextChoices):
        SOLE = "SOLE", _("sole host")
        HOST = "HOST", _("host")
        CO_HOST = "CO_HOST", _("co-host")

    class Status(models.TextChoices):
        ASSIGNED = "ASSIGNED", _("to be signed for")
        ACCEPTED = "ACCEPTED", _("being handled")
        OBJECTED = "OBJECTED", _("objection to be decided")
        ANSWERED = "ANSWERED", _("answered")
        ENDED = "ENDED", _("ended")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="assignments")
    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField(default=1)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="assignments")
    part = models.CharField(_("part"), max_length=12, choices=Part)
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.ASSIGNED)
    #: Last day on which the organ may say that it is not its matter (F4); nobody may in a later round.
    objection_until = models.DateField(_("objection possible until"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=40, blank=True)
    leader = models.CharField(_("leader in charge"), max_length=40, blank=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        ordering = ["round", "part", "id"]
        constraints = [
            # what was passed round may come back to an organ that had it before
            models.UniqueConstraint(
                fields=["suggestion", "round", "organ"],
                condition=~Q(status="ENDED"),
                name="assignment_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["suggestion", "round"],
                condition=Q(part__in=["SOLE", "HOST"]) & ~Q(status="ENDED"),
                name="assignment_one_host_per_round",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "status"], name="assignment_desk"),
            # which suggestions an organ has: PostgreSQL reads it from the index alone
            models.Index(
                fields=["organ", "suggestion"], include=["status", "objection_until", "id"], name="assignment_of_organ"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} ({self.get_part_display()})"

    @property
    def is_host(self) -> bool:
        """Whether this organ answers the deputy."""
        return self.part != self.Part.CO_HOST


class ContactRecord(models.Model):
    """That the organ talked with the deputy (F6). A telephone call counts, but not as personal."""

    class Stage(models.TextChoices):
        BEFORE = "BEFORE", _("before handling")
        DURING = "DURING", _("during handling")
        AFTER = "AFTER", _("after handling")

    class Manner(models.TextChoices):
        VISIT = "VISIT", _("visited the deputy")
        TALK = "TALK", _("talk in person")
        INVITED = "INVITED", _("invited the deputy to the site")
        PHONE = "PHONE", _("telephone")
        WECHAT = "WECHAT", _("WeChat")

    #: Manners that count as personal contact (面商).
    PERSONAL = (Manner.VISIT, Manner.TALK, Manner.INVITED)

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contacts")
    stage = models.CharField(_("stage"), max_length=8, choices=Stage)
    on = models.DateField(_("date"))
    manner = models.CharField(_("manner"), max_length=8, choices=Manner)
    no_personal_reason = models.CharField(_("why not in person"), max_length=100, blank=True)
    people = models.CharField(_("people of the organ, with post"), max_length=120)
    points = models.TextField(_("what was discussed"))
    deputy_opinion = models.TextField(_("the deputy's opinion"), blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_manner_display()}"


class CoHostOpinion(models.Model):
    """A co-host's opinion to the host (F7), sent by it, recorded from paper, or waived by staff with a reason."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="opinion")
    text = models.TextField(_("opinion"), blank=True)
    on = models.DateField(_("date"))
    signed_by = models.CharField(_("signed by"), max_length=40, blank=True)
    waive_reason = models.CharField(_("why it is waived"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | ~Q(waive_reason=""), name="opinion_said_or_waived")
        ]

    def __str__(self) -> str:
        return str(self.on)


class Objection(models.Model):
    """An organ says that it should not handle this, or not as host (F4); decided, the matter stays or moves on."""

    class Status(models.TextChoices):
        REQUESTED = "REQUESTED", _("requested")
        OFFICE_AGREED = "OFFICE_AGREED", _("agreed by the government office")
        GRANTED = "GRANTED", _("granted")
        REFUSED = "REFUSED", _("refused")

    class Reason(models.TextChoices):
        NOT_OURS = "NOT_OURS", _("not the duty of this organ")
        REVERSED = "REVERSED", _("host and co-host should change places")
        MORE_ORGANS = "MORE_ORGANS", _("more organs are needed")
        HIGHER_LEVEL = "HIGHER_LEVEL", _("a matter of a higher level")
        HANDLED = "HANDLED", _("handled by another organ already")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="objections")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.REQUESTED)
    #: Which objection to this suggestion it is, counted over all organs and rounds.
    number = models.PositiveSmallIntegerField()
    requested_on = models.DateField(_("requested on"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    basis = models.TextField(_("which duty or rule it rests on"))
    proposed = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who should handle it")
    )
    #: The organ's main leader, once it is passed round for the third time (Yulin).
    signed_by = models.CharField(_("signed by the main leader"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    #: The county leader who settled what the organs could not.
    decided_by = models.CharField(_("who decided"), max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(status__in=["REQUESTED", "OFFICE_AGREED"]), name="objection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["REQUESTED", "OFFICE_AGREED"]) | Q(decided_on__isnull=False) & ~Q(decision=""),
                name="objection_decided_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment.organ} {self.get_reason_display()}"


class Extension(models.Model):
    """A host asks for a later day (F5); never beyond six months from the first hand-over (Deputies Law art. 51)."""

    class Status(models.TextChoices):
        REQUESTED = "REQUESTED", _("requested")
        OFFICE_AGREED = "OFFICE_AGREED", _("agreed by the government office")
        GRANTED = "GRANTED", _("granted")
        REFUSED = "REFUSED", _("refused")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.REQUESTED)
    requested_on = models.DateField(_("requested on"))
    old_due_on = models.DateField(_("date until now"))
    new_due_on = models.DateField(_("date asked for"))
    reason = models.TextField(_("reason"))
    measures = models.TextField(_("what was done so far"))
    explained_on = models.DateField(_("explained to the deputy on"))
    explained_how = models.CharField(_("how it was explained"), max_length=8, choices=ContactRecord.Manner)
    signed_by = models.CharField(_("signed by"), max_length=40)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    #: Of a key suggestion: the deputy chairperson in charge (scenario 13).
    agreed_by = models.CharField(_("who agreed"), max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(status__in=["REQUESTED", "OFFICE_AGREED"]),
                name="extension_one_open",
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=models.F("old_due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(status__in=["REQUESTED", "OFFICE_AGREED"]) | Q(decided_on__isnull=False),
                name="extension_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.new_due_on}"
