"""What each act on a station, a duty or a mandate asks for, and deputies by whatever is typed. Forms validate; verbs act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from files.workbooks.cells import as_names
from stations.models import Level, Mandate, Station, StationStaff, Township
from workflow import clock
from workflow.forms import ActForm, words_field
from workflow.text import key, typed


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
        self.offer("station", others)


class SuspendForm(ActForm):
    """From when, and why."""

    on = day_field(_("with effect from"))
    reason = words_field(_("reason"), 3, max_length=500, help_text=_("Only the committee sees this."))


class EndMandateForm(ActForm):
    """From when the deputy is out of office, and by which of the law's reasons."""

    on = day_field(_("out of office from"))
    end_reason = forms.ChoiceField(label=_("reason"), choices=Mandate.EndReason.choices)
    reason = words_field(_("remark"), 3, max_length=500, required=False, help_text=_("Only the committee sees this."))


class DeputyField(forms.CharField):
    """One deputy in office, by name, certificate number, pinyin or its initials; cleans to the mandate."""

    def clean(self, value: Any) -> Mandate | None:
        """Raises ValidationError that names the candidates when there are several, or says that there is none."""
        words = super().clean(value)
        return one_deputy(words) if words else None


class DeputiesField(forms.CharField):
    """Several deputies as ``DeputyField`` takes them, parted by 、 or commas, lines or blanks."""

    def clean(self, value: Any) -> list[Mandate]:
        """Raises ValidationError for the first name that is not one deputy."""
        return [one_deputy(name) for name in as_names(super().clean(value))]


def one_deputy(words: str, among: Any = None) -> Mandate:
    """The deputy meant: an exact name or number before pinyin, a county deputy before one of another level.

    ``among`` are the mandates that may be meant, those active today if nothing is said. Raises ValidationError.
    """
    wanted = key(words)
    among = Mandate.objects.active(clock.today()) if among is None else among
    rows = list(
        among.filter(search_text__contains=wanted)
        .select_related("person", "delegation", "term")
        .order_by("certificate_no")
    )
    exact = [row for row in rows if wanted in (key(row.person.name), key(row.certificate_no))]
    found = exact or [row for row in rows if wanted in typed(row.person.pinyin).split()]
    found = [row for row in found if row.level == Level.COUNTY] or found
    if not found:
        raise forms.ValidationError(_("No deputy in office is called “%(name)s”."), "unknown", {"name": words})
    if len(found) > 1:
        who = "；".join(f"{row.certificate_no} {row.person.name} {row.delegation or ''}".strip() for row in found[:6])
        sentence = _("Several deputies are called “%(name)s”. Enter the certificate number: %(who)s")
        raise forms.ValidationError(sentence, "ambiguous", {"name": words, "who": who})
    return found[0]
