"""What the acts of a cycle ask for: its plan, topics with the paper, notices, training, publicity."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, day_field
from deliberations.forms.papers import PaperForm
from deliberations.models import Cycle, NoticeReceipt, PublicityRecord, Topic
from deliberations.transitions.notices import lead_days, shortest, waiting_meetings
from files.forms import UploadField
from files.pictures import ENDINGS
from stations.models import Station, StationStaff
from workflow import clock
from workflow.forms import ActForm, words_field


class StationsField(forms.ModelMultipleChoiceField):
    """Stations to tick."""

    def __init__(self, **options: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Station.objects.filter(status=Station.Status.ACTIVE), widget=widget, **options)


class PlanForm(forms.Form):
    """A new cycle."""

    title = forms.CharField(label=_("title"), max_length=80, widget=forms.TextInput({"autofocus": True}))
    first_meeting_on = forms.DateField(
        label=_("first deliberation meeting"), widget=Day(), help_text=_("Planned; it can be changed later.")
    )
    policy_basis = words_field(_("policy basis"), 3, required=False)
    stations = StationsField(label=_("stations taking part"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["stations"].queryset  # type: ignore[attr-defined]
        self.initial["stations"] = offered.key() if offered.key().exists() else offered


class UpdateForm(ActForm):
    """The plan as it stands."""

    title = forms.CharField(label=_("title"), max_length=80)
    first_meeting_on = forms.DateField(label=_("first deliberation meeting"), widget=Day())
    policy_basis = words_field(_("policy basis"), 3, required=False)

    def prepare(self) -> None:
        """As it stands."""
        self.initial.update({name: getattr(self.subject, name) for name in self.fields})


class TakeInForm(ActForm):
    """Stations that do not take part yet."""

    stations = StationsField(label=_("further stations"))

    def prepare(self) -> None:
        """Those that are left."""
        there = self.subject.stations.values("station")
        offered: QuerySet = self.fields["stations"].queryset  # type: ignore[attr-defined]
        self.fields["stations"].queryset = offered.exclude(pk__in=there)  # type: ignore[attr-defined]


class PlanMeetingForm(ActForm):
    """A station's own day."""

    planned_on = forms.DateField(label=_("deliberation meeting planned for"), widget=Day())

    def prepare(self) -> None:
        """The cycle's first day unless there is another."""
        self.initial["planned_on"] = self.subject.planned_on or self.subject.cycle.first_meeting_on


class TopicForm(ActForm):
    """A topic with where it comes from and why."""

    title = forms.CharField(label=_("topic"), max_length=80)
    text = words_field(_("what it is about"), 3, required=False)
    source = forms.ChoiceField(label=_("source"), choices=Topic.Source.choices, widget=forms.RadioSelect)
    reasons = words_field(_("reasons"), 3)
    criteria = words_field(
        _("criteria of selection"),
        3,
        required=False,
        help_text=_("How it serves the county's overall work, people's livelihood and the political direction."),
    )
    proposing_body = forms.CharField(label=_("proposed by"), max_length=80, help_text=_("Office, bureau or deputies"))

    def prepare(self) -> None:
        """As it stands, when a topic is corrected."""
        if isinstance(self.subject, Topic):
            self.initial.update({name: getattr(self.subject, name) for name in self.fields})


class SelectTopicsForm(PaperForm):
    """Which of the proposed topics were selected."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("selected topics"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("topics", "number", "on", "scan")

    def prepare(self) -> None:
        """The pool."""
        pool = self.subject.topics.filter(status=Topic.Status.POOL)
        self.offer("topics", pool)


class DropTopicForm(PaperForm):
    """Why it was not selected."""

    reason = words_field(_("why it was not selected"), 3)
    field_order = ("reason", "number", "on", "scan")


class NoticeForm(ActForm):
    """The notice; asks who agreed only when it comes later than the rule."""

    title = forms.CharField(label=_("title"), max_length=80)
    text = words_field(_("text"), 8)
    guidance = UploadField(
        label=_("guidance for deputies"), required=False, help_text=_("How deputies contact and visit voters")
    )
    override_reason = forms.CharField(label=_("why it is later than the rule"), max_length=200)
    agreed_by = forms.CharField(label=_("who agreed"), max_length=40, help_text=_("Name and post"))

    def prepare(self) -> None:
        """A text to start from, and the warning where one is due."""
        cycle: Cycle = self.subject
        self.initial.update(title=cycle.title, text=_draft(cycle))
        waiting, lead = waiting_meetings(cycle), lead_days()
        days = shortest(waiting) if waiting else lead
        if days >= lead:
            del self.fields["override_reason"], self.fields["agreed_by"]
            return
        late = _("The first meeting is in %(days)s days; the rule asks for %(lead)s.")
        self.fields["override_reason"].help_text = late % {"days": days, "lead": lead}


class StaffField(forms.ModelChoiceField):
    """Somebody of the station's staff, with the telephone number."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, duty and number."""
        return f"{obj} {obj.phone or obj.person.phone}".strip()


class RecordReceiptForm(ActForm):
    """Who of the station said so on the telephone."""

    by = StaffField(
        StationStaff.objects.none(),
        label=_("who confirmed by telephone"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Somebody else? Enter the person on the station's page first."),
    )

    def prepare(self) -> None:
        """Who is on duty today."""
        receipt: NoticeReceipt = self.subject
        on_duty = StationStaff.objects.on_duty(clock.today()).filter(station=receipt.station_id)
        self.offer("by", on_duty.select_related("person"))


class ConveyForm(ActForm):
    """On which day the deputies were told."""

    on = day_field(_("conveyed to the deputies on"))


class TrainingForm(ActForm):
    """A training that took place (F17)."""

    title = forms.CharField(label=_("title"), max_length=80)
    station = forms.ModelChoiceField(
        Station.objects.none(), label=_("station"), required=False, empty_label=_("central training")
    )
    on = day_field(_("date"))
    place = forms.CharField(label=_("place"), max_length=80)
    lecturer = forms.CharField(label=_("lecturer"), max_length=80)
    content = words_field(_("content"), 3)
    hours = forms.DecimalField(label=_("hours"), min_value=0, max_digits=4, decimal_places=1)
    due = forms.IntegerField(label=_("deputies expected"), min_value=1, max_value=9999)
    present = forms.IntegerField(label=_("deputies present"), min_value=0, max_value=9999)

    def prepare(self) -> None:
        """Stations of the cycle."""
        self.offer("station", Station.objects.filter(cycles__cycle=self.subject))


class CorrectTrainingForm(TrainingForm):
    """What was recorded of a training, to be put right."""

    def prepare(self) -> None:
        """As it was recorded; of one with a sign-in sheet station and figures are not asked."""
        self.offer("station", Station.objects.filter(cycles__cycle=self.subject.cycle))
        self.follows = {}
        if self.subject.attendance.exists():
            self.follows = {name: getattr(self.subject, name) for name in ("station", "due", "present")}
        for name in self.follows:
            del self.fields[name]
        self.propose(**{name: getattr(self.subject, name) for name in self.fields})

    def told(self) -> dict[str, Any]:
        """With the figures of the sheet where there is one."""
        return {**self.cleaned_data, **self.follows}


class PublicityForm(ActForm):
    """Where and when topics were published (F18)."""

    channel = forms.ChoiceField(label=_("channel"), choices=PublicityRecord.Channel.choices)
    title = forms.CharField(label=_("title"), max_length=120)
    on = day_field(_("published on"))
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    link = forms.URLField(label=_("link"), max_length=300, required=False, assume_scheme="https")
    picture = UploadField(label=_("picture"), required=False, endings=ENDINGS, help_text=_("Screenshot or photo"))
    reach = forms.IntegerField(label=_("reads or broadcasts"), min_value=0, max_value=2_000_000_000, required=False)

    def prepare(self) -> None:
        """Selected topics."""
        chosen = self.subject.topics.filter(status=Topic.Status.SELECTED)
        self.offer("topics", chosen)


class CorrectPublicityForm(PublicityForm):
    """What was recorded of a publication, to be put right."""

    def prepare(self) -> None:
        """As it was recorded; topics that were published stay to be chosen whatever became of them."""
        row: PublicityRecord = self.subject
        named = list(row.topics.values_list("pk", flat=True))
        self.offer("topics", row.cycle.topics.filter(Q(status=Topic.Status.SELECTED) | Q(pk__in=named)))
        self.propose(topics=named, **{name: getattr(row, name) for name in ("channel", "title", "on", "link", "reach")})
        if row.picture is not None:
            keep = _("Leave it empty to keep the present picture: %(name)s.")
            self.fields["picture"].help_text = keep % {"name": row.picture.name}


def _draft(cycle: Cycle) -> str:
    titles = cycle.topics.filter(status=Topic.Status.SELECTED).values_list("title", flat=True)
    draft = gettext(
        "Topics: %(topics)s. The first deliberation meeting is planned for %(day)s. Please tell the deputies of your "
        "station, and how to contact and visit voters; then confirm here."
    )
    return draft % {"topics": "、".join(titles), "day": formats.date_format(cycle.first_meeting_on, "DATE_FORMAT")}


class ReviewForm(ActForm):
    """What the cycle came to, as it stands."""

    text = words_field(
        _("what it came to"), 10, help_text=_("What was solved, what was not and why, what is to be done next.")
    )

    def prepare(self) -> None:
        """As it was written before."""
        self.propose(text=self.subject.review)
