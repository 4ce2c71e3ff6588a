"""What is asked for a paper for deputies, and for its printed copies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from deliberations.forms.cycles import StationsField
from deliberations.models import Cycle, Material
from files.forms import UploadField
from workflow.forms import ActForm, words_field


class MaterialForm(ActForm):
    """A paper: what it is, who issued it, the file or its words."""

    title = forms.CharField(label=_("title"), max_length=120)
    kind = forms.ChoiceField(label=_("kind"), choices=Material.Kind.choices)
    issuer = forms.CharField(label=_("issuing body"), max_length=80)
    number = forms.CharField(label=_("document number"), max_length=40, required=False)
    issued_on = day_field(_("date of the paper"))
    summary = words_field(_("what it says"), 4, required=False, help_text=_("Read on the phone without a download."))
    file = UploadField(label=_("file"), required=False)
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=_("cycle"), required=False, empty_label=_("for the library, of no cycle")
    )
    is_key = forms.BooleanField(
        label=_("key document"), required=False, help_text=_("Opinions on it are asked in the cycle.")
    )

    def prepare(self) -> None:
        """Cycles that are not concluded."""
        self.offer("cycle", Cycle.objects.exclude(status=Cycle.Status.CONCLUDED))


class SendCopiesForm(ActForm):
    """To which stations, how many to each."""

    stations = StationsField(label=_("stations"))
    copies = forms.IntegerField(label=_("copies for each station"), min_value=1, max_value=9999)
    on = day_field(_("date"))


class ReceiveCopiesForm(ActForm):
    """Who took them."""

    received_by = forms.CharField(label=_("received by"), max_length=40)
    on = day_field(_("received on"))
