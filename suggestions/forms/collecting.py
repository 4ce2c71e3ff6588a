"""What is asked when a promise or a voter's opinion is made a suggestion: who leads it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberations.models import Promise
from stations.forms import DeputyField
from suggestions.policies import screening as policies
from suggestions.transitions.collecting import leads_itself, proposed_lead
from workflow.forms import ActForm


class CollectForm(ActForm):
    """The county deputy who leads it, or that the standing committee submits it; a deputy is asked nothing."""

    lead = DeputyField(
        label=_("lead deputy"),
        max_length=40,
        required=False,
        help_text=_("A county deputy: name, certificate number or pinyin initials"),
    )
    by_committee = forms.BooleanField(
        label=_("The standing committee submits it"),
        required=False,
        help_text=_("Then nobody leads it; the deputy whose point it is is asked and answered."),
    )

    def prepare(self) -> None:
        """Whoever spoke or went leads it, as far as a county deputy."""
        if self.actor.is_deputy:
            self.fields.clear()
            return
        if not policies.can_let_committee_submit(self.actor):
            del self.fields["by_committee"]
            self.fields["lead"].required = True
        own = self._own()
        if leads_itself(own):
            self.propose(lead=own.person.name)

    def _own(self) -> Any:
        if isinstance(self.subject, Promise):
            return self.subject.meeting_opinion.speaker
        return proposed_lead(self.subject.visit, self.actor)
