"""The minutes in which a body decided, asked for by every act that records a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from files.forms import UploadField
from workflow.forms import ActForm


class PaperFields(forms.Form):
    """Number, date and scan of the minutes of the council of chairpersons."""

    number = forms.CharField(
        label=_("number of the minutes"), max_length=40, help_text=_("Minutes of the council of chairpersons")
    )
    on = day_field(_("date of the minutes"))
    scan = UploadField(label=_("scan of the minutes"), required=False)


class PaperForm(PaperFields, ActForm):
    """An act that records a decision and asks nothing else."""
