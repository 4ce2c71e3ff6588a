"""What is asked of a deputy (three things), of the liaison who completes it, and of whoever tells the voter."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.models import How, Person
from deliberations.forms.visit_parts import PartsPart, materials_for, reception_days_of
from deliberations.models import Cycle, Material, Opinion, SubjectField, Telling, Topic, Visit, Voter
from deliberations.proper_ways import CHOICES as PROPER_WAYS
from deliberations.proper_ways import reason_of
from deliberations.transitions.visit_facts import OpinionFacts, VisitFacts, VoterFacts
from stations.forms import DeputiesField
from stations.models import ReceptionDay, Station
from workflow.forms import ActForm, words_field

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
WANTED = [("yes", _("Yes, please")), ("no", _("No need"))]
#: How a telephone number may be typed.
PHONE = RegexValidator(r"^\+?[\d\s()-]{5,20}$", _("A telephone number has digits only."))
#: States of a cycle in which its topics are carried along.
_CARRYING = (Cycle.Status.MOBILISING, Cycle.Status.VISITING, Cycle.Status.DELIBERATING)


def yes_no_field(label: Any, choices: Any = _YES_NO, **options: Any) -> forms.TypedChoiceField:
    """Two big buttons to choose from; cleans to True or False."""
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **options
    )


class ClientIdMixin(forms.Form):
    """The form's own id: the same form sent twice makes one record."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def again(self) -> None:
        """Keep what was typed under a new id, for a page that was sent before with other words."""
        self.data = {**self.data.dict(), "client_id": str(uuid4())}  # type: ignore[attr-defined]


class OpinionPart(forms.Form):
    """Which way the opinion takes, and who said it."""

    wish = words_field(_("what the voter wishes"), 2, required=False)
    field = forms.ModelChoiceField(SubjectField.objects.all(), label=_("field of the matter"))
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("topic"), required=False)
    on_the_spot_answer = words_field(_("answer on the spot"), 2, required=False)
    route = forms.ChoiceField(label=_("route"), choices=[("", ""), *Opinion.Route.choices])
    proper_way = forms.ChoiceField(
        label=_("who is responsible instead"),
        choices=[("", ""), *PROPER_WAYS],
        required=False,
        help_text=_("Only if it is not accepted: says why and where it goes, unless you write it yourself."),
    )
    route_reason = forms.CharField(label=_("why it is not accepted"), max_length=200, required=False)
    tell_wish = yes_no_field(_("the voter wants an answer"), WANTED)
    confidential = forms.BooleanField(label=_("confidential at the voter's wish"), required=False)
    recorder_view = words_field(_("recorder's own view"), 2, required=False)
    about = forms.ModelChoiceField(Material.objects.none(), label=_("about the document"), required=False)
    responsible = forms.CharField(label=_("who sees to it"), max_length=80, required=False)
    name = forms.CharField(label=_("voter's name"), max_length=40, required=False)
    phone = forms.CharField(label=_("voter's phone"), max_length=20, required=False, validators=[PHONE])
    village = forms.CharField(label=_("village or community"), max_length=40, required=False)
    category = forms.ChoiceField(label=_("kind of voter"), choices=[("", ""), *Voter.Category.choices], required=False)
    sex = forms.ChoiceField(label=_("sex"), choices=[("", ""), *Person.Sex.choices], required=False)

    def opinion_facts(self) -> OpinionFacts:
        """As the verbs take them."""
        names = OpinionFacts.__dataclass_fields__.keys() & self.cleaned_data.keys()
        told = {name: self.cleaned_data[name] for name in names}
        if told["route"] == Opinion.Route.REFUSED and not told["route_reason"]:
            told["route_reason"] = reason_of(self.cleaned_data["proper_way"])
        return OpinionFacts(**told)

    def offer_documents(self, opinion: Opinion | None = None) -> None:
        """Key documents on which opinions are asked (R46); where there is none, do not ask."""
        papers = materials_for([opinion.about] if opinion else (), is_key=True)
        if papers:
            self.fields["about"].queryset = papers  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def voter_facts(self) -> VoterFacts:
        """As the verbs take them."""
        return VoterFacts(**{name: self.cleaned_data[name] for name in VoterFacts.__dataclass_fields__})

    def show_opinion(self, opinion: Opinion) -> None:
        """As it stands; name and number are never sent to the page, an empty field leaves them."""
        self.offer_documents(opinion)
        for name in OpinionFacts.__dataclass_fields__:
            self.initial.setdefault(name, getattr(opinion, name))
        self.initial["tell_wish"] = "yes" if opinion.tell_wish else "no"
        if opinion.voter is None:
            return
        for name in ("village", "category", "sex"):
            self.initial.setdefault(name, getattr(opinion.voter, name))
        for name, sealed in (("name", opinion.voter.name_sealed), ("phone", opinion.voter.phone_sealed)):
            if sealed:
                self.fields[name].help_text = _("Is there and stays hidden; type only to replace it.")


class VisitPart(forms.Form):
    """When and where, what was carried along, who came along."""

    #: A voters' meeting is recorded on a page of its own.
    kind = forms.ChoiceField(
        label=_("kind of visit"), choices=[pair for pair in Visit.Kind.choices if pair[0] != Visit.Kind.VOTER_MEETING]
    )
    on = day_field(_("date"))
    time = forms.TimeField(label=_("hour"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("place"), max_length=80)
    companions = forms.CharField(
        label=_("who came along"), max_length=120, required=False, help_text=_("Leaders and staff")
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("topics carried along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    policies_conveyed = words_field(_("policies conveyed"), 2, required=False)
    reception_day = forms.ModelChoiceField(ReceptionDay.objects.none(), label=_("reception day"), required=False)
    #: Columns that this form does not ask for stay as they are.
    kept: Mapping[str, Any] = {}

    def visit_facts(self, **fixed: Any) -> VisitFacts:
        """As the verbs take them."""
        names = VisitFacts.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return VisitFacts(**{**self.kept, **{name: self.cleaned_data[name] for name in names}, **fixed})

    def show_visit(self, visit: Visit) -> None:
        """As it stands."""
        self.kept = {name: getattr(visit, name) for name in VisitFacts.__dataclass_fields__}
        for name, value in self.kept.items():
            self.initial.setdefault(name, value)
        self.offer_receptions(visit.station, visit.reception_day)
        if visit.kind == Visit.Kind.VOTER_MEETING or visit.is_message:
            del self.fields["kind"]
        self.initial.setdefault("topics", [topic.pk for topic in visit.topics.all()])

    def offer_receptions(self, station: Station | None, kept: ReceptionDay | None = None) -> None:
        """Offer the station's reception days; where there is none, do not ask."""
        days = reception_days_of(station, kept)
        if days:
            self.fields["reception_day"].queryset = days  # type: ignore[attr-defined]
        else:
            del self.fields["reception_day"]

    def offer_topics(self, topics: Any) -> None:
        """Offer what may be carried along; where there is nothing, do not ask."""
        hidden = {"topics": forms.MultipleHiddenInput, "topic": forms.HiddenInput}
        for name in hidden.keys() & self.fields.keys():
            self.fields[name].queryset = topics  # type: ignore[attr-defined]
            if not topics:
                self.fields[name].widget = hidden[name]()


def topics_for(station: Station | None, kept: Any = ()) -> Any:
    """Selected topics of running cycles in which the station takes part, and those that stand there already."""
    carried = Q(status=Topic.Status.SELECTED, cycle__status__in=_CARRYING)
    if station is not None:
        carried &= Q(cycle__stations__station=station)
    return Topic.objects.filter(carried | Q(pk__in=[topic.pk for topic in kept])).distinct().order_by("pk")


class WholeForm(OpinionPart, VisitPart, ActForm):
    """Visit and opinion on one page."""

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {
            "visit": self.visit_facts(),
            "topics": list(self.cleaned_data["topics"]),
            "opinion": self.opinion_facts(),
            "voter": self.voter_facts(),
        }


class CompleteForm(PartsPart, WholeForm):
    """All that a record needs beside the words, which stay the deputy's; what was only recorded is typed."""

    words = words_field(
        _("in the voter's own words"), 4, help_text=_("From the photo or the recording, word for word.")
    )
    field_order = ("words", "kind", "on", "time", "place", "further", "leaders", "companions")

    def prepare(self) -> None:
        """What the deputy noted, and the station's topics."""
        opinion = self.subject.opinions.select_related("voter", "about").get()
        if not opinion.to_be_typed:
            del self.fields["words"]
        self.show_visit(self.subject)
        self.show_opinion(opinion)
        self.offer_topics(topics_for(self.subject.station, self.subject.topics.all()))
        self.offer_parts(self.subject.station, self.subject)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {**super().told(), "words": self.cleaned_data.get("words", ""), "parts": self.parts()}


class CorrectForm(WholeForm):
    """The same with the words, for one opinion."""

    words = words_field(_("in the voter's own words"), 4)
    field_order = ("words",)

    def prepare(self) -> None:
        """As it stands."""
        visit = self.subject.visit
        self.initial.setdefault("words", self.subject.words)
        self.show_visit(visit)
        self.show_opinion(self.subject)
        self.offer_topics(topics_for(visit.station, visit.topics.all()))

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {"words": self.cleaned_data["words"], **super().told()}


class RewordForm(ActForm):
    """What a deputy puts right: the words and the wish, in large type."""

    words = words_field(_("What did they say?"), 6)
    wish = words_field(_("what the voter wishes"), 3, required=False)

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {"words": self.subject.words, "wish": self.subject.wish, **self.initial}


class AddOpinionForm(OpinionPart, ActForm):
    """A further matter or voter of the same visit."""

    words = words_field(_("in the voter's own words"), 4)
    again = forms.BooleanField(label=_("then add another"), required=False)
    field_order = ("words",)

    def prepare(self) -> None:
        """Topics that were carried along."""
        topics = self.subject.topics.all()
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topic"]
        self.offer_documents()
        self.initial.setdefault("tell_wish", "yes")

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        self.cleaned_data.setdefault("topic", None)
        return {"words": self.cleaned_data["words"], "opinion": self.opinion_facts(), "voter": self.voter_facts()}


class RecordForm(PartsPart, OpinionPart, VisitPart, ClientIdMixin):
    """A whole visit, written for the deputy who went; the first named is its author."""

    deputies = DeputiesField(
        label=_("deputies who went"),
        max_length=400,
        help_text=_("Name, certificate number or pinyin initials; the one who wrote it down first."),
        widget=forms.TextInput({"autofocus": True}),
    )
    how = forms.ChoiceField(
        label=_("how it came"), choices=[(how.value, how.label) for how in (How.PAPER, How.TELEPHONE)]
    )
    words = words_field(_("in the voter's own words"), 4, help_text=_("As it stands on the paper, word for word."))
    field_order = ("deputies", "how", "kind", "on", "time", "place", "words")

    def __init__(self, *args: Any, station: Station | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tell_wish", "yes")
        del self.fields["further"]
        self.offer_topics(topics_for(station))
        self.offer_receptions(station)
        self.offer_documents()
        self.offer_parts(station)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("client_id", "how", "deputies", "words")},
            "visit": self.visit_facts(),
            "topics": list(data["topics"]),
            "opinion": self.opinion_facts(),
            "voter": self.voter_facts(),
            "parts": self.parts(),
        }


class ConfirmForm(ActForm):
    """How the deputy said so, whom somebody else records it for."""

    how = forms.ChoiceField(
        label=_("how the deputy confirmed it"),
        choices=[(how.value, how.label) for how in (How.TELEPHONE, How.PAPER)],
    )


class TellForm(ActForm):
    """When, how and what the voter was told, and whether that was the last word."""

    on = day_field(_("date"))
    how = forms.ChoiceField(label=_("how"), choices=Telling.How.choices)
    reached = yes_no_field(_("Was the voter reached?"), initial="yes")
    text = words_field(_("what was said"), 4, required=False)
    final = yes_no_field(
        _("Is that the last word?"),
        initial="yes",
        help_text=_("Yes when the matter has ended for the voter, or nobody can be reached for good."),
    )

    def prepare(self) -> None:
        """Who wrote by the public page reads these words there."""
        if self.subject.track_digest:
            self.fields["text"].help_text = _(
                "The voter reads this, word for word, with the code. No names, no numbers."
            )


class RevealForm(ActForm):
    """Why somebody of the committee needs the name; a station and a visiting deputy need not say."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("It stands in the record, with your name and the time.")
    )
