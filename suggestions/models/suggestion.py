"""The case itself and whoever signed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberations.models import SubjectField
from files.models import Attachment
from stations.models import CongressSession, Delegation, Level, Mandate
from suggestions import querysets
from workflow.models import Case

#: What stands before a number that does not count in a session, as it is printed.
SERIES = {"BETWEEN": "闭会", "DELIBERATION": "议政"}


class Suggestion(Case):
    """A deputy's suggestion, criticism or opinion: the case that everything else hangs on."""

    class Status(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("to be registered")
        REGISTERED = "REGISTERED", _("to be handed over")
        AT_FORWARDER = "AT_FORWARDER", _("to be allotted")
        HANDLING = "HANDLING", _("being handled")
        REPLIED = "REPLIED", _("replied")
        CLOSED = "CLOSED", _("completed")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    class Origin(models.TextChoices):
        SESSION = "SESSION", _("in session")
        BETWEEN = "BETWEEN", _("between sessions")
        DELIBERATION = "DELIBERATION", _("deliberation")

    class Publicity(models.TextChoices):
        FULL = "FULL", _("public in full")
        TITLE_ONLY = "TITLE_ONLY", _("title only")
        NONE = "NONE", _("not public")

    class ReplyTerm(models.TextChoices):
        NORMAL = "NORMAL", _("three months")
        COMPLEX = "COMPLEX", _("six months (wide-ranging or difficult)")

    class ClosingBasis(models.TextChoices):
        SATISFIED = "SATISFIED", _("satisfied")
        BASICALLY = "BASICALLY", _("basically satisfied")
        REPORTED = "REPORTED", _("closed as the former ledger reports")

    status = models.CharField(_("state"), max_length=24, choices=Status)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.COUNTY)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.BETWEEN)
    session = models.ForeignKey(CongressSession, models.PROTECT, null=True, blank=True, related_name="suggestions")
    lead = models.ForeignKey(Mandate, models.PROTECT, related_name="led", verbose_name=_("lead deputy"))
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="suggestions")
    title = models.CharField(_("title"), max_length=120)
    facts = models.TextField(_("facts"))
    demand = models.TextField(_("demand"), blank=True)
    publicity = models.CharField(_("publicity"), max_length=12, choices=Publicity, default=Publicity.FULL)
    series = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=20, blank=True)
    serial = models.PositiveIntegerField(_("number"), null=True, blank=True)
    received_on = models.DateField(_("received on"))
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    field = models.ForeignKey(
        SubjectField, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("subject field")
    )
    is_key = models.BooleanField(_("key suggestion"), default=False)
    reply_term = models.CharField(_("reply term"), max_length=8, choices=ReplyTerm, default=ReplyTerm.NORMAL)
    first_handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    closed_on = models.DateField(_("completed on"), null=True, blank=True)
    closing_basis = models.CharField(max_length=12, choices=ClosingBasis, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_letter = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter of withdrawal")
    )
    search_text = models.TextField(blank=True, default="")
    imported_from = models.CharField(max_length=200, blank=True)

    objects = querysets.SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "scope", "serial"], name="suggestion_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=["SUBMITTED", "WITHDRAWN"])
                | Q(serial__isnull=False, field__isnull=False)
                & (Q(registered_on__isnull=False) | ~Q(imported_from="")),
                name="suggestion_numbered_once_registered",
            ),
            # an old ledger says that a case was registered or closed, not when
            models.CheckConstraint(
                condition=~Q(status="CLOSED")
                | ~Q(closing_basis="") & (Q(closed_on__isnull=False) | ~Q(imported_from="")),
                name="suggestion_closed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="WITHDRAWN") | Q(withdrawn_on__isnull=False, withdrawal_letter__isnull=False),
                name="suggestion_withdrawn_by_letter",
            ),
        ]
        indexes = [
            # the list, newest first, and by state
            models.Index(fields=["-received_on", "-id"], name="suggestion_newest"),
            models.Index(fields=["status", "-received_on", "-id"], name="suggestion_by_status"),
            # the number typed anywhere
            models.Index(fields=["serial"], name="suggestion_serial"),
        ]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def number(self) -> str:
        """The number as it is printed, 第001号; outside of a session with its series, 闭会第001号; else empty."""
        return f"{SERIES.get(self.series, '')}第{self.serial:03d}号" if self.serial else ""


class CoSignature(models.Model):
    """That a deputy signs a suggestion along with its lead."""

    class Status(models.TextChoices):
        INVITED = "INVITED", _("invited")
        ACCEPTED = "ACCEPTED", _("co-signed")
        DECLINED = "DECLINED", _("declined")
        EXPIRED = "EXPIRED", _("expired")

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="cosignatures")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="cosignatures")
    status = models.CharField(max_length=12, choices=Status, default=Status.ACCEPTED)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "mandate"], name="cosignature_once")]

    def __str__(self) -> str:
        return str(self.mandate)
