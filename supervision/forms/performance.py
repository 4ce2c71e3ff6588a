"""What is asked of an entry of a performance file, and of which deputies files are printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from stations.models import Delegation, Station
from supervision.models import PerformanceEntry
from workflow.forms import ActForm


class EntryForm(ActForm):
    """One act of a deputy."""

    kind = forms.ChoiceField(label=_("kind"), choices=PerformanceEntry.Kind.choices)
    on = day_field(_("date"))
    text = forms.CharField(label=_("what it was"), max_length=200)
    days = forms.DecimalField(label=_("days"), min_value=0, max_value=30, decimal_places=1, required=False, initial=0)

    def clean_days(self) -> Any:
        """None is none."""
        return self.cleaned_data["days"] or 0


class PrintForm(forms.Form):
    """The files of a station, or of a delegation."""

    station = forms.ModelChoiceField(Station.objects.none(), label=_("Station"), required=False)
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False)

    def __init__(self, *args: Any, mandates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        station: Any = self.fields["station"]
        delegation: Any = self.fields["delegation"]
        station.queryset = Station.objects.filter(pk__in=mandates.values("station"))
        delegation.queryset = Delegation.objects.filter(pk__in=mandates.values("delegation"))

    def clean(self) -> dict[str, Any]:
        """One of them."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("station")) == bool(data.get("delegation")):
            self.add_error("station", _("Choose a station or a delegation."))
        return data
