"""The reply letter, its class, and that it arrived."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from files.models import Attachment
from stations.models import Mandate
from suggestions import querysets
from suggestions.models.handling import Assignment


class ResultClass(models.Model):
    """What a reply comes to (办理类别); the letters do not mean the same in every county."""

    code = models.CharField(max_length=4, unique=True)
    label = models.CharField(_("meaning"), max_length=60)
    counts_as_solved = models.BooleanField(default=False)
    needs_follow_up = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Reply(models.Model):
    """The host's reply letter (F8) in one round. Its date is the letter's; once released it is final."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        REVIEW = "REVIEW", _("to be signed")
        SIGNED = "SIGNED", _("signed")
        RELEASED = "RELEASED", _("released")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="reply")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.DRAFT)
    doc_no = models.CharField(_("document number"), max_length=60, blank=True)
    body = models.TextField(_("reply"), blank=True)
    result_class = models.ForeignKey(
        ResultClass, models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("result class")
    )
    signed_by = models.CharField(_("signed by"), max_length=40, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sealed letter")
    )
    released_on = models.DateField(_("released on"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = querysets.ReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["SIGNED", "RELEASED"])
                | (~Q(doc_no="") & Q(letter_on__isnull=False, result_class__isnull=False)),
                name="reply_signed_is_complete",
            )
        ]

    def __str__(self) -> str:
        return self.doc_no or str(self.get_status_display())


class Commitment(models.Model):
    """What a reply commits the organ to (F22): what, who, by when; followed up until the deputy finds it kept."""

    class Status(models.TextChoices):
        OPEN = "OPEN", _("to be kept")
        REPORTED_DONE = "REPORTED_DONE", _("reported as done")
        CONFIRMED = "CONFIRMED", _("kept, struck off")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="commitments")
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.OPEN)
    text = models.TextField(_("what will be done"))
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="commitments", verbose_name=_("responsible organ"))
    person = models.CharField(_("responsible person"), max_length=40)
    due_on = models.DateField(_("to be kept by"))
    report = models.TextField(_("what was done"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = querysets.CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="commitment_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="REPORTED_DONE") | Q(reported_on__isnull=False) & ~Q(report=""),
                name="commitment_reported_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(status="CONFIRMED") | Q(confirmed_on__isnull=False), name="commitment_confirmed_on_a_day"
            ),
        ]
        verbose_name = _("commitment in a reply")
        verbose_name_plural = _("commitments in replies")

    def __str__(self) -> str:
        return self.text[:60]


class Delivery(models.Model):
    """That a reply reached one of the signatories."""

    class Way(models.TextChoices):
        HAND = "HAND", _("by hand")
        POST = "POST", _("by post")
        WECHAT = "WECHAT", _("WeChat")
        SYSTEM = "SYSTEM", _("in the system")

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="deliveries")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="deliveries")
    way = models.CharField(_("way"), max_length=8, choices=Way)
    on = models.DateField(_("date"))
    receiver = models.CharField(_("receiver"), max_length=40, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["reply", "mandate"], name="delivery_once_per_deputy")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_way_display()}"
