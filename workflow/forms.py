"""What the forms of acts are built of."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class ActForm(forms.Form):
    """The form of an act: who acts on what. Its page adds the version of the case it was opened on."""

    def __init__(self, *args: Any, actor: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and proposals from the subject; overridden where a form has any."""

    def told(self) -> dict[str, Any]:
        """What the verb takes."""
        return self.cleaned_data

    def offer(self, name: str, queryset: QuerySet) -> None:
        """Set the choices of a field."""
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def propose(self, **values: Any) -> None:
        """Fill in what is probably meant."""
        for name, value in values.items():
            self.initial.setdefault(name, value)


def words_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **{"max_length": 10_000, **options})


class ReasonForm(ActForm):
    """Why."""

    reason = words_field(_("reason"), 3, max_length=500)
