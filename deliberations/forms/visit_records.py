"""What is asked of whoever keeps the record of visits: facts put right, voters' meetings, papers, erasure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberations.forms.visit_parts import PartsPart
from deliberations.forms.visits import PHONE, ClientIdMixin, VisitPart, topics_for
from deliberations.models import Visit, VisitFile
from files.forms import UploadsField
from stations.forms import DeputiesField
from stations.models import Station
from workflow.forms import ActForm, words_field


class MeetingFields(forms.Form):
    """Who chaired a voters' meeting and who wrote it down."""

    chair = forms.CharField(label=_("chaired by"), max_length=40)
    recorder = forms.CharField(label=_("recorder"), max_length=40)


class CorrectVisitForm(VisitPart, PartsPart, MeetingFields, ActForm):
    """What a visit is told of beside its opinions, as it stands."""

    def prepare(self) -> None:
        """Of a meeting also who chaired it and who came."""
        visit = self.subject
        self.show_visit(visit)
        self.offer_topics(topics_for(visit.station, visit.topics.all()))
        self.offer_parts(visit.station, visit)
        if visit.kind == Visit.Kind.VOTER_MEETING:
            self.ask_for_guests(visit)
        else:
            del self.fields["chair"], self.fields["recorder"]

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {"visit": self.visit_facts(), "topics": list(self.cleaned_data["topics"]), "parts": self.parts()}


class VotersMeetingForm(VisitPart, PartsPart, MeetingFields, ClientIdMixin):
    """A voters' meeting (F13): when and where, who chaired, which deputies, how many of each kind of invitee."""

    deputies = DeputiesField(
        label=_("deputies who were there"),
        max_length=400,
        help_text=_("Name, certificate number or pinyin initials, parted by commas."),
    )
    field_order = ("deputies", "on", "time", "place", "chair", "recorder", "companions")

    def __init__(self, *args: Any, station: Station | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"], self.fields["further"]
        self.offer_topics(topics_for(station))
        self.offer_receptions(None)
        self.offer_parts(station)
        self.ask_for_guests()
        self.order_fields(self.field_order)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {
            "client_id": data["client_id"],
            "deputies": data["deputies"],
            "visit": self.visit_facts(kind=Visit.Kind.VOTER_MEETING),
            "topics": list(data["topics"]),
            "parts": self.parts(),
        }


class PapersForm(ActForm):
    """Photos of the visit, sheets of paper, the sign-in sheet."""

    kind = forms.ChoiceField(
        label=_("what it is"),
        choices=[(kind.value, kind.label) for kind in VisitFile.Kind if kind != VisitFile.Kind.RECORDING],
    )
    uploads = UploadsField(
        label=_("files"),
        endings=(".jpg", ".jpeg", ".png", ".pdf"),
        help_text=_("Photos are kept smaller and without the place where they were taken. Each at most 10 MB."),
    )

    def prepare(self) -> None:
        """Several may be chosen."""
        self.initial.setdefault("kind", VisitFile.Kind.PHOTO)


class EraseForm(ActForm):
    """Why name and number are erased; who asked is not written down."""

    reason = words_field(
        _("reason"), 2, max_length=200, help_text=_("For example: at the voter's wish. No name and no number here.")
    )

    def prepare(self) -> None:
        """What is asked most."""
        self.propose(reason=_("at the voter's wish"))


class SearchVoterForm(forms.Form):
    """The telephone number by which the voter is found."""

    phone = forms.CharField(label=_("voter's phone"), max_length=20, validators=[PHONE])


class EraseVoterForm(SearchVoterForm):
    """The number once more, and why; it is erased wherever it stands."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("For example: at the voter's wish. No name and no number here.")
    )
