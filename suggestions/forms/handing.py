"""Handing over many suggestions at a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from suggestions.forms.intake import receiving_organs
from suggestions.models import Suggestion
from suggestions.transitions.handing import forwards_suggestions, waiting_at
from workflow.forms import ActForm, words_field


class TickedField(forms.ModelMultipleChoiceField):
    """Suggestions to tick, each with its number, title, lead deputy and field."""

    def label_from_instance(self, obj: Any) -> str:
        """As the list of the meeting names it."""
        marked = _("key suggestion")
        key = f"★{marked} · " if obj.is_key else ""
        return f"{obj.number} {obj.title}（{key}{obj.lead.person.name} · {obj.field}）"


class HandOverManyForm(ActForm):
    """Which ones, and to whom; all that wait are ticked, and the government office is proposed."""

    to = forms.ModelChoiceField(Organ.objects.none(), label=_("handed over to"))
    suggestions = TickedField(
        Suggestion.objects.none(),
        label=_("suggestions"),
        widget=forms.CheckboxSelectMultiple({"class": "lines"}),
        help_text=_("Untick what goes to another organ; hand that over afterwards."),
    )
    requirements = words_field(_("requirements"), 3, required=False)

    def prepare(self) -> None:
        """All that wait, and the office through which most go."""
        organs = receiving_organs()
        self.offer("to", organs)
        offices = organs.filter(kind=Organ.Kind.GOVERNMENT_OFFICE)
        waiting = waiting_at(self.subject).select_related("lead__person", "field")
        self.offer("suggestions", waiting)
        self.propose(
            to=next((office for office in offices if forwards_suggestions(office)), None),
            suggestions=[case.pk for case in waiting],
        )
