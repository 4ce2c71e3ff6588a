"""What is asked where the council of chairpersons decided on a suggestion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberations.forms.papers import PaperForm
from suggestions.models import Suggestion
from suggestions.transitions.council import is_unjudged
from workflow.forms import words_field

Basis = Suggestion.ClosingBasis


class GoOnForm(PaperForm):
    """The minutes, and what they ask for."""

    reason = words_field(_("what the council asks for"), 3, required=False, max_length=500)
    field_order = ("number", "on", "scan", "reason")


class EndForm(PaperForm):
    """On what it ends, the minutes, and why."""

    basis = forms.ChoiceField(label=_("on what it ends"), widget=forms.RadioSelect)
    reason = words_field(_("reason"), 4, max_length=1000, help_text=_("The deputy reads it."))
    field_order = ("basis", "number", "on", "scan", "reason")

    def prepare(self) -> None:
        """That no opinion was given fits only what nobody has judged."""
        fitting = [basis for basis in Suggestion.BY_RESOLUTION if basis != Basis.NOT_GIVEN or is_unjudged(self.subject)]
        self.fields["basis"].choices = [(basis.value, basis.label) for basis in fitting]  # type: ignore[attr-defined]
