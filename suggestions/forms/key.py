"""What is asked of whoever nominates or designates key suggestions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, Person
from deliberations.forms.papers import PaperFields, PaperForm
from suggestions.models import Suggestion
from suggestions.transitions.key import Choice, chairs
from workflow import clock
from workflow.forms import ActForm, words_field

_WHY = [("", "---------"), *Suggestion.KeyReason.choices]


class DesignateForm(PaperFields, ActForm):
    """Who is in charge, which body follows it, why it is key, and the minutes."""

    leader = forms.ModelChoiceField(Person.objects.none(), label=_("supervising deputy chairperson"))
    body = forms.ModelChoiceField(Organ.objects.none(), label=_("supervising body"))
    key_reason = forms.ChoiceField(label=_("why it is key"), choices=_WHY)

    field_order = ("key_reason", "leader", "body", "number", "on", "scan")

    def prepare(self) -> None:
        """The body that follows the field is proposed."""
        self.offer("leader", leaders())
        self.offer("body", congress_bodies())
        self.propose(body=_usual_body(self.subject), leader=self.subject.supervising_leader_id)


class DeclineForm(PaperForm):
    """The minutes, and why where they say it."""

    reason = words_field(_("reason"), 3, required=False, max_length=500)
    field_order = ("number", "on", "scan", "reason")


class KeyListForm(PaperFields):
    """The council's whole list: each nominated suggestion may be ticked, then it needs leader, body and reason."""

    def __init__(self, *args: Any, nominated: Iterable[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominated = list(nominated)
        people, bodies = leaders(), congress_bodies()
        for case in self.nominated:
            self.fields.update(_row_fields(case, people, bodies))

    def rows(self) -> list[dict[str, Any]]:
        """Each suggestion with its fields."""
        return [
            {"suggestion": case, "version": self[f"version_{case.pk}"], "fields": [self[name] for name in _names(case)]}
            for case in self.nominated
        ]

    def paper_fields(self) -> list[forms.BoundField]:
        """The fields of the minutes."""
        return [self[name] for name in PaperFields.base_fields]

    def clean(self) -> dict[str, Any]:
        """Whoever is ticked has leader, body and reason; at least one is ticked."""
        told = super().clean() or self.cleaned_data
        ticked = [case for case in self.nominated if told.get(f"key_{case.pk}")]
        if not ticked:
            self.add_error(None, _("Choose at least one suggestion."))
        for case in ticked:
            for name in _names(case)[1:]:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed for a key suggestion."))
        return told

    def choices(self) -> list[Choice]:
        """What was ticked, as the verb takes it."""
        told = self.cleaned_data
        return [
            Choice(
                case,
                told[f"version_{case.pk}"] or 0,
                told[f"leader_{case.pk}"],
                told[f"body_{case.pk}"],
                told[f"why_{case.pk}"],
            )
            for case in self.nominated
            if told[f"key_{case.pk}"]
        ]


def leaders() -> QuerySet[Person]:
    """Who may be in charge of a key suggestion."""
    return Person.objects.filter(pk__in=[person.pk for person in chairs()]).order_by("pinyin", "pk")


def congress_bodies() -> QuerySet[Organ]:
    """Bodies of the people's congress of today."""
    return Organ.objects.existing(clock.today()).filter(kind=Organ.Kind.CONGRESS_BODY)


def _usual_body(case: Suggestion) -> int | None:
    return case.supervising_body_id or (case.field.supervising_body_id if case.field else None)


def _names(case: Suggestion) -> list[str]:
    return [f"{name}_{case.pk}" for name in ("key", "why", "leader", "body")]


def _row_fields(case: Suggestion, people: QuerySet, bodies: QuerySet) -> dict[str, forms.Field]:
    ticked, why, leader, body = _names(case)
    return {
        f"version_{case.pk}": forms.IntegerField(
            widget=forms.HiddenInput, initial=case.version, required=False, min_value=0
        ),
        ticked: forms.BooleanField(label=_("key suggestion"), required=False),
        why: forms.ChoiceField(label=_("why it is key"), choices=_WHY, required=False),
        leader: forms.ModelChoiceField(people, label=_("supervising deputy chairperson"), required=False),
        body: forms.ModelChoiceField(bodies, label=_("supervising body"), required=False, initial=_usual_body(case)),
    }
