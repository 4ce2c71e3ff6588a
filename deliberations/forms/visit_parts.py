"""What is asked of a visit beside its columns: who else went, leaders, papers, what was told, who came."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Post, Role
from deliberations.models import ConveyedMatter, LeaderContact, Material, Visit, VoterCategory
from deliberations.transitions.visit_parts import Conveyed, Parts, parts_of
from stations.forms import DeputiesField
from stations.models import ReceptionDay, Station
from workflow import clock

#: How long ago a reception day may lie to be chosen.
RECENT = timedelta(days=400)
_LEADING = (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON)
_GUESTS = {f"guests_{kind.value.lower()}": kind for kind in VoterCategory}
_TOLD = {kind: (f"told_{kind.value.lower()}", f"paper_{kind.value.lower()}") for kind in ConveyedMatter.Kind}


class PartsPart(forms.Form):
    """Leaders, further deputies, what was told of the four kinds, papers handed out."""

    further = DeputiesField(
        label=_("further deputies"),
        max_length=400,
        required=False,
        help_text=_("Beside the one who noted it: name, certificate number or pinyin initials."),
    )
    leaders = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("leaders"), required=False, widget=forms.CheckboxSelectMultiple
    )
    materials = forms.ModelMultipleChoiceField(
        Material.objects.none(), label=_("materials handed out"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer_parts(self, station: Station | None, visit: Visit | None = None) -> None:
        """Offer what there is, as it stands; where there is nothing to choose from, do not ask."""
        before = parts_of(visit) if visit is not None else Parts()
        self._choose("leaders", leaders_for(station, before.leaders), before.leaders)
        papers = materials_for(before.materials)
        self._choose("materials", papers, before.materials)
        self.initial.setdefault("further", "、".join(row.certificate_no or row.person.name for row in before.further))
        told = {row.kind: row for row in before.conveyed}
        for kind, (words, paper) in _TOLD.items():
            row = told.get(kind)
            label = _("told: %(what)s") % {"what": kind.label}
            self.fields[words] = forms.CharField(
                label=label, max_length=200, required=False, initial=row.text if row else ""
            )
            if papers:
                self.fields[paper] = forms.ModelChoiceField(
                    papers, label=_("by which paper"), required=False, initial=row.material if row else None
                )

    def ask_for_guests(self, visit: Visit | None = None) -> None:
        """How many of each of the five kinds of invitees came."""
        there = {row.category: row.number for row in visit.guests.all()} if visit is not None else {}
        for name, kind in _GUESTS.items():
            self.fields[name] = forms.IntegerField(
                label=_("came: %(what)s") % {"what": kind.label},
                min_value=0,
                max_value=999,
                required=False,
                initial=there.get(kind),
            )

    def parts(self) -> Parts:
        """As the verbs take them."""
        data = self.cleaned_data
        told = [Conveyed(kind.value, data.get(words) or "", data.get(paper)) for kind, (words, paper) in _TOLD.items()]
        return Parts(
            further=data.get("further") or [],
            leaders=list(data.get("leaders") or []),
            materials=list(data.get("materials") or []),
            conveyed=[row for row in told if row.text or row.material],
            guests={kind.value: data[name] for name, kind in _GUESTS.items() if data.get(name)},
        )

    def _choose(self, name: str, rows: Any, before: Any) -> None:
        if not rows:
            del self.fields[name]
            return
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.initial.setdefault(name, [row.pk for row in before])


def leaders_for(station: Station | None, kept: Any = ()) -> Any:
    """The chairpersons of the standing committee, whose contact station it is, and who stands there already."""
    leading = Post.objects.current(clock.today()).filter(role__in=_LEADING).values("user__person")
    found = Q(pk__in=leading) | Q(pk__in=[person.pk for person in kept])
    if station is not None:
        found |= Q(pk__in=LeaderContact.objects.filter(station=station).values("person"))
    return Person.objects.filter(found).order_by("pinyin", "pk")


def materials_for(kept: Any = (), **which: Any) -> Any:
    """Papers in use, and those that stand there already."""
    current = Material.objects.current().filter(**which)
    return Material.objects.filter(Q(pk__in=current) | Q(pk__in=[paper.pk for paper in kept if paper]))


def reception_days_of(station: Station | None, kept: ReceptionDay | None = None) -> Any:
    """On which day of the station it may have been said."""
    if station is None:
        return ReceptionDay.objects.none()
    today = clock.today()
    recent = Q(station=station, on__lte=today, on__gte=today - RECENT) & ~Q(status=ReceptionDay.Status.CANCELLED)
    return ReceptionDay.objects.filter(recent | Q(pk=kept.pk if kept else None)).order_by("-on", "-starts_at")
