"""What is asked when the standard is kept, and when a station is looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from files.forms import UploadField
from files.pictures import ENDINGS
from stations.models import StandardItem
from workflow.forms import ActForm

FOUND = [("", _("not looked at")), ("yes", _("there")), ("no", _("lacking"))]


class NewItemForm(ActForm):
    """One thing that a station must have."""

    name = forms.CharField(label=_("what there must be"), max_length=80)
    evidence = forms.CharField(label=_("what shows it"), max_length=120, required=False)
    order = forms.IntegerField(label=_("order"), min_value=0, max_value=999, initial=99)


class ItemForm(NewItemForm):
    """The same, and whether it is still asked for."""

    in_use = forms.BooleanField(label=_("in use"), required=False)

    def prepare(self) -> None:
        """As it stands."""
        for name in self.fields:
            self.initial[name] = getattr(self.subject, name)


class CheckForm(ActForm):
    """Every item in use with what is found and a remark; what was not looked at stays as it is."""

    def prepare(self) -> None:
        """``subject`` is a station with ``items``, pairs of an item and its last finding."""
        for item, last in self.subject.standard:
            met = "" if last is None else "yes" if last.met else "no"
            self.fields[f"met_{item.pk}"] = forms.ChoiceField(
                label=item.name, choices=FOUND, required=False, initial=met, help_text=item.evidence
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("remark"), max_length=200, required=False, initial=last.note if last else ""
            )

    def told(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        looked_at = [item for item, _last in self.subject.standard if data[f"met_{item.pk}"]]
        return {"found": {item: (data[f"met_{item.pk}"] == "yes", data[f"note_{item.pk}"]) for item in looked_at}}


class CheckItemForm(ActForm):
    """One item with a photo."""

    met = forms.ChoiceField(label=_("what is found"), choices=FOUND[1:])
    note = forms.CharField(label=_("remark"), max_length=200, required=False)
    photo = UploadField(label=_("photo"), endings=ENDINGS, required=False)

    def prepare(self) -> None:
        """As it was found before; ``subject`` is a station with ``item`` and ``last``."""
        last = self.subject.last
        if last is not None:
            self.propose(met="yes" if last.met else "no", note=last.note)

    def told(self) -> dict[str, Any]:
        """What the verb takes."""
        item: StandardItem = self.subject.item
        return {**self.cleaned_data, "met": self.cleaned_data["met"] == "yes", "item": item}
