"""What the deputy is asked, and what others enter for the deputy (F9)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from files.forms import UploadField
from stations.models import Mandate
from suggestions import policies
from suggestions.models import Evaluation, Rating
from suggestions.querysets import signatories
from suggestions.transitions.collected_forms import waiting_forms, without_form
from workflow.forms import ActForm, words_field

Source = Evaluation.Source


class OwnEvaluationForm(ActForm):
    """The deputy's own two answers."""

    attitude = forms.ChoiceField(label=_("How was their attitude?"), choices=Rating.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("How is the result?"), choices=Rating.choices, widget=forms.RadioSelect)
    text = words_field(_("What is wrong, or anything else"), 3, required=False)
    private_remark = words_field(_("A word for the committee only (the organ does not see it)"), 2, required=False)
    pin = forms.CharField(
        label=_("PIN of this phone"),
        max_length=6,
        required=False,
        widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}),
    )

    def prepare(self) -> None:
        """The PIN is asked of a phone that signed in by itself, and of nobody else."""
        if self.actor.device_id is None:
            del self.fields["pin"]
        else:
            self.fields["pin"].required = True


class CollectedForm(ActForm):
    """What stands on the sheet that the organ collected from a deputy; it counts once the committee has called."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    on = day_field(_("date"))
    scan = UploadField(label=_("signed form"), help_text=_("Scan or photo of the signed form"))
    attitude = forms.ChoiceField(label=_("attitude, as it is ticked"), choices=Rating.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("result, as it is ticked"), choices=Rating.choices, widget=forms.RadioSelect)
    text = words_field(_("What the deputy wrote"), 3, required=False)

    def prepare(self) -> None:
        """Only those whose sheet was not handed in, who speaks for it first."""
        waiting = without_form(self.subject)
        self.offer("mandate", waiting)
        self.propose(mandate=waiting.first())


class ConfirmFormForm(ActForm):
    """Whose sheet was confirmed by a call, under which number."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    number_called = forms.CharField(label=_("number called"), max_length=20)

    def prepare(self) -> None:
        """The deputies whose sheets wait, with their numbers; what the sheets say stands above."""
        self.waiting = waiting_forms(self.subject).select_related("mandate__person", "scan")
        rows = list(self.waiting)
        self.offer("mandate", Mandate.objects.filter(pk__in=[row.mandate_id for row in rows]).select_related("person"))
        if len(rows) == 1:
            self.propose(mandate=rows[0].mandate_id, number_called=rows[0].mandate.person.phone)


class EnteredEvaluationForm(OwnEvaluationForm):
    """What a deputy said on a signed form or by telephone, entered by liaison or staff."""

    source = forms.ChoiceField(label=_("source of the evaluation"))
    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    on = day_field(_("date"))
    number_called = forms.CharField(
        label=_("number called"), max_length=20, required=False, help_text=_("Only for a telephone call-back")
    )
    scan = UploadField(label=_("signed form"), required=False, help_text=_("Scan or photo of the signed form"))

    #: Whoever enters what a deputy said has no PIN of the deputy's.
    pin = None  # type: ignore[assignment]
    field_order = ("source", "mandate", "on", "number_called", "scan", "attitude", "result", "text", "private_remark")

    def prepare(self) -> None:
        """Only the sources and deputies that this person may enter for."""
        suggestion = self.subject.assignment.suggestion
        sources = [Source.LIAISON_SCAN]
        if self.actor.is_staff:
            sources += [Source.CALL_BACK, Source.ORGAN_FORM]
        signed = signatories(suggestion)
        may = policies.can_evaluate
        mandates = [row.pk for row in signed if may(self.actor, suggestion, row, Source.LIAISON_SCAN)]
        self.fields["source"].choices = [(source.value, source.label) for source in sources]  # type: ignore[attr-defined]
        self.offer("mandate", signed.filter(pk__in=mandates))
        self.propose(mandate=mandates[0] if mandates else None)
        if self.actor.is_staff:
            self._name_numbers(signed)
        else:
            # a liaison enters the signed form and nothing else
            del self.fields["number_called"]
            self.fields["scan"].required = True

    def _name_numbers(self, signed: Any) -> None:
        """Say which numbers the deputies have, so that the caller need not look for them."""
        known = [f"{row.person.name} {row.person.phone}" for row in signed if row.person.phone]
        if known:
            sentence = _("Only for a telephone call-back. %(numbers)s")
            self.fields["number_called"].help_text = sentence % {"numbers": "、".join(known)}
