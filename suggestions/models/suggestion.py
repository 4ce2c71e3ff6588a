"""The case itself and whoever signed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, Person, User
from deliberations.models import Cycle, MeetingOpinion, Opinion, Promise, Resolution, SubjectField
from files.models import Attachment
from stations.models import CongressSession, Delegation, Level, Mandate
from suggestions import querysets
from workflow.models import Case

#: What stands before a number that does not count in a session, as it is printed.
SERIES = {"BETWEEN": "闭会", "DELIBERATION": "议政", "VISIT": "走访"}


def printed_number(series: str, serial: int | None) -> str:
    """A number as it is printed, 第001号; outside of a session with its series, 闭会第001号; else empty."""
    return f"{SERIES.get(series, '')}第{serial:03d}号" if serial else ""


class Suggestion(Case):
    """A deputy's suggestion, criticism or opinion: the case that everything else hangs on."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        SIGNING = "SIGNING", _("co-signers invited")
        SUBMITTED = "SUBMITTED", _("to be registered")
        RETURNED = "RETURNED", _("returned to be completed")
        REGISTERED = "REGISTERED", _("to be handed over")
        AT_FORWARDER = "AT_FORWARDER", _("to be allotted")
        HANDLING = "HANDLING", _("being handled")
        REPLIED = "REPLIED", _("replied")
        FOLLOW_UP = "FOLLOW_UP", _("followed up until the commitment is kept")
        CLOSED = "CLOSED", _("completed")
        REFUSED = "REFUSED", _("not accepted as a suggestion")
        REFERRED = "REFERRED", _("referred elsewhere")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")
        DISCARDED = "DISCARDED", _("draft discarded")
        ANNULLED = "ANNULLED", _("import taken back")

    class Origin(models.TextChoices):
        SESSION = "SESSION", _("in session")
        BETWEEN = "BETWEEN", _("between sessions")
        DELIBERATION = "DELIBERATION", _("deliberation")
        VISIT = "VISIT", _("visit to voters")

    class SubmittedBy(models.TextChoices):
        DEPUTY = "DEPUTY", _("a deputy")
        COMMITTEE = "COMMITTEE", _("the standing committee")

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
        UNDERSTOOD = "UNDERSTOOD", _("the deputy understands, by resolution")
        CANNOT_BE_DONE = "CANNOT_BE_DONE", _("cannot be done under the law, explained, by resolution")
        NOT_GIVEN = "NOT_GIVEN", _("no opinion was given, by resolution")
        REPORTED = "REPORTED", _("closed as the former ledger reports")

    class KeyReason(models.TextChoices):
        VITAL = "VITAL", _("livelihood matter of the whole county")
        OVERALL = "OVERALL", _("bears on overall development")
        HOT = "HOT", _("issue the public is concerned about")

    class Refusal(models.TextChoices):
        PRIVATE = "PRIVATE", _("own or relatives' private matter")
        IN_COURT = "IN_COURT", _("matter before a court or in arbitration")
        ACCUSATION = "ACCUSATION", _("accusation, appeal or denunciation")
        PETITION = "PETITION", _("a petition passed on")
        ACADEMIC = "ACADEMIC", _("academic discussion or promotion of a product")
        NO_CONTENT = "NO_CONTENT", _("no concrete content")
        OUTSIDE = "OUTSIDE", _("outside the county or its powers")
        UNLAWFUL = "UNLAWFUL", _("against the law")

    #: Ends that a recorded resolution of the council of chairpersons decides (invariant 10); never counted as satisfied.
    BY_RESOLUTION = (ClosingBasis.UNDERSTOOD, ClosingBasis.CANNOT_BE_DONE, ClosingBasis.NOT_GIVEN)

    status = models.CharField(_("state"), max_length=24, choices=Status)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.COUNTY)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.BETWEEN)
    session = models.ForeignKey(CongressSession, models.PROTECT, null=True, blank=True, related_name="suggestions")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="suggestions")
    submitted_by = models.CharField(_("submitted by"), max_length=12, choices=SubmittedBy, default=SubmittedBy.DEPUTY)
    #: Where the standing committee submits, the deputy who raised it stands here: asked, answered, and judging.
    lead = models.ForeignKey(Mandate, models.PROTECT, related_name="led", verbose_name=_("lead deputy"))
    #: Whose point it is when another leads it, as a township deputy's (scenario 33); told the result.
    raised_by = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="raised", verbose_name=_("raised by")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: Who evaluates and is answered since the lead died, resigned or left office (R2, scenario 37); the lead stays.
    continued_by = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="continued", verbose_name=_("continuing deputy")
    )
    #: Handled together with others that say the same; each keeps its number, reply and evaluation (invariant 5).
    merge_group = models.ForeignKey(
        "MergeGroup", models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("merged with")
    )
    #: When the lead said that it is what was meant; empty while somebody else's writing waits for that (scenario 34).
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: The handwritten sheet that somebody else typed.
    sheet = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handwritten sheet")
    )
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="suggestions")
    title = models.CharField(_("title"), max_length=120)
    facts = models.TextField(_("facts"), blank=True)
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
    key_nomination = models.TextField(_("why it is nominated as key"), blank=True)
    is_key = models.BooleanField(_("key suggestion"), default=False)
    key_reason = models.CharField(_("why it is key"), max_length=12, choices=KeyReason, blank=True)
    key_resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="key_suggestions"
    )
    #: The deputy chairperson in charge.
    supervising_leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="supervised",
        verbose_name=_("supervising deputy chairperson"),
    )  # fmt: skip
    supervising_body = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name=_("supervising body")
    )
    reply_term = models.CharField(_("reply term"), max_length=8, choices=ReplyTerm, default=ReplyTerm.NORMAL)
    first_handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    closed_on = models.DateField(_("completed on"), null=True, blank=True)
    closing_basis = models.CharField(max_length=16, choices=ClosingBasis, blank=True)
    closing_resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="closed_suggestions"
    )
    refusal = models.CharField(_("why it is not accepted"), max_length=12, choices=Refusal, blank=True)
    referred_to = models.CharField(_("referred to"), max_length=80, blank=True)
    #: On the agenda of the council of chairpersons since that day, and in which round it was put there.
    agenda_on = models.DateField(_("on the council's agenda since"), null=True, blank=True)
    agenda_round = models.PositiveSmallIntegerField(default=0)
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
                condition=Q(
                    status__in=[
                        "DRAFT",
                        "SIGNING",
                        "SUBMITTED",
                        "RETURNED",
                        "REFUSED",
                        "REFERRED",
                        "WITHDRAWN",
                        "DISCARDED",
                        "ANNULLED",
                    ]
                )
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
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "DISCARDED"]) | ~Q(facts="") | ~Q(imported_from=""),
                name="suggestion_complete_once_shown",
            ),
            models.CheckConstraint(condition=~Q(status="REFUSED") | ~Q(refusal=""), name="suggestion_refused_says_why"),
            models.CheckConstraint(
                condition=~Q(status="REFERRED") | ~Q(referred_to=""), name="suggestion_referred_says_where"
            ),
            # an old ledger marks key suggestions and names no resolution
            models.CheckConstraint(
                condition=Q(is_key=False)
                | Q(key_resolution__isnull=False, supervising_leader__isnull=False)
                | ~Q(imported_from=""),
                name="suggestion_key_by_resolution",
            ),
            models.CheckConstraint(
                condition=~Q(closing_basis__in=["UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN"])
                | Q(closing_resolution__isnull=False),
                name="suggestion_ended_by_resolution",
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
        return printed_number(self.series, self.serial)

    @property
    def speaker_id(self) -> int:
        """The mandate whose judgement decides: the lead's, or of who continues for the lead."""
        return self.continued_by_id or self.lead_id

    @property
    def speaker(self) -> Mandate:
        """Whose judgement decides: the lead, or who continues for the lead."""
        return self.continued_by or self.lead

    @property
    def is_incomplete(self) -> bool:
        """A title, or a photo, and nothing else yet: lawful as a draft, never submitted."""
        return not self.facts.strip()


class MergeGroup(models.Model):
    """Suggestions that say the same, handled as one case under a leading one (scenario 21); dissolved, the row stays."""

    lead = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", verbose_name=_("leading suggestion"))
    reason = models.CharField(_("why they are merged"), max_length=200)
    since = models.DateField(_("merged on"))
    until = models.DateField(_("dissolved on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=Q(until=None), name="mergegroup_one_per_lead"),
        ]

    def __str__(self) -> str:
        return str(self.lead)


class Continuation(models.Model):
    """That another deputy continues a suggestion, and why: a co-signer first, anybody else by resolution (scenario 37)."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="continuations")
    before = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("deputy until now"))
    after = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("continuing deputy"))
    reason = models.CharField(_("reason"), max_length=12, choices=Mandate.EndReason)
    on = models.DateField(_("date"))
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="continuations")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


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

    objects = querysets.CoSignatureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "mandate"], name="cosignature_once")]

    def __str__(self) -> str:
        return str(self.mandate)


class Source(models.Model):
    """From what a suggestion was collected: a forwarded opinion, a promise not kept, a voter's opinion; each only once."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="sources")
    meeting_opinion = models.OneToOneField(
        MeetingOpinion, models.PROTECT, null=True, blank=True, related_name="collected"
    )
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, blank=True, related_name="collected")
    opinion = models.OneToOneField(Opinion, models.PROTECT, null=True, blank=True, related_name="collected")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_opinion__isnull=False, promise__isnull=True, opinion__isnull=True)
                | Q(meeting_opinion__isnull=True, promise__isnull=False, opinion__isnull=True)
                | Q(meeting_opinion__isnull=True, promise__isnull=True, opinion__isnull=False),
                name="source_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting_opinion or self.promise or self.opinion)
