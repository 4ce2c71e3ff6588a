"""What voters said: the visit, who went, the voter, each opinion, and that the voter was told what came of it."""

import re
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from deliberations import querysets
from deliberations.models.cycles import Cycle, Topic
from deliberations.models.fields import SubjectField
from deliberations.models.materials import Material
from files.models import Attachment
from stations.models import Mandate, ReceptionDay, Station
from workflow import sealing
from workflow.models import Case
from workflow.text import key


class VoterCategory(models.TextChoices):
    """The five kinds of invitees (R43)."""

    PARTY_MEMBER = "PARTY_MEMBER", _("senior Party member")
    VILLAGE_CADRE = "VILLAGE_CADRE", _("village cadre")
    ELDER = "ELDER", _("respected elder")
    BUSINESS_LEADER = "BUSINESS_LEADER", _("skilled local business leader")
    VOTER = "VOTER", _("voter with an opinion")


class Visit(Case):
    """A talk of deputies with a voter (R39–R41, F10): noted by the deputy, completed by the liaison, then settled."""

    class Status(models.TextChoices):
        INCOMPLETE = "INCOMPLETE", _("to be completed")
        RECORDED = "RECORDED", _("recorded")
        CLOSED = "CLOSED", _("settled")
        ANNULLED = "ANNULLED", _("import taken back")

    class Kind(models.TextChoices):
        VISIT = "VISIT", _("visit")
        RECEPTION = "RECEPTION", _("reception day")
        APPOINTMENT = "APPOINTMENT", _("by appointment")
        QR = "QR", _("by QR code")
        LETTER = "LETTER", _("by letter")
        VOTER_MEETING = "VOTER_MEETING", _("voters' meeting")

    #: Made by the form that was sent, so that the same form twice is one visit.
    client_id = models.UUIDField(unique=True, editable=False)
    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.INCOMPLETE)
    station = models.ForeignKey(Station, models.PROTECT, related_name="visits")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="visits")
    kind = models.CharField(_("kind of visit"), max_length=16, choices=Kind, default=Kind.VISIT)
    on = models.DateField(_("date"))
    time = models.TimeField(_("hour"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    policies_conveyed = models.TextField(_("policies conveyed"), blank=True)
    companions = models.CharField(_("who came along"), max_length=120, blank=True)
    #: Of the standing committee (R40).
    leaders = models.ManyToManyField(Person, related_name="visits_led", blank=True, verbose_name=_("leaders"))
    #: The reception day on which it was said.
    reception_day = models.ForeignKey(
        ReceptionDay, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("reception day")
    )
    #: Of a voters' meeting (R42, F13).
    chair = models.CharField(_("chaired by"), max_length=40, blank=True)
    recorder = models.CharField(_("recorder"), max_length=40, blank=True)
    materials = models.ManyToManyField(
        Material, related_name="visits", blank=True, verbose_name=_("materials handed out")
    )
    #: Short news text of the activity.
    news = models.TextField(_("short news"), blank=True)
    files = models.ManyToManyField(Attachment, through="VisitFile", related_name="+")
    topics = models.ManyToManyField(Topic, related_name="visits", blank=True)
    #: The topics as an imported register words them; of which cycle they were it does not tell.
    reported_topics = models.CharField(_("topics carried along"), max_length=200, blank=True)
    deputies = models.ManyToManyField(Mandate, through="VisitDeputy", related_name="visits")
    #: Nobody for an imported visit: the register does not tell who wrote it.
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed by the deputy"), null=True, blank=True)
    #: File, sheet and row of the register it was taken over from.
    imported_from = models.CharField(max_length=200, blank=True)

    objects = querysets.VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="INCOMPLETE") | ~Q(place="") | ~Q(imported_from=""),
                name="visit_recorded_has_a_place",
            ),
            models.CheckConstraint(
                # a message that a voter sent by the public page was written by nobody of the house
                condition=Q(recorded_by__isnull=False) | ~Q(imported_from="") | Q(kind="QR"),
                name="visit_recorded_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["-on", "-id"], name="visit_newest"),
            models.Index(fields=["station", "status"], name="visit_desk"),
        ]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self) -> str:
        return f"{self.station} {self.on}"

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the deputy is still to say that it was meant so.

        Of an imported visit that is unknown, not missing; what a voter wrote nobody wrote down for a deputy.
        """
        return self.status == self.Status.RECORDED and self.confirmed_at is None and not self.has_no_author

    @property
    def has_no_author(self) -> bool:
        """Whether nobody of the house wrote it down: a voter did by the public page, or it came from a register."""
        return bool(self.imported_from) or self.is_message

    @property
    def is_message(self) -> bool:
        """Whether a voter wrote it by the public page (群众来码)."""
        return self.kind == self.Kind.QR and self.recorded_by_id is None and not self.imported_from


class VisitDeputy(models.Model):
    """That a deputy took part in a visit; the first of them noted it."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="visitors")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="visited")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["visit", "mandate"], name="visitdeputy_once")]

    def __str__(self) -> str:
        return str(self.mandate)


class VisitFile(models.Model):
    """A photo, recording or sheet of a visit; what a phone sends carries an id of its own, so that it arrives once."""

    class Kind(models.TextChoices):
        PHOTO = "PHOTO", _("photo")
        RECORDING = "RECORDING", _("recording")
        SHEET = "SHEET", _("sheet of paper")
        SIGN_IN = "SIGN_IN", _("sign-in sheet")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="papers")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    #: Emptied of its content at the voter's wish or by rule; the row stays.
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)


class Guests(models.Model):
    """How many of a kind of invitee came to a voters' meeting (R43); their names stand on the sheet they signed."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="guests")
    category = models.CharField(_("kind of voter"), max_length=16, choices=VoterCategory)
    number = models.PositiveSmallIntegerField(_("how many"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "category"], name="guests_once_per_kind"),
            models.CheckConstraint(condition=Q(number__gte=1), name="guests_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.number}"


class ConveyedMatter(models.Model):
    """What was told to deputies and voters at a visit or voters' meeting (R44, R46)."""

    class Kind(models.TextChoices):
        DECISION = "DECISION", _("major decision")
        CENTRAL_WORK = "CENTRAL_WORK", _("central work")
        ACHIEVEMENT = "ACHIEVEMENT", _("achievement")
        BENEFIT = "BENEFIT", _("policy for the people")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="conveyed")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.CharField(_("what was told"), max_length=200, blank=True)
    material = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="conveyed", verbose_name=_("material")
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())


class Voter(models.Model):
    """Who said it. Name and telephone number are sealed to this row (D35); nothing of them can be searched."""

    Category = VoterCategory

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    #: The same number has the same mark, so that a voter who asks for erasure is found.
    phone_mark = models.CharField(max_length=64, blank=True, db_index=True)
    village = models.CharField(_("village or community"), max_length=40, blank=True)
    category = models.CharField(_("kind of voter"), max_length=16, choices=Category, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Person.Sex, blank=True)
    #: Which wording of the consent a voter agreed to who wrote by the public page, and when.
    consent = models.CharField(max_length=16, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(_("name and number erased at"), null=True, blank=True)

    objects = querysets.VoterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.village

    @property
    def is_named(self) -> bool:
        """Whether there is a name or a number to reveal."""
        return bool(self.name_sealed or self.phone_sealed)

    def seal(self, *, name: str = "", phone: str = "") -> None:
        """Put in name and number; what is empty stays as it was."""
        if name:
            self.name_sealed = sealing.seal(name, self._place("name"))
        if phone:
            self.phone_sealed = sealing.seal(phone, self._place("phone"))
            self.phone_mark = sealing.mark(digits(phone), "phone")

    def unseal(self) -> tuple[str, str]:
        """Name and number. Only ``reveal``, ``correct`` and a note sent twice may ask. Raises sealing.Broken."""
        return sealing.unseal(self.name_sealed, self._place("name")), sealing.unseal(
            self.phone_sealed, self._place("phone")
        )

    def _place(self, column: str) -> str:
        return f"voter:{self.uuid}:{column}"


def digits(phone: str) -> str:
    """A telephone number as it is compared: its digits, without the country's own prefix."""
    found = re.sub(r"\D", "", key(phone))
    return found.removeprefix("86") if len(found) == 13 else found


class Opinion(models.Model):
    """One matter in the voter's own words (R41), and the way it takes."""

    class Route(models.TextChoices):
        ANSWERED = "ANSWERED", _("answered on the spot")
        VILLAGE = "VILLAGE", _("to the village or community")
        TOWNSHIP = "TOWNSHIP", _("to the township or sub-district")
        TO_MEETING = "TO_MEETING", _("to the deliberation meeting")
        SUGGESTION = "SUGGESTION", _("to become a deputy's suggestion")
        HIGHER_DEPUTIES = "HIGHER_DEPUTIES", _("to deputies of a higher level")
        REFUSED = "REFUSED", _("not accepted, and told why")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="opinions")
    voter = models.OneToOneField(Voter, models.PROTECT, null=True, blank=True, related_name="opinion")
    words = models.TextField(_("in the voter's own words"))
    wish = models.TextField(_("what the voter wishes"), blank=True)
    recorder_view = models.TextField(_("recorder's own view"), blank=True)
    field = models.ForeignKey(
        SubjectField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name=_("field of the matter"),
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("topic")
    )
    on_the_spot_answer = models.TextField(_("answer on the spot"), blank=True)
    route = models.CharField(_("route"), max_length=16, choices=Route, blank=True)
    route_reason = models.CharField(_("why it is not accepted"), max_length=200, blank=True)
    confidential = models.BooleanField(_("confidential at the voter's wish"), default=False)
    tell_wish = models.BooleanField(_("the voter wants an answer"), default=True)
    #: Said on a photo or a recording only; the liaison types it.
    to_be_typed = models.BooleanField(_("to be typed"), default=False)
    #: The key document it is about (R46).
    about = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("about the document")
    )
    responsible = models.CharField(_("who sees to it"), max_length=80, blank=True)
    #: With it the voter who wrote by the public page sees what became of it; only its digest is kept.
    track_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    #: As a register reports it, which may leave out why or how.
    reported = models.BooleanField(default=False, editable=False)

    objects = querysets.OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") | Q(to_be_typed=True), name="opinion_has_words"),
            models.CheckConstraint(
                condition=~Q(route="REFUSED") | ~Q(route_reason="") | Q(reported=True),
                name="opinion_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(route="ANSWERED") | ~Q(on_the_spot_answer="") | Q(reported=True),
                name="opinion_answered_says_how",
            ),
        ]
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")

    def __str__(self) -> str:
        return str(self.uuid)


class Telling(models.Model):
    """That a voter was told what became of the opinion, or could not be reached (D18)."""

    class How(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("in person")
        PHONE = "PHONE", _("by telephone")
        WECHAT = "WECHAT", _("by WeChat")
        LETTER = "LETTER", _("by letter")
        MEETING = "MEETING", _("at a meeting")

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="tellings")
    on = models.DateField(_("date"))
    #: Nobody, and no way, where a register reports the day only.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    how = models.CharField(_("how"), max_length=12, choices=How, blank=True)
    text = models.TextField(_("what was said"), blank=True)
    reached = models.BooleanField(_("the voter was reached"), default=True)
    #: Nothing more will follow: told how it ended, or given up as unreachable.
    final = models.BooleanField(_("nothing more will follow"), default=False)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opinion"], condition=Q(final=True), name="telling_one_final"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(reached=False) | ~Q(text=""), name="telling_says_what"
            ),
            models.CheckConstraint(condition=Q(by__isnull=True) | ~Q(how=""), name="telling_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_how_display()}"
