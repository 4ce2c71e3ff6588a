"""What deputies make of a reply."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from files.models import Attachment
from stations.models import Mandate
from suggestions import querysets
from suggestions.models.replying import Reply
from suggestions.models.suggestion import Suggestion


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
