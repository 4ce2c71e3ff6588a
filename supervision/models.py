"""The supervision card (督办卡) of a key suggestion and its record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ActedEvent, Organ, Person
from files.models import Attachment
from suggestions.models import Evaluation, Suggestion
from supervision import querysets
from workflow.models import Case, EventDetail


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


class SupervisionEvent(ActedEvent):
    """What happened to a card."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["card", "seq"]
        constraints = [models.UniqueConstraint(fields=["card", "seq"], name="supervisionevent_in_order")]


class SupervisionEventDetail(EventDetail):
    """The words of a card's event."""

    event = models.OneToOneField(SupervisionEvent, models.PROTECT, related_name="detail")
