"""The supervision card (督办卡) of a key suggestion and its record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ActedEvent, Organ, Person, User
from deliberations.models import NoticeReceipt, Promise
from files.models import Attachment
from stations.models import Mandate, Station
from suggestions.models import Commitment, Evaluation, Suggestion
from supervision import querysets
from workflow.models import Case, EventDetail

#: The columns that may name what a row is about, to whom, and of which case an event is: always exactly one.
MATTERS = ("suggestion", "promise", "commitment")
PARTIES = ("organ", "mandate", "station")
CALLED_ABOUT = (*MATTERS, "receipt")
ROOTS = ("card", "proposal", "call")


def _one_of(names: tuple[str, ...]) -> Q:
    """That one of the columns is filled and all others are not."""
    either = Q()
    for name in names:
        either |= Q(**{f"{other}__isnull": other != name for other in names})
    return either


class Card(Case):
    """The card by which the deputy chairperson in charge supervises a key suggestion (R59, F3)."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("to be signed")
        ISSUED = "ISSUED", _("signed and issued")
        FEEDBACK_GIVEN = "FEEDBACK_GIVEN", _("completion reported")
        STRUCK_OFF = "STRUCK_OFF", _("struck off")

    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.DRAFT)
    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="card")
    number = models.CharField(_("number of the card"), max_length=40, unique=True)
    leader = models.ForeignKey(
        Person, models.PROTECT, related_name="cards", verbose_name=_("supervising deputy chairperson")
    )
    body = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="cards", verbose_name=_("supervising body")
    )
    body_person = models.CharField(_("person of the supervising body"), max_length=40, blank=True)

    objects = querysets.CardQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("supervision card")
        verbose_name_plural = _("supervision cards")

    def __str__(self) -> str:
        return self.number


class CardVersion(models.Model):
    """What a card says; amended, it says it anew and the former version stays."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    why_key = models.TextField(_("why it is key"))
    requirements = models.TextField(_("requirements"))
    milestones = models.TextField(_("milestones"), blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name=_("responsible organ"))
    organ_leader = models.CharField(_("responsible leader"), max_length=40)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    co_organs = models.ManyToManyField(Organ, related_name="+", blank=True, verbose_name=_("co-handling organs"))
    due_on = models.DateField(_("to be completed by"))
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_sheet = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed sheet")
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    #: The digest of what was signed.
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["card", "version"], name="cardversion_once"),
            # R60: nobody responsible is no card
            models.CheckConstraint(condition=~Q(organ_leader=""), name="cardversion_names_who_is_responsible"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_on=None, issued_on=None, sha256="")
                | Q(signed_by__isnull=False, signed_on__isnull=False, issued_on__isnull=False) & ~Q(sha256=""),
                name="cardversion_signed_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card} v{self.version}"


class CardFeedback(models.Model):
    """The organ's report of completion in a round of handling, and what the deputy chairperson concluded from it."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="feedback")
    #: The round of the suggestion whose reply it follows; the deputy's opinion of that round decides.
    round = models.PositiveSmallIntegerField()
    report = models.TextField(_("report of completion"))
    on = models.DateField(_("date"))
    signed_by = models.CharField(_("signed by"), max_length=40)
    #: The deputy's judgement that the conclusion rests on.
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.TextField(_("the deputy chairperson's conclusion"), blank=True)
    accepted = models.BooleanField(null=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=None, concluded_on=None)
                | Q(accepted__isnull=False, concluded_on__isnull=False) & ~Q(conclusion=""),
                name="cardfeedback_concluded_as_a_whole",
            ),
            models.UniqueConstraint(fields=["card"], condition=Q(accepted=None), name="cardfeedback_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.card} {self.on}"


class Proposal(Case):
    """A step that presses an organ's head or a leader: the portal proposes it, a person of the committee releases it.

    Nothing of this kind ever goes out by itself (invariant 13).
    """

    class Kind(models.TextChoices):
        PRESS_HEAD = "PRESS_HEAD", _("press the organ's head")
        TELL_LEADER = "TELL_LEADER", _("tell the county leader in charge")

    class Status(models.TextChoices):
        OPEN = "OPEN", _("waits to be released")
        RELEASED = "RELEASED", _("released")
        DISMISSED = "DISMISSED", _("not wanted")
        LAPSED = "LAPSED", _("no longer true")

    kind = models.CharField(_("step"), max_length=16, choices=Kind)
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.OPEN)
    #: Once per step, matter and day: a sweep that runs twice proposes once.
    fact = models.CharField(max_length=120, unique=True)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="proposals")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, blank=True, related_name="proposals")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="proposals")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="proposals", verbose_name=_("organ"))
    act_by = models.DateField(_("should have been done by"))
    #: Whom it was addressed to and what was said, once released.
    to = models.CharField(_("to whom"), max_length=80, blank=True)
    text = models.TextField(_("words"), blank=True)

    objects = querysets.ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["act_by", "id"]
        indexes = [models.Index(fields=["status", "act_by"], name="proposal_desk")]
        constraints = [
            models.CheckConstraint(condition=_one_of(MATTERS), name="proposal_about_one_matter"),
            models.CheckConstraint(
                condition=~Q(status="RELEASED") | ~Q(to="") & ~Q(text=""), name="proposal_released_says_what"
            ),
        ]
        verbose_name = _("proposed step")
        verbose_name_plural = _("proposed steps")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organ}"

    @property
    def matter(self) -> Suggestion | Promise | Commitment:
        """What it is about."""
        return self.suggestion or self.promise or self.commitment  # type: ignore[return-value]


class Call(Case):
    """A telephone call by the committee's staff about what is late (电话催办): whom, when, and what was answered."""

    class Status(models.TextChoices):
        MADE = "MADE", _("made")
        TAKEN_BACK = "TAKEN_BACK", _("ticked by mistake")

    class Outcome(models.TextChoices):
        TOLD = "TOLD", _("told")
        NO_ANSWER = "NO_ANSWER", _("nobody answered")
        PROMISED = "PROMISED", _("promised a day")

    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.MADE)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="calls")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="calls")
    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="calls")
    number = models.CharField(_("number called"), max_length=40, blank=True)
    on = models.DateField(_("date"))
    outcome = models.CharField(_("what came of it"), max_length=12, choices=Outcome)
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    words = models.CharField(_("what was said"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = querysets.CallQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=_one_of(PARTIES), name="call_to_one_party"),
            models.CheckConstraint(
                condition=Q(outcome="PROMISED", promised_on__isnull=False)
                | ~Q(outcome="PROMISED") & Q(promised_on__isnull=True),
                name="call_promised_says_when",
            ),
        ]
        verbose_name = _("telephone call")
        verbose_name_plural = _("telephone calls")

    def __str__(self) -> str:
        return f"{self.on} {self.party}"

    @property
    def party(self) -> Organ | Mandate | Station:
        """Who was called."""
        return self.organ or self.mandate or self.station  # type: ignore[return-value]


class CallItem(models.Model):
    """One of the matters that a call was about."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="items")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="call_items")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, blank=True, related_name="call_items")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="call_items")
    receipt = models.ForeignKey(NoticeReceipt, models.PROTECT, null=True, blank=True, related_name="call_items")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=_one_of(CALLED_ABOUT), name="callitem_about_one_matter")]

    def __str__(self) -> str:
        return str(self.suggestion or self.promise or self.commitment or self.receipt)


class SupervisionEvent(ActedEvent):
    """What happened to a card, a proposed step or a call; each row belongs to exactly one of them."""

    card = models.ForeignKey(Card, models.PROTECT, null=True, blank=True, related_name="events")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="events")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="events")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_one_of(ROOTS), name="supervisionevent_one_root"),
            *(
                models.UniqueConstraint(fields=[root, "seq"], name=f"supervisionevent_{root}_in_order")
                for root in ROOTS
            ),
        ]


class SupervisionEventDetail(EventDetail):
    """The words of an event of supervision."""

    event = models.OneToOneField(SupervisionEvent, models.PROTECT, related_name="detail")


class PerformanceEntry(models.Model):
    """What a deputy did that no page of the portal records by itself (F21), as staff or the station enter it.

    A correction is a new row and ``voided_at`` on the old one, so that the file tells what stood there before.
    """

    class Kind(models.TextChoices):
        CONGRESS = "CONGRESS", _("attended the congress")
        SPEECH = "SPEECH", _("spoke in deliberation of the congress")
        SITTING_IN = "SITTING_IN", _("sat in on a meeting")
        INSPECTION = "INSPECTION", _("inspection, research or check of law enforcement")
        GROUP = "GROUP", _("activity of the deputies' group")
        REPORTING = "REPORTING", _("reported to voters")
        GOOD_DEED = "GOOD_DEED", _("good deed for the people")
        AWARD = "AWARD", _("award")
        PENALTY = "PENALTY", _("penalty")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="performance")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    on = models.DateField(_("date"))
    text = models.CharField(_("what it was"), max_length=200)
    days = models.DecimalField(_("days"), max_digits=4, decimal_places=1, default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(_("why it is void"), max_length=200, blank=True)

    objects = querysets.PerformanceQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["mandate", "-on"], name="performance_of_deputy")]
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="performance_void_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.text
