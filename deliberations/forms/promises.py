"""What is asked of who reports on a promise, answers a report or records that it was not kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.models import How
from deliberations.policies import promises as policies
from files.forms import UploadField
from workflow.forms import ActForm, words_field


def _told_field(label: Any) -> forms.ChoiceField:
    """On paper or by telephone."""
    return forms.ChoiceField(label=label, choices=[(how.value, how.label) for how in (How.TELEPHONE, How.PAPER)])


class ReportForm(ActForm):
    """What was done and when; staff say how they heard of it."""

    how = _told_field(_("how the organ told it"))
    text = words_field(_("what was done"), 4, max_length=2000)
    on = day_field(_("done on"))
    picture = UploadField(label=_("picture"), required=False, help_text=_("A photo of what was done: JPG, PNG or PDF"))

    def prepare(self) -> None:
        """Nothing to choose for who reports in person."""
        if policies.speaks_for_promiser(self.actor, self.subject):
            del self.fields["how"]


class KeptForm(ActForm):
    """A deputy only presses the button; who records it for the deputy says how it came."""

    how = _told_field(_("how the deputy said it"))

    def prepare(self) -> None:
        """Nothing to choose for who answers in person."""
        if policies.is_for(self.actor, self.subject):
            del self.fields["how"]


class DenyForm(KeptForm):
    """What is still lacking."""

    words = words_field(_("what is still lacking"), 3, max_length=500)


class NotKeptForm(ActForm):
    """Why it counts as not kept."""

    reason = words_field(_("how it stands"), 3, max_length=500, help_text=_("What was found, and when."))
