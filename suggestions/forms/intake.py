"""From paper to hand-over, and what the registry puts right afterwards."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.models import Organ
from deliberations.models import Meeting, SubjectField
from files.forms import UploadField
from stations.forms import DeputiesField, DeputyField
from suggestions.models import Suggestion
from suggestions.transitions.handing import forwards_suggestions
from suggestions.transitions.intake import next_serial
from workflow import clock
from workflow.forms import ActForm, words_field

_BY_WHAT = _("Name, certificate number or pinyin initials")


class SubmitForm(forms.Form):
    """A suggestion from paper. ``key`` makes the same form sent twice one suggestion."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label=_("title"),
        max_length=120,
        help_text=_("As on the sheet, for example 关于……的建议"),
        widget=forms.TextInput({"autofocus": True}),
    )
    lead = DeputyField(label=_("lead deputy"), max_length=40, help_text=_BY_WHAT)
    co_signers = DeputiesField(
        label=_("co-signers"), required=False, max_length=2000, help_text=_("As above, separated by 、 or blanks")
    )
    facts = words_field(_("facts"), 5)
    demand = words_field(_("demand"), 4, required=False)
    origin = forms.ChoiceField(label=_("origin"), choices=Suggestion.Origin.choices, initial=Suggestion.Origin.BETWEEN)
    publicity = forms.ChoiceField(label=_("publicity"), choices=Suggestion.Publicity.choices)
    received_on = day_field(_("received on"))


class RegisterForm(ActForm):
    """Number and class; the next number is proposed."""

    serial = forms.IntegerField(label=_("number"), min_value=1, max_value=99_999)
    field = forms.ModelChoiceField(
        SubjectField.objects.all(), label=_("subject field"), widget=forms.Select({"autofocus": True})
    )
    reply_term = forms.ChoiceField(label=_("reply term"), choices=Suggestion.ReplyTerm.choices)

    def prepare(self) -> None:
        """Most suggestions take the next number of their series."""
        self.propose(serial=next_serial(self.subject))


class MeetingField(forms.ModelChoiceField):
    """A hand-over meeting, by its day and place."""

    def label_from_instance(self, obj: Any) -> str:
        """Two of one county differ by their day."""
        return f"{obj.held_on.isoformat()} {obj.place}"


class HandOverForm(ActForm):
    """To whom, with whom, on which day; the government office is proposed."""

    to = forms.ModelChoiceField(Organ.objects.none(), label=_("handed over to"))
    co_hosts = forms.ModelMultipleChoiceField(
        Organ.objects.none(),
        label=_("co-hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty for the government office: it chooses host and co-hosts itself."),
    )
    on = day_field(_("handed over on"), help_text=_("The day of the hand-over; the reply term runs from it."))
    meeting = MeetingField(
        Meeting.objects.none(),
        label=_("at the hand-over meeting"),
        required=False,
        help_text=_("The day above is then the meeting's."),
    )
    slip_no = forms.CharField(
        label=_("number of the slip"), max_length=40, required=False, help_text=_("Leave empty for the next number.")
    )
    requirements = words_field(_("requirements"), 3, required=False)

    def prepare(self) -> None:
        """Most go through the government office."""
        organs = receiving_organs()
        self.offer("to", organs)
        self.offer("co_hosts", organs)
        offices = organs.filter(kind=Organ.Kind.GOVERNMENT_OFFICE)
        self.propose(to=next((office for office in offices if forwards_suggestions(office)), None))
        self._offer_meetings()

    def _offer_meetings(self) -> None:
        """Those being recorded that take this suggestion; where there is none, do not ask."""
        meetings = Meeting.objects.taking_hand_overs()
        meetings = meetings if self.subject.is_key else meetings.filter(key_only=False)
        if not meetings.exists():
            del self.fields["meeting"]
            return
        self.offer("meeting", meetings)
        todays = meetings.filter(held_on=clock.today()).first()
        if todays is not None:
            self.propose(meeting=todays.pk)


class AllotForm(ActForm):
    """Host and co-hosts, chosen by the government office."""

    host = forms.ModelChoiceField(Organ.objects.none(), label=_("host"))
    co_hosts = forms.ModelMultipleChoiceField(
        Organ.objects.none(), label=_("co-hosts"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Every organ that exists."""
        for name in self.fields:
            self.offer(name, receiving_organs())


class CorrectForm(ActForm):
    """What was entered wrongly, and why it is changed."""

    title = forms.CharField(label=_("title"), max_length=120)
    field = forms.ModelChoiceField(SubjectField.objects.all(), label=_("subject field"))
    publicity = forms.ChoiceField(label=_("publicity"), choices=Suggestion.Publicity.choices)
    reason = forms.CharField(label=_("reason"), max_length=200)

    def prepare(self) -> None:
        """As it stands; the class comes with the number."""
        case = self.subject
        self.propose(title=case.title, field=case.field_id, publicity=case.publicity)
        if case.field_id is None:
            del self.fields["field"]


class WithdrawForm(ActForm):
    """The lead deputy's letter."""

    on = day_field(_("date of the letter"))
    letter = UploadField(label=_("letter of withdrawal"), help_text=_("Scan or photo of the signed letter"))


def receiving_organs() -> QuerySet:
    """Organs of the county that exist today; the government office first, because most go through it."""
    return Organ.objects.existing(clock.today()).exclude(kind=Organ.Kind.HIGHER_LEVEL)
