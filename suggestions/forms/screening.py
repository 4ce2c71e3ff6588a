"""What is asked when a suggestion is given back, not accepted, or referred elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from suggestions.models import Suggestion
from workflow.forms import ActForm, ReasonForm, words_field

#: Where suggestions are commonly referred to, as the papers name it.
PLACES = ("县信访局", "市人大代表", "乡镇人大主席团", "12345政务服务便民热线", "转作参考")


class ReturnForm(ReasonForm):
    """What is lacking."""

    reason = words_field(_("what is lacking"), 3, max_length=500, help_text=_("The deputy reads it."))


class RefuseForm(ActForm):
    """One of the reasons of the rules, and words that the deputy can pass on."""

    refusal = forms.ChoiceField(label=_("reason"), choices=Suggestion.Refusal.choices, widget=forms.RadioSelect)
    reason = words_field(
        _("explanation"), 3, max_length=500, help_text=_("The deputy reads it, with the proper way for such a matter.")
    )


class ReferForm(ActForm):
    """Where to: one of the usual places, or another."""

    place = forms.ChoiceField(
        label=_("referred to"),
        choices=[*((place, place) for place in PLACES), ("", _("elsewhere"))],
        widget=forms.RadioSelect,
        required=False,
    )
    other = forms.CharField(
        label=_("elsewhere"), max_length=80, required=False, help_text=_("Only when it is none of these")
    )
    reason = words_field(_("why"), 3, max_length=500, required=False)

    field_order = ("place", "other", "reason")

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError unless exactly one place is named."""
        data = super().clean() or {}
        if not data.get("place") and not data.get("other"):
            self.add_error("other", _("Say where it is referred to."))
        elif data.get("place") and data.get("other"):
            self.add_error("other", _("Choose “elsewhere” above, or leave this empty."))
        return data

    def told(self) -> dict[str, Any]:
        """The place by its name."""
        data = self.cleaned_data
        return {"to": data["place"] or data["other"], "reason": data["reason"]}
