"""What is asked for an electoral district and for a deputy who is entered or corrected by hand."""

from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.models import Person
from accounts.transitions.people import PersonFacts
from files.workbooks.cells import as_names
from stations.forms import one_deputy
from stations.models import Delegation, ElectoralDistrict, Level, Mandate, Station, Term, Township
from stations.transitions.entering import Elected
from workflow import clock
from workflow.forms import ActForm
from workflow.text import number

#: Congresses above the township; each has one term at a time.
_ABOVE = [choice for choice in Level.choices if choice[0] != Level.TOWNSHIP]


class OfCongress(forms.ModelChoiceField):
    """A row of one congress, named with it: townships call their districts and groups the same."""

    def label_from_instance(self, obj: Any) -> str:
        """The row, and where it is."""
        return f"{obj} ({obj.term.township or obj.term.get_level_display()})"


class CongressField(forms.ChoiceField):
    """Of which congress: one of the levels above, or a township; cleans to level and township."""

    def offer(self) -> None:
        """The congresses there are; a sub-district has none."""
        towns = Township.objects.exclude(kind=Township.Kind.SUB_DISTRICT)
        self.choices = [*_ABOVE, *((str(town.pk), town.name) for town in towns)]

    def clean(self, value: Any) -> tuple[str, Township | None]:
        """Raises ValidationError for what is not offered."""
        chosen = super().clean(value)
        key = number(chosen)
        return (chosen, None) if key is None else (Level.TOWNSHIP.value, Township.objects.get(pk=key))


class DistrictForm(ActForm):
    """A district's own columns."""

    number = forms.IntegerField(label=_("number of the district"), min_value=1, max_value=999)
    name = forms.CharField(label=_("name"), max_length=60)
    township = forms.ModelChoiceField(
        Township.objects.all(),
        label=_("Township"),
        required=False,
        help_text=_("Where the district lies; empty when it lies in several or in none."),
    )
    seats = forms.IntegerField(label=_("seats"), min_value=1, max_value=9)

    def prepare(self) -> None:
        """As it stands."""
        if self.subject is not None:
            self.propose(**{name: getattr(self.subject, name) for name in ("number", "name", "township", "seats")})


class NewDistrictForm(DistrictForm):
    """The same, with the congress it belongs to."""

    term = forms.ModelChoiceField(Term.objects.none(), label=_("congress"), empty_label=None)
    field_order = ("term", "number", "name", "township", "seats")

    def prepare(self) -> None:
        """Congresses whose deputies voters elect themselves: of the county and of the townships."""
        current = Term.objects.filter(is_current=True, level__in=[Level.COUNTY, Level.TOWNSHIP])
        self.offer("term", current.select_related("township").order_by("level", "township__pinyin", "pk"))
        self.fields["term"].label_from_instance = attrgetter("congress")  # type: ignore[attr-defined]


class PutToDistrictForm(ActForm):
    """Which deputies were elected in the district."""

    mandates = forms.CharField(
        label=_("deputies"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Names or certificate numbers, parted by 、 or lines"),
    )

    def clean_mandates(self) -> list[Mandate]:
        """Raises ValidationError for the first name that is not one deputy of this congress."""
        among = Mandate.objects.in_office(clock.today()).filter(term=self.subject.term_id)
        return [one_deputy(name, among) for name in as_names(self.cleaned_data["mandates"])]


class _ElectedForm(ActForm):
    """What is known of a mandate."""

    name = forms.CharField(label=_("full name"), max_length=40)
    phone = forms.CharField(
        label=_("phone"), max_length=20, required=False, help_text=_("Only the committee and the station see it.")
    )
    certificate_no = forms.CharField(label=_("deputy certificate number"), max_length=20)
    delegation = OfCongress(Delegation.objects.none(), label=_("Delegation"), required=False)
    district = OfCongress(ElectoralDistrict.objects.none(), label=_("electoral district"), required=False)
    by_election = forms.BooleanField(label=_("elected in a by-election"), required=False)
    started_on = day_field(_("In office since"), required=False, initial=None)
    employer_post = forms.CharField(label=_("employer and post"), max_length=80, required=False)

    def clean_name(self) -> str:
        """Without the blanks that pad it."""
        return "".join(self.cleaned_data["name"].split())

    def clean_certificate_no(self) -> str:
        """Without blanks."""
        return "".join(self.cleaned_data["certificate_no"].split())

    def _elected(self) -> Elected:
        names = ("certificate_no", "delegation", "district", "employer_post", "started_on", "by_election")
        return Elected(**{name: self.cleaned_data[name] for name in names})


class EnterDeputyForm(_ElectedForm):
    """A deputy of any level, elected in between; the seat comes from a district that has one vacant."""

    congress = CongressField(label=_("congress"))
    sex = forms.ChoiceField(label=_("sex"), choices=[("", "—"), *Person.Sex.choices], required=False)
    station = forms.ModelChoiceField(Station.objects.filter(status=Station.Status.ACTIVE), label=_("station"))
    field_order = ("congress", "name", "sex", "phone", "certificate_no", "district", "by_election", "started_on")

    def prepare(self) -> None:
        """Districts with a vacant seat; ``subject`` is the one whose vacancy is to be filled, if any."""
        self.fields["congress"].offer()  # type: ignore[attr-defined]
        delegations = Delegation.objects.filter(term__is_current=True).select_related("term__township")
        self.offer("delegation", delegations)
        vacant = ElectoralDistrict.objects.with_seats(clock.today()).filter(term__is_current=True, vacant__gt=0)
        self.offer("district", vacant.select_related("term__township"))
        self.fields["district"].help_text = _("Only districts with a vacant seat stand here.")
        if self.subject is not None:
            term = self.subject.term
            self.propose(congress=str(term.township_id or term.level), district=self.subject, by_election=True)

    def told(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        level, township = data["congress"]
        person = PersonFacts(data["name"], data["phone"].strip(), data["sex"])
        told = {"level": level, "township": township, "station": data["station"]}
        return {**told, "person": person, "facts": self._elected()}


class CorrectMandateForm(_ElectedForm):
    """The entry of a deputy; the station is changed by an act of its own."""

    def prepare(self) -> None:
        """As it stands, with delegations and districts of the same congress."""
        term = self.subject.term_id
        self.offer("delegation", Delegation.objects.filter(term=term).select_related("term__township"))
        self.offer("district", ElectoralDistrict.objects.filter(term=term).select_related("term__township"))
        person = self.subject.person
        self.propose(name=person.name, phone=person.phone)
        for name in ("certificate_no", "delegation", "district", "by_election", "started_on", "employer_post"):
            self.initial[name] = getattr(self.subject, name)

    def told(self) -> dict[str, Any]:
        """What the verb takes."""
        person = PersonFacts(self.cleaned_data["name"], self.cleaned_data["phone"].strip())
        return {"person": person, "facts": self._elected()}
