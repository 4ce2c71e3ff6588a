"""What binding a phone asks: whom the card is for, the last digits of a number, a PIN."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import TrustedDevice
from stations.models import Mandate, Station
from workflow import clock


class CardForm(forms.Form):
    """One card."""

    lost = forms.BooleanField(
        label=_("The phone is lost: end the phones bound so far"),
        required=False,
        help_text=_("Without the tick phones bound by an earlier card stay trusted."),
    )


class CardsForm(forms.Form):
    """Cards for several deputies of one station."""

    deputies = forms.ModelMultipleChoiceField(
        Mandate.objects.none(), label=_("deputies"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, station: Station, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phones = TrustedDevice.objects.live(clock.now()).filter(user__person=OuterRef("person"))
        rows = Mandate.objects.in_office(clock.today()).filter(station=station).select_related("person", "term")
        rows = rows.annotate(has_phone=Exists(phones)).order_by("certificate_no", "pk")
        field: Any = self.fields["deputies"]
        field.queryset = rows
        field.label_from_instance = _labelled
        self.initial["deputies"] = [row.pk for row in rows if not row.has_phone]


class DigitsForm(forms.Form):
    """The last four digits of the deputy's own number."""

    digits = forms.RegexField(
        r"\A[0-9]{4}\Z",
        label=_("Last four digits of your telephone number"),
        error_messages={"invalid": _("Four digits, please.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}),
    )


class PinForm(forms.Form):
    """A new PIN, typed twice; the present one first, where there is one."""

    old = forms.CharField(label=_("Present PIN"), max_length=6, required=False)
    pin = forms.CharField(label=_("New PIN, six digits"), max_length=6)
    again = forms.CharField(label=_("The same PIN once more"), max_length=6)

    def __init__(self, *args: Any, has_one: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.PasswordInput({"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"})
        if has_one:
            self.fields["old"].required = True
        else:
            del self.fields["old"]

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if "pin" in data and data.get("again") != data["pin"]:
            self.add_error("again", _("The two do not agree."))
        return data


def _labelled(mandate: Any) -> str:
    """A deputy as the list shows them."""
    name = f"{mandate.person.name}（{mandate.get_level_display()} {mandate.certificate_no}）"
    bound = _("has a trusted phone")
    return f"{name} {bound}" if mandate.has_phone else name
