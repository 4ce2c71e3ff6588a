"""What each act on a station, a duty or a mandate asks for. Forms validate; verbs act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from stations.models import Mandate, Station, StationStaff, Township


def words_field(label: Any, **options: Any) -> forms.CharField:
    """A few words for the record."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 3}), max_length=500, **options)


class ActForm(forms.Form):
    """The form of an act; ``subject`` is the row that the act is about."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and proposals from the subject; overridden where a form has any."""


class StationForm(ActForm):
    """A station's own columns."""

    name = forms.CharField(label=_("name"), max_length=60)
    kind = forms.ChoiceField(label=_("kind"), choices=Station.Kind.choices)
    township = forms.ModelChoiceField(Township.objects.all(), label=_("Township"))
    address = forms.CharField(label=_("address"), max_length=120, required=False)
    is_key = forms.BooleanField(label=_("key station"), required=False)

    def prepare(self) -> None:
        """As it stands."""
        if self.subject is not None:
            for name in ("name", "kind", "township", "address", "is_key"):
                self.initial[name] = getattr(self.subject, name)


class NewStationForm(StationForm):
    """The same, with the code that names the station in every list."""

    code = forms.CharField(label=_("code"), max_length=20, help_text=_("As in the county's list, for example JZ31"))
    field_order = ("code", "name", "kind", "township", "address", "is_key")


class ReasonForm(ActForm):
    """Why."""

    reason = words_field(_("reason"))


class BeginDutyForm(ActForm):
    """Who takes up which duty."""

    duty = forms.ChoiceField(label=_("duty"), choices=StationStaff.Duty.choices)
    name = forms.CharField(label=_("full name"), max_length=40)
    phone = forms.CharField(label=_("phone"), max_length=20, required=False)
    since = day_field(_("since"))

    def clean_name(self) -> str:
        """Without the blanks that pad it."""
        return "".join(self.cleaned_data["name"].split())


class EndDutyForm(ActForm):
    """The last day."""

    until = day_field(_("last day"))


class TakeInForm(ActForm):
    """Which station."""

    station = forms.ModelChoiceField(Station.objects.none(), label=_("station"))

    def prepare(self) -> None:
        """Stations in use, but the present one."""
        others = Station.objects.filter(status=Station.Status.ACTIVE).exclude(pk=self.subject.station_id)
        self.fields["station"].queryset = others  # type: ignore[attr-defined]


class SuspendForm(ActForm):
    """From when, and why."""

    on = day_field(_("with effect from"))
    reason = words_field(_("reason"), help_text=_("Only the committee sees this."))


class EndMandateForm(ActForm):
    """From when the deputy is out of office, and by which of the law's reasons."""

    on = day_field(_("out of office from"))
    end_reason = forms.ChoiceField(label=_("reason"), choices=Mandate.EndReason.choices)
    reason = words_field(_("remark"), required=False, help_text=_("Only the committee sees this."))
