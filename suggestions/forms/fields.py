"""What the forms are built of: the form of an act, days, long texts, organs."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Organ
from workflow import clock


class ActForm(forms.Form):
    """The form of an act: who acts on what. Its page adds the version of the case it was opened on."""

    def __init__(self, *args: Any, actor: Actor, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and proposals from the subject; overridden where a form has any."""

    def offer(self, name: str, queryset: QuerySet) -> None:
        """Set the choices of a field."""
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def propose(self, **values: Any) -> None:
        """Fill in what is probably meant."""
        for name, value in values.items():
            self.initial.setdefault(name, value)


def words_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), max_length=10_000, **options)


def receiving_organs() -> QuerySet:
    """Organs of the county that exist today; the government office first, because most go through it."""
    return Organ.objects.existing(clock.today()).exclude(kind=Organ.Kind.HIGHER_LEVEL)
