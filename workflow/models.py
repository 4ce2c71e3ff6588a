"""The tables under everything that moves: cases, events, clocks, rules, the calendar, numbers, heartbeats.

Nothing here points at another table of the house; the apps above complete the abstract ones.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """A matter with a state and a record: the root of one chain of events.

    ``version`` equals the number of events, so a cut-off tail of the chain is found; together with
    ``status`` it is the condition of every update (the guard that holds on both databases).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=24)
    version = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class Event(models.Model):
    """One act on a case: append-only, its hash covers the event before it in the same case.

    ``from_state`` and ``to_state`` are the root's; ``part…`` tell of a row of the case that has its own
    machine (an assignment, a reply). Subclasses add exactly one non-null foreign key to a root with
    ``related_name="events"``.
    """

    #: Relations that ``verify_events`` reads along with a row, so that ``who`` costs no query.
    WHO: ClassVar[tuple[str, ...]] = ()

    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    part = models.CharField(max_length=24, blank=True)
    part_key = models.UUIDField(null=True, blank=True)
    part_from = models.CharField(max_length=24, blank=True)
    part_to = models.CharField(max_length=24, blank=True)
    round = models.PositiveSmallIntegerField(null=True, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()
    detail_digest = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=16, default="sha256")
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    def who(self) -> dict[str, str]:
        """Labels of who acted, as they enter the hash; the apps above fill it."""
        return {}


class EventDetail(models.Model):
    """The words of an event, apart from it so that they can be blanked by a recorded act.

    The event keeps a salted digest of them: what was said can be proven, what was erased cannot be guessed.
    """

    salt = models.CharField(max_length=32, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)
    redacted_by_seq = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


class Clock(models.Model):
    """A time limit that runs on a case; met, voided or running, never deleted.

    ``due_on`` is the rule's date and keeps its trace; ``act_by`` is the last working day on or before a
    statutory date, and equal to ``due_on`` otherwise. Lights and reminders look at ``act_by``.
    """

    kind = models.CharField(max_length=24)
    start_on = models.DateField()
    due_on = models.DateField()
    act_by = models.DateField()
    original_due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    rule_key = models.CharField(max_length=40)
    trace = models.JSONField(default=list)
    provisional = models.BooleanField(default=False)
    rule_set = models.ForeignKey("workflow.RuleSet", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        """Neither met nor voided."""
        return self.met_on is None and self.voided_on is None


class RuleSet(models.Model):
    """The county's parameters from a date on. A clock stores the set that bore it."""

    valid_from = models.DateField(unique=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from"]
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self) -> str:
        return self.valid_from.isoformat()


class RuleValue(models.Model):
    """One parameter of a rule set that differs from the default of ``workflow.rules.RULES``."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="values")
    key = models.CharField(max_length=40)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule_set", "key"], name="rulevalue_once_per_set")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class CalendarYear(models.Model):
    """A year whose holidays were announced, or are only assumed."""

    class Standing(models.TextChoices):
        ANNOUNCED = "ANNOUNCED", _("announced")
        PROVISIONAL = "PROVISIONAL", _("provisional")

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.ANNOUNCED)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """An exception to Monday–Friday: a weekday off or a weekend day worked."""

    class Kind(models.TextChoices):
        HOLIDAY = "HOLIDAY", _("holiday")
        WORKDAY = "WORKDAY", _("make-up working day")

    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    date = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class NumberSeries(models.Model):
    """The next number of a series within a scope, e.g. the suggestions of one session."""

    code = models.CharField(max_length=24)
    scope = models.CharField(max_length=40)
    next = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "scope"], name="numberseries_once_per_scope")]

    def __str__(self) -> str:
        return f"{self.code} {self.scope}: {self.next}"


class Heartbeat(models.Model):
    """When a process of the house was last seen alive."""

    name = models.CharField(max_length=24, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class Allowance(models.Model):
    """How much is left of what somebody without a sign-in may do; fills up again with time (``workflow.throttling``)."""

    key = models.CharField(max_length=120, unique=True)
    left = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.left:.1f}"
