"""The reply letter, its class, and that it arrived."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
