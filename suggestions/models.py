"""A suggestion from its registration to the deputy's verdict, with everything that hangs on it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ActedEvent, Organ
from deliberations.models import SubjectField
from files.models import Attachment
from stations.models import CongressSession, Delegation, Level, Mandate
from suggestions import querysets
from workflow.models import Case, Clock, EventDetail


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
        """The number as it is printed, 第001号; empty before registration."""
        return f"第{self.serial:03d}号" if self.serial else ""


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


class HandOver(models.Model):
    """The committee's hand-over (交办) to the body that handles or allots; its date starts the reply clock."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="hand_overs")
    to = models.ForeignKey(Organ, models.PROTECT, related_name="hand_overs")
    on = models.DateField(_("handed over on"))
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
        ANSWERED = "ANSWERED", _("answered")
        ENDED = "ENDED", _("ended")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="assignments")
    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField(default=1)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="assignments")
    part = models.CharField(_("part"), max_length=12, choices=Part)
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.ASSIGNED)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=40, blank=True)
    leader = models.CharField(_("leader in charge"), max_length=40, blank=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        ordering = ["round", "part", "id"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "round", "organ"], name="assignment_once_per_round"),
            models.UniqueConstraint(
                fields=["suggestion", "round"],
                condition=Q(part__in=["SOLE", "HOST"]) & ~Q(status="ENDED"),
                name="assignment_one_host_per_round",
            ),
        ]
        indexes = [models.Index(fields=["organ", "status"], name="assignment_desk")]

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


class Rating(models.TextChoices):
    """A deputy's judgement."""

    SATISFIED = "SATISFIED", _("satisfied")
    BASICALLY = "BASICALLY", _("basically satisfied")
    DISSATISFIED = "DISSATISFIED", _("dissatisfied")


class Evaluation(models.Model):
    """A deputy's judgement of a released reply (F9); from several sources, of which one counts."""

    class Source(models.TextChoices):
        OWN = "OWN", _("by the deputy")
        LIAISON_SCAN = "LIAISON_SCAN", _("signed form, entered for the deputy")
        CALL_BACK = "CALL_BACK", _("telephone call-back by the committee")
        ORGAN_FORM = "ORGAN_FORM", _("form handed in by the organ")
        IMPORTED = "IMPORTED", _("from the imported ledger")

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="evaluations")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="evaluations")
    source = models.CharField(_("source of the evaluation"), max_length=12, choices=Source)
    counts = models.BooleanField(default=True)
    attitude = models.CharField(_("attitude"), max_length=12, choices=Rating, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Rating)
    text = models.TextField(_("what is wrong, or anything else"), blank=True)
    private_remark = models.TextField(_("for the committee only"), blank=True)
    on = models.DateField(_("date"), null=True)
    number_called = models.CharField(_("number called"), max_length=20, blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed form")
    )
    released_on = models.DateField(null=True, blank=True)

    objects = querysets.EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "mandate", "source"], name="evaluation_once_per_source"),
            models.UniqueConstraint(
                fields=["reply", "mandate"], condition=Q(counts=True), name="evaluation_one_counts"
            ),
            models.CheckConstraint(
                condition=~Q(source="LIAISON_SCAN") | Q(scan__isnull=False), name="evaluation_on_behalf_has_scan"
            ),
            models.CheckConstraint(
                condition=Q(source="IMPORTED") | Q(on__isnull=False), name="evaluation_says_when_unless_imported"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_result_display())

    @property
    def verdict(self) -> str:
        """What it comes to: who is dissatisfied with the attitude alone still wants it handled again (scenario 16)."""
        return Rating.DISSATISFIED if self.attitude == Rating.DISSATISFIED else self.result


class Verdict(models.Model):
    """What the evaluations of one round come to; staff release it, and only then it has consequences."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="verdicts")
    round = models.PositiveSmallIntegerField()
    value = models.CharField(_("verdict"), max_length=12, choices=Rating)
    rule = models.CharField(max_length=12, default="lead")
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "round"], name="verdict_once_per_round")]

    def __str__(self) -> str:
        return str(self.get_value_display())


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


class ClockKind(models.TextChoices):
    """What a time limit of a suggestion is for."""

    RECEIPT = "RECEIPT", _("receipt")
    CO_HOST = "CO_HOST", _("co-host's opinion")
    REPLY = "REPLY", _("reply")
    FEEDBACK = "FEEDBACK", _("deputy's evaluation")
    RELEASE = "RELEASE", _("release of the verdict")


class SuggestionClock(Clock):
    """A time limit on a suggestion, or on one organ's part in it."""

    kind = models.CharField(max_length=24, choices=ClockKind)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="clocks")
    round = models.PositiveSmallIntegerField(default=1)

    objects = querysets.ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "kind", "round"],
                condition=Q(assignment__isnull=True, voided_on__isnull=True),
                name="clock_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=Q(assignment__isnull=False, voided_on__isnull=True),
                name="clock_once_per_assignment",
            ),
        ]
        indexes = [
            # the reminders' scan of open clocks
            models.Index(fields=["act_by"], condition=Q(met_on=None, voided_on=None), name="clock_open"),
            models.Index(fields=["suggestion", "kind"], name="clock_of_suggestion"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class SuggestionEvent(ActedEvent):
    """One act on a suggestion or on a part of it."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["suggestion", "seq"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "seq"], name="suggestionevent_in_order")]


class SuggestionEventDetail(EventDetail):
    """The words of a suggestion's event."""

    event = models.OneToOneField(SuggestionEvent, models.PROTECT, related_name="detail")
