"""What is asked for a rule of reception days, for a day, for who is on duty and for what was found on the day."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from files.forms import UploadField, UploadsField
from files.pictures import ENDINGS
from stations.models import Duty, Mandate, ReceptionDay, ReceptionFile, ReceptionRule
from stations.transitions.reception_rules import RuleFacts
from stations.transitions.receptions import DayFacts
from stations.wording import rule_in_words
from workflow import clock
from workflow.forms import ActForm, words_field

WEEKS = [("", "—"), (1, _("first week")), (2, _("second week")), (3, _("third week")), (4, _("fourth week"))]
WEEKDAYS = [
    ("", "—"), (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
    (5, _("Saturday")), (6, _("Sunday")),
]  # fmt: skip
_DAY_OFF = _("It is a day off, and voters are received all the same")
#: What may be found on the day.
FOUND = [(state.value, state.label) for state in (Duty.State.PRESENT, Duty.State.LEAVE, Duty.State.ABSENT)]


def hour_field(label: Any, initial: str) -> forms.TimeField:
    """An hour and minute, with the browser's own clock."""
    return forms.TimeField(label=label, initial=initial, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class RuleChoice(forms.ModelChoiceField):
    """One of the station's rules, in words."""

    def label_from_instance(self, obj: Any) -> str:
        """As people say it."""
        return rule_in_words(obj)


class DeputyChoice(forms.ModelChoiceField):
    """One of the station's deputies."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and level, and how the mandate stands where it is not active."""
        named = f"{obj.person.name} ({obj.get_level_display()})"
        return named if obj.status == Mandate.Status.ACTIVE else f"{named} · {obj.status.label}"


class DutyChoice(forms.ModelChoiceField):
    """Somebody's duty on another day."""

    def label_from_instance(self, obj: Any) -> str:
        """Day, then name."""
        return f"{obj.day.on.isoformat()} {obj.mandate.person.name}"


class RuleForm(ActForm):
    """A day of the month, or a weekday of a week."""

    months = forms.ChoiceField(label=_("months"), choices=ReceptionRule.Months.choices)
    day = forms.IntegerField(
        label=_("day of the month"), min_value=1, max_value=31, required=False,
        help_text=_("Leave it empty for a weekday of a week."),
    )  # fmt: skip
    week = forms.TypedChoiceField(
        label=_("week of the month"), choices=WEEKS, coerce=int, required=False, empty_value=None
    )
    weekday = forms.TypedChoiceField(label=_("weekday"), choices=WEEKDAYS, coerce=int, required=False, empty_value=None)
    starts_at = hour_field(_("from"), "09:00")
    ends_at = hour_field(_("to"), "11:00")
    deputies = forms.IntegerField(label=_("deputies on duty"), min_value=1, max_value=20, initial=2)
    since = day_field(_("since"))
    in_place_of = RuleChoice(
        ReceptionRule.objects.none(), label=_("in the place of"), required=False, empty_label=_("no other rule")
    )

    def prepare(self) -> None:
        """The rules that hold."""
        self.offer("in_place_of", self.subject.reception_rules.in_force(clock.today()))
        if not self.fields["in_place_of"].queryset:  # type: ignore[attr-defined]
            del self.fields["in_place_of"]

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        facts = RuleFacts(**{name: data[name] for name in RuleFacts.__dataclass_fields__})
        return {"facts": facts, "since": data["since"], "in_place_of": data.get("in_place_of")}


class EndRuleForm(ActForm):
    """The last day."""

    until = day_field(_("last day"))


class MarketForm(ActForm):
    """On which days there is a market."""

    digits = forms.TypedMultipleChoiceField(
        label=_("last digit of the day"), choices=[(digit, str(digit)) for digit in range(10)], coerce=int,
        required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None where there is no market."),
    )  # fmt: skip
    lunar = forms.BooleanField(label=_("by the lunar calendar"), required=False)

    def prepare(self) -> None:
        """As they stand."""
        township = self.subject.township
        self.propose(digits=township.market_days, lunar=township.market_lunar)


class DayForm(ActForm):
    """When, where, and for whom and what."""

    on = day_field(_("date"), initial=None)
    starts_at = hour_field(_("from"), "09:00")
    ends_at = hour_field(_("to"), "11:00")
    place = forms.CharField(label=_("place"), max_length=80, required=False)
    scope = words_field(_("for whom and what"), 2, max_length=300, required=False)
    day_off = forms.BooleanField(label=_DAY_OFF, required=False)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        facts = DayFacts(**{name: data[name] for name in DayFacts.__dataclass_fields__})
        return {"facts": facts, "day_off": data["day_off"]}


class AddDayForm(DayForm):
    """The same, with how many deputies are put on duty in turn."""

    deputies = forms.IntegerField(
        label=_("deputies on duty"), min_value=0, max_value=20, initial=2, help_text=_("Whose turn it is comes first.")
    )
    field_order = ("on", "starts_at", "ends_at", "deputies", "place", "scope", "day_off")

    def prepare(self) -> None:
        """At the station, unless said otherwise."""
        self.propose(place=self.subject.address[:80])

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {**super().told(), "deputies": self.cleaned_data["deputies"]}


class ChangeDayForm(DayForm):
    """The same for a day that stands."""

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {name: getattr(self.subject, name) for name in DayFacts.__dataclass_fields__}


class CancelDayForm(ActForm):
    """Why."""

    reason = words_field(_("why it is cancelled"), 2, max_length=200)


class PostNoticeForm(ActForm):
    """Since when it hangs there, and a photo of it."""

    on = day_field(_("notice posted on"))
    photo = UploadField(
        label=_("photo of the posted notice"), endings=ENDINGS, required=False, help_text=_("JPG or PNG.")
    )


class PapersForm(ActForm):
    """Photos of one kind."""

    kind = forms.ChoiceField(label=_("kind"), choices=ReceptionFile.Kind.choices, initial=ReceptionFile.Kind.SIGN_IN)
    photos = UploadsField(label=_("photos"), endings=ENDINGS, help_text=_("JPG or PNG, several at once."))


class NewsForm(ActForm):
    """A few sentences."""

    news = words_field(_("short news"), 8, max_length=2000, help_text=_("Five sentences are enough."))

    def prepare(self) -> None:
        """As it stands."""
        self.propose(news=self.subject.news)


class AttendanceForm(ActForm):
    """Of everybody on duty whether they were there."""

    def prepare(self) -> None:
        """A choice and a reason for each."""
        self.duties = list(
            self.subject.duties.exclude(state=Duty.State.REPLACED).select_related("mandate__person").order_by("pk")
        )
        for duty in self.duties:
            found = duty.state if (duty.state, duty.get_state_display()) in FOUND else Duty.State.PRESENT
            self.fields[f"state_{duty.pk}"] = forms.ChoiceField(
                label=duty.mandate.person.name, choices=FOUND, initial=found, widget=forms.RadioSelect
            )
            self.fields[f"reason_{duty.pk}"] = forms.CharField(
                label=_("why %(name)s was on leave") % {"name": duty.mandate.person.name},
                max_length=100,
                required=False,
                initial=duty.reason if found == Duty.State.LEAVE else "",
            )

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {"found": {duty.pk: (data[f"state_{duty.pk}"], data[f"reason_{duty.pk}"]) for duty in self.duties}}


class PutOnDutyForm(ActForm):
    """One of the station's deputies."""

    mandate = DeputyChoice(Mandate.objects.none(), label=_("deputy"))

    def prepare(self) -> None:
        """Those who are not on the list of that day."""
        self.offer("mandate", _others(self.day))

    @property
    def day(self) -> ReceptionDay:
        """The day it is about."""
        return self.subject


class SubstituteForm(PutOnDutyForm):
    """Who stands in."""

    mandate = DeputyChoice(Mandate.objects.none(), label=_("substitute"))

    @property
    def day(self) -> ReceptionDay:
        """The day of the duty."""
        return self.subject.day


class SwapForm(ActForm):
    """With whose duty on another day."""

    other = DutyChoice(Duty.objects.none(), label=_("duty on another day"))

    def prepare(self) -> None:
        """Duties of other days that are planned at the station."""
        rows = Duty.objects.due().filter(day__station=self.subject.day.station_id, day__on__gte=clock.today())
        rows = rows.exclude(day=self.subject.day_id).exclude(mandate__person=self.subject.mandate.person_id)
        self.offer("other", rows.select_related("day", "mandate__person").order_by("day__on", "pk"))


class AskForm(ActForm):
    """Why one cannot come."""

    reason = words_field(_("Why can you not come?"), 3, max_length=100)


class LeaveForm(ActForm):
    """Why the deputy need not come."""

    reason = forms.CharField(label=_("reason for leave"), max_length=100)

    def prepare(self) -> None:
        """What the deputy said."""
        self.propose(reason=self.subject.reason)


def _others(day: ReceptionDay) -> QuerySet[Mandate]:
    listed = day.duties.values("mandate__person")
    rows = Mandate.objects.in_office(clock.today()).filter(station=day.station_id).exclude(person__in=listed)
    return rows.select_related("person", "term").order_by("certificate_no", "pk")
