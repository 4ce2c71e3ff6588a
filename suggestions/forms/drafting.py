"""What is asked of a deputy who drafts a suggestion, of whoever writes it for them, and of who signs along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.forms.visits import ClientIdMixin
from files.forms import UploadField
from stations.forms import DeputiesField, DeputyField
from stations.models import Level, Mandate
from suggestions.models import Suggestion
from suggestions.policies import drafting as policies
from workflow import clock
from workflow.forms import ActForm, words_field

_PICTURES = (".jpg", ".png", ".pdf")
_HEARD = [(how.value, how.label) for how in (How.TELEPHONE, How.PAPER)]
#: What is collected from a deliberation is not typed here.
_ORIGINS = [pair for pair in Suggestion.Origin.choices if pair[0] != Suggestion.Origin.DELIBERATION]


class DraftWords(forms.Form):
    """The sheet's own fields in plain questions; a photo of the handwriting may stand for the text."""

    title = forms.CharField(label=_("title"), max_length=120, help_text=_("For example 关于……的建议"))
    facts = words_field(
        _("What is the matter?"),
        6,
        required=False,
        help_text=_("One matter only. You can speak: tap the microphone of the keyboard."),
    )
    demand = words_field(_("What should be done?"), 4, required=False)
    sheet = UploadField(
        label=_("photo of the handwritten sheet"),
        required=False,
        endings=_PICTURES,
        help_text=_("With a photo the text may stay empty; the station types it."),
    )
    publicity = forms.ChoiceField(
        label=_("May it be made public?"),
        choices=Suggestion.Publicity.choices,
        initial=Suggestion.Publicity.FULL,
        widget=forms.RadioSelect,
    )


class NewDraftForm(ClientIdMixin, DraftWords):
    """A new draft: who leads it is asked in one of two ways."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = dict(self.cleaned_data)
        return {"key": data.pop("client_id"), **data}


class OwnDraftForm(NewDraftForm):
    """A deputy's own. Who leads is asked only of a deputy who cannot lead it: a county deputy of the same station."""

    lead = forms.ModelChoiceField(Mandate.objects.none(), label=_("lead deputy"), empty_label=None)
    field_order = ("title", "facts", "demand", "sheet", "publicity", "lead")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.own = policies.own_leads(actor).first()
        if self.own is not None:
            del self.fields["lead"]
            return
        choice: Any = self.fields["lead"]
        choice.queryset = policies.leads_nearby(actor)
        choice.help_text = _("A county suggestion is led by a county deputy; it stays your point, and you follow it.")

    def told(self) -> dict[str, Any]:
        """With the only mandate that can lead it, or with one's own point under another's lead."""
        if self.own is not None:
            return {**super().told(), "lead": self.own}
        lead = self.cleaned_data["lead"]
        points = policies.own_points(self.actor)
        return {**super().told(), "raised_by": points.filter(station=lead.station_id).first() or points.first()}


class BehalfDraftForm(NewDraftForm):
    """Written for a deputy, from the sheet or after a call."""

    lead = DeputyField(
        label=_("lead deputy"),
        max_length=40,
        help_text=_("A county deputy: name, certificate number or pinyin initials"),
        widget=forms.TextInput({"autofocus": True}),
    )
    raised_by = DeputyField(
        label=_("raised by"),
        max_length=40,
        required=False,
        help_text=_("Only where it is another's point, as a township deputy's"),
    )
    how = forms.ChoiceField(label=_("how it came"), choices=_HEARD[::-1])
    origin = forms.ChoiceField(label=_("origin"), choices=_ORIGINS, initial=Suggestion.Origin.BETWEEN)
    field_order = ("lead", "raised_by", "how", "title", "sheet", "facts", "demand", "origin", "publicity")


class EditDraftForm(DraftWords, ActForm):
    """The same as it stands; whoever writes for others may put the lead right."""

    lead = DeputyField(label=_("another lead deputy"), max_length=40, required=False)
    field_order = ("title", "facts", "demand", "sheet", "publicity", "lead")

    def prepare(self) -> None:
        """As it stands."""
        case = self.subject
        self.propose(title=case.title, facts=case.facts, demand=case.demand, publicity=case.publicity)
        if case.sheet_id:
            self.fields["sheet"].help_text = _("Is there; choose a file only to replace it.")
        if case.status != Suggestion.Status.DRAFT or not policies.can_change_lead(self.actor, case):
            del self.fields["lead"]
        else:
            self.fields["lead"].help_text = _("Leave empty to keep %(name)s.") % {"name": case.lead.person.name}


class HeardForm(ActForm):
    """A deputy only presses the button; who records it for a deputy says how it came."""

    how = forms.ChoiceField(label=_("how the deputy let you know"), choices=_HEARD)

    def prepare(self) -> None:
        """Nothing to choose for who speaks for themselves, nor for the standing committee."""
        if self._speaks():
            del self.fields["how"]

    def _speaks(self) -> bool:
        return policies.is_lead(self.actor, self.subject) or policies.is_of_committee(self.subject)


class AnswerForm(HeardForm):
    """The same for who is asked to sign along."""

    def _speaks(self) -> bool:
        return policies.is_asked(self.actor, self.subject)


class InviteForm(ActForm):
    """The county deputies of the lead's station to tick, and others by name."""

    nearby = forms.ModelMultipleChoiceField(
        Mandate.objects.none(),
        label=_("deputies of the same station"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = DeputiesField(
        label=_("other deputies"),
        max_length=2000,
        required=False,
        help_text=_("Name, certificate number or pinyin initials, separated by 、 or blanks"),
    )

    def prepare(self) -> None:
        """Whoever could sign and was not asked yet; where there is nobody, do not ask."""
        case = self.subject
        asked = case.cosignatures.values("mandate")
        rows = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).filter(station=case.lead.station_id)
        rows = rows.exclude(pk__in=asked).exclude(person=case.lead.person_id).exclude(station=None)
        self.offer("nearby", rows.select_related("person").order_by("person__pinyin", "pk"))
        if not rows.exists():
            del self.fields["nearby"]

    def told(self) -> dict[str, Any]:
        """Each once, however named."""
        named = [*self.cleaned_data.get("nearby", ()), *self.cleaned_data["others"]]
        return {"deputies": list({mandate.pk: mandate for mandate in named}.values())}
