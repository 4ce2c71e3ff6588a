"""Who is to continue a suggestion whose deputy has left office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberations.forms.papers import PaperFields
from stations.models import Mandate
from suggestions.transitions.continuing import heirs, others
from workflow.forms import ActForm


class ContinueForm(PaperFields, ActForm):
    """A co-signer; or another county deputy, with the minutes of the council of chairpersons."""

    mandate = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=_("co-signer who continues"),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=_("none of the co-signers"),
    )
    other = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=_("another county deputy"),
        required=False,
        help_text=_("Only where no co-signer continues; the council of chairpersons decides it."),
    )
    reason = forms.ChoiceField(label=_("why the deputy no longer speaks for it"), choices=Mandate.EndReason.choices)

    field_order = ("mandate", "reason", "other", "number", "on", "scan")

    def prepare(self) -> None:
        """Co-signers in office first, the first of them proposed; without any only a resolution helps."""
        signed = heirs(self.subject)
        self.offer("mandate", signed)
        self.offer("other", others(self.subject))
        for name in ("number", "on"):
            self.fields[name].required = False
        first = signed.first()
        ended = self.subject.speaker.end_reason or Mandate.EndReason.TERM
        self.propose(mandate=first.pk if first else None, reason=ended)
        if first is None:
            del self.fields["mandate"]
            self.fields["other"].required = True

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two; who did not sign needs the minutes."""
        told = super().clean() or self.cleaned_data
        chosen, other = told.get("mandate"), told.get("other")
        if chosen and other:
            self.add_error("other", _("Choose a co-signer or another deputy, not both."))
        if not (chosen or other or self.errors):
            self.add_error("other", _("Choose who continues."))
        if other and not told.get("number"):
            self.add_error("number", _("Who did not sign it continues it only by resolution."))
        return told

    def told(self) -> dict[str, Any]:
        """What the act takes; the minutes only where somebody is named who did not sign."""
        told = dict(self.cleaned_data)
        other = told.pop("other")
        told["mandate"] = other or told.get("mandate")
        if other is None:
            told["number"] = ""
        return told
