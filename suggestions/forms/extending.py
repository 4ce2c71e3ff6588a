"""What is asked for a later date, and of whoever grants it (F5)."""

from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, day_field
from accounts.models import How, Person
from suggestions.models import ContactRecord, Extension, Suggestion
from suggestions.transitions.extending import latest_day, open_extension
from workflow import clock
from workflow.forms import ActForm, ReasonForm, words_field

_ROADS = [(How.TELEPHONE.value, How.TELEPHONE.label), (How.PAPER.value, How.PAPER.label)]


class RequestExtensionForm(ActForm):
    """Until when, why, what was done so far, and how the deputy was told."""

    new_due_on = forms.DateField(label=_("date asked for"), widget=Day())
    reason = words_field(_("reason"), 3, max_length=1000)
    measures = words_field(_("what was done so far"), 3, max_length=1000)
    explained_on = day_field(_("explained to the deputy on"))
    explained_how = forms.ChoiceField(label=_("how it was explained"), choices=ContactRecord.Manner.choices)
    signed_by = forms.CharField(
        label=_("signed by"),
        max_length=Extension._meta.get_field("signed_by").max_length,
        help_text=_("Head of the organ"),
    )

    def prepare(self) -> None:
        """The last day that the law allows is named; usually the head signs."""
        latest = latest_day(self.subject.suggestion)
        sentence = _("Not later than %(day)s: six months from the first hand-over, by law.")
        self.fields["new_due_on"].help_text = sentence % {"day": formats.date_format(latest, "DATE_FORMAT")}
        officers = self.subject.organ.present.officers.current(clock.today())
        head = officers.filter(duty="HEAD").select_related("person").first()
        self.propose(signed_by=head.person.name if head else "")


class DecideForm(ActForm):
    """A decision on the request, which the page shows."""

    def prepare(self) -> None:
        """What is decided."""
        self.extension = open_extension(self.subject)


class LeadersWordForm(ActForm):
    """Of a key suggestion staff say that the deputy chairperson in charge agreed, and how they know (R60)."""

    agreed_by = forms.ModelChoiceField(Person.objects.none(), label=_("who agreed"))
    how = forms.ChoiceField(label=_("how it was agreed"), choices=_ROADS, widget=forms.RadioSelect)

    def offer_word(self, case: Suggestion, why: Any) -> None:
        """Only the deputy chairperson in charge can be named; whoever that is needs no word of another."""
        if not (case.is_key and self.actor.is_staff):
            del self.fields["agreed_by"], self.fields["how"]
            return
        self.offer("agreed_by", Person.objects.filter(supervised=case))
        self.fields["agreed_by"].help_text = why


class GrantForm(LeadersWordForm, DecideForm):
    """The later date is granted."""

    def prepare(self) -> None:
        """Whose word it needs."""
        super().prepare()
        why = _("The date of a key suggestion moves only when this person agrees.")
        self.offer_word(self.subject.suggestion, why)


class RefuseForm(DecideForm, ReasonForm):
    """Why the date stays."""
