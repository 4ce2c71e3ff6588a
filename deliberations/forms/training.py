"""What the acts of a training ask for: the plan, who is invited, the answer, the ticks of the sheet, files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from deliberations.models import Attendance, TrainingFile
from deliberations.transitions.training import Tick, candidates
from files.forms import UploadsField
from files.pictures import ENDINGS
from stations.models import Mandate, Station, StationStaff
from workflow import clock
from workflow.forms import ActForm, words_field

_TICKS = (
    (Attendance.Way.LIST, _("on the list")),
    (Attendance.Way.PHOTO, _("ticked off a photo of the sheet")),
    (Attendance.Way.PROXY, _("signed by another")),
)


class PlanTrainingForm(ActForm):
    """A training ahead, or one that was held; every active deputy concerned is invited at first."""

    title = forms.CharField(label=_("title"), max_length=80)
    station = forms.ModelChoiceField(
        Station.objects.none(), label=_("station"), required=False, empty_label=_("central training")
    )
    on = day_field(_("date"))
    place = forms.CharField(label=_("place"), max_length=80, help_text=_("With the hour, such as: meeting room, 9:00"))
    lecturer = forms.CharField(label=_("lecturer"), max_length=80)
    content = words_field(_("content"), 3)
    hours = forms.DecimalField(label=_("hours"), min_value=0, max_digits=4, decimal_places=1)

    def prepare(self) -> None:
        """Stations of the cycle; of a liaison the own ones only."""
        offered = Station.objects.filter(cycles__cycle=self.subject)
        if not self.actor.is_staff:
            duties = StationStaff.objects.on_duty(clock.today()).filter(person=self.actor.person_id)
            offered = offered.filter(pk__in=duties.values("station"))
            field: Any = self.fields["station"]
            field.required, field.empty_label = True, None
        self.offer("station", offered)


class DeputiesField(forms.ModelMultipleChoiceField):
    """Deputies to tick, each with level and station."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, level, station."""
        return f"{obj.person.name}　{obj.get_level_display()}　{obj.station or ''}".strip()


class InviteForm(ActForm):
    """Who is invited."""

    deputies = DeputiesField(Mandate.objects.none(), label=_("invited deputies"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """Whoever can be invited; ticked is who is."""
        rows = dict(self.subject.attendance.values_list("mandate", "state"))
        known = Mandate.objects.filter(pk__in=rows).select_related("person", "station", "term")
        self.offer("deputies", candidates(self.subject) | known)
        self.propose(deputies=list(rows))


class AnswerForm(ActForm):
    """Whether one comes."""

    going = forms.ChoiceField(label=_("answer"), choices=(("yes", _("I come")), ("no", _("I ask for leave"))))
    reason = forms.CharField(label=_("reason for leave"), max_length=100, required=False)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {"going": self.cleaned_data["going"] == "yes", "reason": self.cleaned_data["reason"]}


class SheetForm(ActForm):
    """The sheet, a line per deputy: a tick for who was there, or the reason for leave."""

    def prepare(self) -> None:
        """Lines as they stand."""
        self.rows = list(
            self.subject.attendance.select_related("mandate__person", "mandate__station").order_by(
                "mandate__station__code", "pk"
            )
        )
        for row in self.rows:
            there = row.state == Attendance.State.PRESENT
            self.fields[f"there_{row.pk}"] = forms.BooleanField(label=row.name, required=False, initial=there)
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label=_("Reason for leave"), required=False, max_length=100, initial=row.leave_reason
            )
        self.fields["way"] = forms.ChoiceField(
            label=_("how those newly ticked signed in"), choices=_TICKS, widget=forms.RadioSelect, initial="LIST"
        )
        self.fields["sheet"] = UploadsField(
            label=_("photo of the sheet"), endings=ENDINGS, required=False, help_text=_("One or more pictures")
        )

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each line with its fields."""
        for row in self.rows:
            yield {"row": row, "there": self[f"there_{row.pk}"], "reason": self[f"reason_{row.pk}"]}

    @property
    def rest(self) -> list[Any]:
        """What stands below the lines."""
        return [self["way"], self["sheet"]]

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        ticks = {row.pk: Tick(data[f"there_{row.pk}"], data[f"reason_{row.pk}"]) for row in self.rows}
        return {"ticks": ticks, "way": data["way"], "sheet": data["sheet"]}


class FilesForm(ActForm):
    """Files of one kind."""

    kind = forms.ChoiceField(label=_("kind"), choices=TrainingFile.Kind.choices, widget=forms.RadioSelect)
    uploads = UploadsField(label=_("files"), help_text=_("Several at once; photos are kept without their place."))

    def prepare(self) -> None:
        """Content first."""
        self.propose(kind=TrainingFile.Kind.CONTENT)


class NewsForm(ActForm):
    """The short news."""

    news = words_field(_("short news"), 8, required=False, max_length=2000)

    def prepare(self) -> None:
        """As it stands."""
        self.propose(news=self.subject.news)
