"""What is filled in when a step is released or set aside, and when a call is recorded or taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from supervision.models import Call
from supervision.pressing.recipients import addressee
from supervision.pressing.words import labelled, pressing
from supervision.transitions.proposals import late_of
from workflow import clock
from workflow.forms import ActForm, words_field


class ReleaseForm(ActForm):
    """To whom, in which words: proposed, to be changed at will."""

    to = forms.CharField(label=_("to whom"), max_length=80)
    text = words_field(_("words"), 5, max_length=500)

    def prepare(self) -> None:
        """The head by name, and the county's usual sentence."""
        late = late_of(self.subject)
        words = pressing(self.subject, late, clock.today()) if late else ""
        self.propose(to=addressee(self.subject), text=words)


class CallForm(ActForm):
    """What it was about, and one of three ticks."""

    items = forms.MultipleChoiceField(
        label=_("what it was about"), widget=forms.CheckboxSelectMultiple({"class": "lines"})
    )
    outcome = forms.ChoiceField(label=_("what came of it"), choices=Call.Outcome.choices, widget=forms.RadioSelect)
    promised_on = day_field(_("promised for"), required=False, initial=None)
    words = forms.CharField(label=_("what was said"), max_length=200, required=False)
    number = forms.CharField(label=_("number that was called"), max_length=40, required=False)
    on = day_field(_("day of the call"), required=False, help_text=_("Today, if nothing is entered."))

    def prepare(self) -> None:
        """All that is owed, and the number that is rung first."""
        choices = {item.late.key: labelled(item.late) for item in self.subject.items}
        field: Any = self.fields["items"]
        field.choices = list(choices.items())
        self.propose(items=list(choices), number=self.subject.number)

    def told(self) -> dict[str, Any]:
        """A day belongs to a promise alone: one left in its box under another tick says nothing."""
        told = dict(self.cleaned_data)
        if told["outcome"] != Call.Outcome.PROMISED:
            told["promised_on"] = None
        return told
