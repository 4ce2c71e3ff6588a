"""Persons, their accounts and posts; organs with their names of all times and their officers."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import querysets
from workflow.models import Case, Event, EventDetail


class Person(models.Model):
    """The one record of a human being; accounts, mandates, offices and station posts point here."""

    class Sex(models.TextChoices):
        MALE = "M", _("male")
        FEMALE = "F", _("female")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=40)
    pinyin = models.CharField(max_length=120, blank=True, db_index=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    born_month = models.DateField(_("month of birth"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "phone"], name="person_same")]

    def __str__(self) -> str:
        return self.name


class Organ(models.Model):
    """A body that suggestions are handed over to, or that works for the congress."""

    class Kind(models.TextChoices):
        GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE", _("government office")
        GOVERNMENT_DEPARTMENT = "GOVERNMENT_DEPARTMENT", _("government department")
        TOWNSHIP_GOVERNMENT = "TOWNSHIP_GOVERNMENT", _("township government")
        COURT = "COURT", _("people's court")
        PROCURATORATE = "PROCURATORATE", _("people's procuratorate")
        SUPERVISORY_COMMISSION = "SUPERVISORY_COMMISSION", _("supervisory commission")
        PARTY = "PARTY", _("Party department")
        MASS = "MASS", _("mass organisation")
        VERTICAL = "VERTICAL", _("vertically managed unit")
        CONGRESS_BODY = "CONGRESS_BODY", _("body of the congress")
        HIGHER_LEVEL = "HIGHER_LEVEL", _("higher level")

    class SignMode(models.TextChoices):
        PAPER = "PAPER", _("on paper")
        ONLINE = "ONLINE", _("on line")

    name = models.CharField(_("name"), max_length=80, unique=True)
    pinyin = models.CharField(max_length=240, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    forwards_through = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="receivers")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    sign_mode = models.CharField(_("replies are signed"), max_length=8, choices=SignMode, default=SignMode.PAPER)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    search_text = models.TextField(blank=True, default="")

    objects = querysets.OrganQuerySet.as_manager()

    class Meta:
        ordering = ["pinyin", "id"]
        verbose_name = _("organ")
        verbose_name_plural = _("organs")

    def __str__(self) -> str:
        return self.name

    @property
    def present(self) -> "Organ":
        """The organ that answers today for what this one had in hand."""
        return self.successor or self


class OrganName(models.Model):
    """A name by which an organ is or was known: present, former or short. One name, one organ."""

    class Kind(models.TextChoices):
        PRESENT = "PRESENT", _("present name")
        FORMER = "FORMER", _("former name")
        SHORT = "SHORT", _("short name")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser, Case):
    """A person's account. What one may do comes from posts, never from the account itself."""

    class Status(models.TextChoices):
        ACTIVE = "ACTIVE", _("active")
        LOCKED = "LOCKED", _("locked")

    status = models.CharField(_("state"), max_length=24, choices=Status, default=Status.ACTIVE)
    username = models.CharField(_("user name"), max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    must_change_password = models.BooleanField(default=False)
    #: Raised to end every session of the account; part of what a session must know.
    session_epoch = models.PositiveIntegerField(default=0)
    link_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    link_until = models.DateTimeField(null=True, blank=True)
    last_post = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, related_name="+")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager.from_queryset(querysets.UserQuerySet)()

    class Meta:
        ordering = ["username"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's question whether the account may sign in."""
        return self.status == self.Status.ACTIVE

    def __str__(self) -> str:
        return self.person.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to stay open: a new password or a raised epoch ends it."""
        known = f"{self.session_epoch}:{self.password}"
        return salted_hmac("accounts.User.session", known, secret=secret, algorithm="sha256").hexdigest()


class Role(models.TextChoices):
    """What a post allows. Host, co-host, lead and the like are relations, not roles."""

    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("system administrator")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("security administrator")
    AUDIT_ADMIN = "AUDIT_ADMIN", _("audit administrator")
    CHAIRPERSON = "CHAIRPERSON", _("chairperson")
    DEPUTY_CHAIRPERSON = "DEPUTY_CHAIRPERSON", _("deputy chairperson")
    COMMITTEE_STAFF = "COMMITTEE_STAFF", _("deputy affairs commission staff")
    WORKING_BODY = "WORKING_BODY", _("working commission")
    DELEGATION_OFFICER = "DELEGATION_OFFICER", _("delegation officer")
    TOWNSHIP = "TOWNSHIP", _("township congress")
    STATION = "STATION", _("station liaison")
    DEPUTY = "DEPUTY", _("deputy")
    GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE", _("supervision office")
    COUNTY_LEADER = "COUNTY_LEADER", _("county leader in charge")
    PARTY_OFFICE = "PARTY_OFFICE", _("Party committee office")
    ORGAN_HANDLER = "ORGAN_HANDLER", _("handler of an organ")
    ORGAN_HEAD = "ORGAN_HEAD", _("head of an organ")


#: The three who keep accounts and watch over it; nobody else touches their posts.
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class Post(models.Model):
    """A role that a user holds from a day on, for an organ where the role belongs to one."""

    #: Roles that mean nothing without an organ.
    ORGAN_ROLES = (Role.ORGAN_HANDLER, Role.ORGAN_HEAD, Role.GOVERNMENT_OFFICE)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(_("job title"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = querysets.PostQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role__in=["ORGAN_HANDLER", "ORGAN_HEAD", "GOVERNMENT_OFFICE"]) | Q(organ__isnull=False),
                name="post_of_an_organ_names_it",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="post_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.get_role_display()}" if self.organ else str(self.get_role_display())


class Officer(models.Model):
    """Who speaks for an organ; named on slips and replies, with or without an account."""

    class Duty(models.TextChoices):
        HEAD = "HEAD", _("head")
        DIVISION_LEADER = "DIVISION_LEADER", _("leader in charge")
        LIAISON = "LIAISON", _("liaison officer")
        HANDLER = "HANDLER", _("handler")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    duty = models.CharField(_("duty"), max_length=16, choices=Duty)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = querysets.OfficerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organ", "person", "duty"], name="officer_once_per_duty")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_duty_display()})"

    def in_office(self, today: date) -> bool:
        """Whether the duty has not ended before that day."""
        return self.until is None or self.until >= today


class How(models.TextChoices):
    """The road on which an act came: in the system, or recorded from paper or a telephone call."""

    IN_SYSTEM = "IN_SYSTEM", _("in the system")
    PAPER = "PAPER", _("on paper")
    TELEPHONE = "TELEPHONE", _("by telephone")
    IMPORT = "IMPORT", _("imported")


class ActedEvent(Event):
    """An event that knows who acted, under which post, and for whom."""

    WHO = ("actor", "post", "on_behalf_of")

    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=12, choices=How, default=How.IN_SYSTEM)

    class Meta:
        abstract = True

    def who(self) -> dict[str, str]:
        """Uuids of account and post, a digestible label of the person acted for, and the road."""
        return {
            "actor": str(self.actor.uuid) if self.actor else "",
            "post": str(self.post.uuid) if self.post else "",
            "for": str(self.on_behalf_of.uuid) if self.on_behalf_of else "",
            "how": self.how,
        }


class ApiToken(models.Model):
    """A key by which a program acts as one person under one post; only its digest is kept, it can be revoked."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    until = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return self.name


class BindingCard(models.Model):
    """A printed card by which a deputy's phone is bound to the account; only the digest of its code is kept.

    One card of an account is good at a time: printing another ends it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="cards")
    digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(_("printed at"))
    printed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["-printed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="bindingcard_one_in_use")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.printed_at:%Y-%m-%d}"


class TrustedDevice(models.Model):
    """A phone that signs its owner in without a password: asked for with the card, trusted once it is confirmed.

    The phone keeps a secret in a cookie, the portal its digest. It is trusted until a day and may be revoked.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="devices")
    card = models.ForeignKey(BindingCard, models.PROTECT, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    #: As the phone calls itself, shortened: so that its owner knows it again.
    name = models.CharField(_("phone"), max_length=60, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    bound_at = models.DateTimeField(_("bound at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    trusted_until = models.DateTimeField(_("trusted until"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    #: Refused, revoked, or ended with its card or account.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    #: Hash of the PIN that is chosen on the phone and asked for an evaluation only.
    pin = models.CharField(max_length=128, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)

    objects = querysets.DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bound_at=None, trusted_until=None, confirmed_by=None)
                | Q(bound_at__isnull=False, trusted_until__isnull=False, confirmed_by__isnull=False),
                name="trusteddevice_bound_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountEvent(ActedEvent):
    """What happened to an account."""

    user = models.ForeignKey(User, models.PROTECT, related_name="events")

    objects = querysets.AccountEventQuerySet.as_manager()

    class Meta:
        ordering = ["user", "seq"]
        constraints = [models.UniqueConstraint(fields=["user", "seq"], name="accountevent_in_order")]
        # the record of all accounts, newest first
        indexes = [models.Index(fields=["-at", "-id"], name="accountevent_newest")]


class AccountEventDetail(EventDetail):
    """The words of an account's event."""

    event = models.OneToOneField(AccountEvent, models.PROTECT, related_name="detail")
