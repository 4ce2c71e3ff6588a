"""What is asked for the plan of a cycle: its words, its steps, the grouping table, who approved it, which one to copy."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day
from accounts.models import Organ, OrganName, Person
from deliberations.forms.papers import PaperForm
from deliberations.models import Cycle, CycleStation, CycleStep, Resolution
from deliberations.transitions.planning import APPROVING, GroupRow, StationRow, leaders_of_today
from workflow.forms import ActForm, words_field
from workflow.text import key

#: Rows for groups that are empty yet, beyond those that are there; and how many there are at least.
SPARE, LEAST = 2, 4
_BETWEEN = re.compile(r"[、,，;；\n]+")


class PlanWordsForm(ActForm):
    """What the plan is for and what it asks of those who take part."""

    purpose = words_field(_("guiding thought and purpose"), 6, required=False)
    requirements = words_field(
        _("what the plan asks"), 8, required=False, help_text=_("One paragraph each; the plan numbers them.")
    )

    def prepare(self) -> None:
        """As it stands."""
        self.propose(purpose=self.subject.purpose, requirements=self.subject.requirements)


class StepsForm(ActForm):
    """First and last day of each step; both or neither."""

    def prepare(self) -> None:
        """Two days a step, as they stand."""
        planned = {row.step: row for row in self.subject.steps.all()}
        for step in CycleStep.Step:
            first = forms.DateField(label=_("%(step)s: from") % {"step": step.label}, widget=Day(), required=False)
            last = forms.DateField(label=_("%(step)s: to") % {"step": step.label}, widget=Day(), required=False)
            self.fields[step.value], self.fields[f"{step}_to"] = first, last
            if row := planned.get(step.value):
                self.propose(**{step.value: row.starts_on, f"{step}_to": row.ends_on})

    def clean(self) -> dict[str, Any]:
        """A step with one day alone is half a plan."""
        told = super().clean() or self.cleaned_data
        for step in CycleStep.Step:
            first, last = told.get(step.value), told.get(f"{step}_to")
            if (first is None) != (last is None) and not {step.value, f"{step}_to"} & set(self.errors):
                self.add_error(f"{step}_to" if last is None else step.value, _("Enter both days, or none."))
        return told

    def told(self) -> dict[str, Any]:
        """The days by step."""
        said = self.cleaned_data
        return {"days": {step.value: (said[step], said[f"{step}_to"]) for step in CycleStep.Step if said[step]}}


class ApprovalForm(PaperForm):
    """Which body approved the plan, and its paper."""

    body = forms.ChoiceField(label=_("approved by"), widget=forms.RadioSelect)
    field_order = ("body", "number", "on", "scan")

    def prepare(self) -> None:
        """Those who have not yet."""
        there = set(self.subject.approvals.values_list("body", flat=True))
        left = [(body.value, body.label) for body in APPROVING if body not in there]
        self.fields["body"].choices = left  # type: ignore[attr-defined]
        self.fields["number"].help_text = _("Number of the minutes or of the answer to the request")


class DropApprovalForm(ActForm):
    """Which approval was recorded by mistake, and why."""

    approval = forms.ModelChoiceField(
        Resolution.objects.none(), label=_("approval"), widget=forms.RadioSelect, empty_label=None
    )
    reason = words_field(_("reason"), 3, max_length=500)

    def prepare(self) -> None:
        """Those that are recorded."""
        self.offer("approval", self.subject.approvals.all())


class CopyForm(forms.Form):
    """The title of the new cycle and the day of its first meeting, by which all other days are moved."""

    title = forms.CharField(label=_("title"), max_length=80)
    first_meeting_on = forms.DateField(label=_("first deliberation meeting"), widget=Day())


class ArrangeForm(ActForm):
    """The grouping table on one page: a row for each group, then a row for each station."""

    def prepare(self) -> None:
        """As many rows as there are groups and some more, and every station of the cycle."""
        self.cycle: Cycle = self.subject
        self.present = list(self.cycle.groups.select_related("leader").prefetch_related("organs"))
        self.rows: list[CycleStation] = list(self.cycle.stations.select_related("station").order_by("station__code"))
        contacts = self._contacts()
        self.people = self._people(contacts)
        choices = [("", "—"), *((pk, person.name) for pk, person in self.people.items())]
        self.places = range(max(len(self.present) + SPARE, LEAST, self._sent_places()))
        for place in self.places:
            self._add_group(place, choices)
        named = [("", "—"), *((str(place), self._name(place)) for place in self.places)]
        for row in self.rows:
            self._add_station(row, named, choices, contacts.get(row.station_id, []))

    @property
    def group_rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each group, as the table shows them."""
        columns = ("name", "leader", "members", "organs", "starts_on", "ends_on")
        return [{column: self[f"g{place}_{column}"] for column in columns} for place in self.places]

    @property
    def station_rows(self) -> list[tuple[CycleStation, dict[str, forms.BoundField]]]:
        """The fields of each station."""
        columns = ("group", "first", "second", "on")
        return [(row, {column: self[f"s{row.pk}_{column}"] for column in columns}) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """A row with anything in it is a group, and needs a name and a leader; a station's group must be one."""
        told = super().clean() or self.cleaned_data
        self.organs = self._find_organs()
        for place in self.places:
            if not self._is_filled(place):
                continue
            for column, sentence in (
                ("name", _("Give the group a name.")),
                ("leader", _("Say who leads the group.")),
            ):
                field = f"g{place}_{column}"
                if not told.get(field) and field not in self.errors:
                    self.add_error(field, sentence)
        for row in self.rows:
            field = f"s{row.pk}_group"
            chosen = told.get(field)
            if chosen and not self._is_filled(int(chosen)):
                self.add_error(field, _("That row of the table is empty."))
        return told

    def told(self) -> dict[str, Any]:
        """The rows as the verb takes them, empty ones left out."""
        filled = [place for place in self.places if self._is_filled(place)]
        return {
            "groups": {place: self._group(place) for place in filled},
            "stations": {row.pk: self._station(row) for row in self.rows},
        }

    def _add_group(self, place: int, choices: list[Any]) -> None:
        name = f"g{place}"
        self.fields[f"{name}_name"] = forms.CharField(label=_("group"), max_length=20, required=False)
        self.fields[f"{name}_leader"] = forms.TypedChoiceField(
            label=_("leader"), choices=choices, coerce=int, empty_value=None, required=False
        )
        self.fields[f"{name}_members"] = words_field(_("members"), 2, required=False, max_length=500)
        self.fields[f"{name}_organs"] = words_field(_("organs"), 2, required=False, max_length=500)
        for column, label in (("starts_on", _("from")), ("ends_on", _("to"))):
            self.fields[f"{name}_{column}"] = forms.DateField(label=label, widget=Day(), required=False)
        if place < len(self.present):
            group = self.present[place]
            self.propose(
                **{
                    f"{name}_name": group.name,
                    f"{name}_leader": group.leader_id,
                    f"{name}_members": group.members,
                    f"{name}_organs": "、".join(organ.name for organ in group.organs.all()),
                    f"{name}_starts_on": group.starts_on,
                    f"{name}_ends_on": group.ends_on,
                }
            )

    def _add_station(self, row: CycleStation, named: list[Any], choices: list[Any], leaders: list[Person]) -> None:
        name = f"s{row.pk}"
        self.fields[f"{name}_group"] = forms.ChoiceField(label=_("group"), choices=named, required=False)
        for place, column in enumerate(("first", "second")):
            self.fields[f"{name}_{column}"] = forms.TypedChoiceField(
                label=_("contact leader") if not place else _("second contact leader"),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.propose(**{f"{name}_{column}": leaders[place].pk if place < len(leaders) else None})
        self.fields[f"{name}_on"] = forms.DateField(label=_("meeting planned for"), widget=Day(), required=False)
        of_group = next((place for place, group in enumerate(self.present) if group.pk == row.group_id), "")
        self.propose(**{f"{name}_group": str(of_group), f"{name}_on": row.planned_on})

    def _contacts(self) -> dict[int, list[Person]]:
        found: dict[int, list[Person]] = {}
        for contact in self.cycle.leader_contacts.select_related("person"):
            found.setdefault(contact.station_id, []).append(contact.person)
        return found

    def _people(self, contacts: Mapping[int, list[Person]]) -> dict[int, Person]:
        """Who can be chosen: the committee's people of today, and whoever stands in the table already."""
        there = {group.leader_id for group in self.present} | {
            person.pk for people in contacts.values() for person in people
        }
        rows = Person.objects.filter(pk__in=leaders_of_today() | there).order_by("pinyin", "pk")
        return {person.pk: person for person in rows}

    def _sent_places(self) -> int:
        """How many rows were sent, as long as that is a number of rows a table can have."""
        sent = [name for name in self.data if re.fullmatch(r"g\d{1,2}_name", name)]
        return len(sent)

    def _name(self, place: int) -> str:
        """How a row is called where a station chooses it: by its number, and its name if it has one."""
        sent = str(self.data.get(f"g{place}_name", "")).strip()
        known = self.present[place].name if place < len(self.present) else ""
        return f"{place + 1}. {sent or known}".strip()

    def _is_filled(self, place: int) -> bool:
        columns = ("name", "leader", "members", "organs", "starts_on", "ends_on")
        return any(self.cleaned_data.get(f"g{place}_{column}") for column in columns)

    def _group(self, place: int) -> GroupRow:
        said = self.cleaned_data
        return GroupRow(
            name=said[f"g{place}_name"],
            leader=self.people[said[f"g{place}_leader"]],
            members=said[f"g{place}_members"],
            organs=self.organs[place],
            starts_on=said[f"g{place}_starts_on"],
            ends_on=said[f"g{place}_ends_on"],
        )

    def _station(self, row: CycleStation) -> StationRow:
        said = {column: self.cleaned_data.get(f"s{row.pk}_{column}") for column in ("group", "first", "second", "on")}
        leaders = [self.people[pk] for pk in (said["first"], said["second"]) if pk]
        return StationRow(int(said["group"]) if said["group"] else None, leaders, said["on"])

    def _find_organs(self) -> dict[int, list[Organ]]:
        """The organs of each row, by any of their names; the names that nobody bears are refused."""
        said = {place: _names(self.cleaned_data.get(f"g{place}_organs") or "") for place in self.places}
        wanted = {key(name) for names in said.values() for name in names}
        rows = OrganName.objects.select_related("organ").filter(folded__in=wanted, organ__closed_on=None)
        known = {row.folded: row.organ for row in rows}
        for place, names in said.items():
            if unknown := [name for name in names if key(name) not in known]:
                sentence = _("Nothing here is called “%(name)s”.") % {"name": "、".join(unknown)}
                self.add_error(f"g{place}_organs", sentence)
        return {place: [known[key(name)] for name in names if key(name) in known] for place, names in said.items()}


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in _BETWEEN.split(text) if name.strip()))
