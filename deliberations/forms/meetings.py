"""What is asked of whoever convenes a meeting, notes who is there, and writes down what is said and what comes of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, day_field, named_organ
from deliberations.forms import hand_over_meetings
from deliberations.models import Attendance, Meeting, MeetingOpinion, Opinion, SubjectField, Topic
from deliberations.transitions.hand_over_meetings import Attendee
from deliberations.transitions.meetings import Presence, deputies_of
from stations.forms import DeputiesField, DeputyField
from stations.models import Level, Mandate, Township
from workflow import clock
from workflow.forms import ActForm, words_field

#: Days within which what is promised on the spot is commonly done (R52).
SOON = 15
#: Letters of a voter's words that are shown in a meeting.
GLANCE = 60
P, S = Attendance.Part, Attendance.State
#: What is written in lines, one for each who came or did not.
_IN_LINES = ("present", "missing", "leaders")
#: What nobody knows before the day; until then only leave is noted.
_ON_THE_DAY = (*_IN_LINES, "guests")


class PlanForm(ActForm):
    """When, where, and who takes the chair."""

    held_on = forms.DateField(label=_("date"), widget=Day())
    time = forms.TimeField(label=_("hour"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("place"), max_length=80)
    chair = forms.CharField(label=_("chaired by"), max_length=40, required=False)

    def prepare(self) -> None:
        """As it stands; of a new one, the planned day and the station itself."""
        if isinstance(self.subject, Meeting):
            self.initial.update({name: getattr(self.subject, name) for name in self.fields})
        else:
            row = self.subject
            self.propose(held_on=row.planned_on or row.cycle.first_meeting_on, place=row.station.name)


class CloseForm(ActForm):
    """Who chaired and who recorded, as the minutes are headed (F14)."""

    chair = forms.CharField(label=_("chaired by"), max_length=40)
    recorder = forms.CharField(label=_("recorder"), max_length=40)

    def prepare(self) -> None:
        """As noted before; of a record that nobody is named for, whoever closes it."""
        self.propose(chair=self.subject.chair, recorder=self.subject.recorder or self.actor.user.person.name)


class SheetForm(hand_over_meetings.AttendanceForm):
    """The attendance sheet (F12): a line for each deputy of the station, then organs, leaders and guests in words."""

    guests = DeputiesField(
        label=_("deputies of other stations"),
        max_length=400,
        required=False,
        help_text=_("Name, certificate number or pinyin initials, parted by commas."),
    )
    recorder = forms.CharField(label=_("recorder"), max_length=40, required=False)

    def prepare(self) -> None:
        """Every deputy of the station, present unless noted otherwise before."""
        noted = {row.mandate_id: row for row in self.subject.attendance.all()}
        early = clock.today() < self.subject.held_on
        choices = (
            [("", _("expected")), (S.LEAVE.value, S.LEAVE.label)]
            if early
            else [(state.value, state.label) for state in Attendance.FOUND]
        )
        due = Mandate.objects.active(self.subject.held_on).filter(station=self.subject.station_id)
        self.due = list(due.select_related("person").order_by("level", "certificate_no"))
        for mandate in self.due:
            before = noted.get(mandate.pk)
            self.fields[f"state_{mandate.pk}"] = forms.ChoiceField(
                label=mandate.person.name,
                choices=choices,
                required=not early,
                initial=before.state if before else choices[0][0],
            )
            self.fields[f"reason_{mandate.pk}"] = forms.CharField(
                label=_("reason for leave"),
                max_length=100,
                required=False,
                initial=before.leave_reason if before else "",
            )
        own = {mandate.pk for mandate in self.due}
        elsewhere = [row for row in noted.values() if row.mandate_id and row.mandate_id not in own]
        others = [row for row in self.subject.attendance.all() if row.part in (P.LEADER, P.OTHER)]
        self.propose(
            recorder=self.subject.recorder,
            guests="、".join(row.name for row in elsewhere),
            leaders="\n".join(f"{row.name} {row.post}".strip() for row in others),
        )
        super().prepare()
        self.fields["present"].required = False
        if early:
            for name in _ON_THE_DAY:
                del self.fields[name]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What the page shows of each deputy: who, and the two fields."""
        return [
            {"mandate": row, "state": self[f"state_{row.pk}"], "reason": self[f"reason_{row.pk}"]} for row in self.due
        ]

    @property
    def rest(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in (*_ON_THE_DAY, "recorder") if name in self.fields]

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        rows = [self._deputy(mandate) for mandate in self.due if data[f"state_{mandate.pk}"]]
        rows += [Presence(P.DEPUTY, mandate.person.name, mandate=mandate) for mandate in data.get("guests", [])]
        rows += [_presence(attendee) for name in _IN_LINES for attendee in data.get(name) or []]
        return {"rows": rows, "recorder": data["recorder"]}

    def _deputy(self, mandate: Mandate) -> Presence:
        state = self.cleaned_data[f"state_{mandate.pk}"]
        reason = self.cleaned_data[f"reason_{mandate.pk}"] if state == S.LEAVE else ""
        return Presence(P.DEPUTY, mandate.person.name, state=state, leave_reason=reason, mandate=mandate)


def _presence(attendee: Attendee) -> Presence:
    """A line about an organ or a leader; one whose name is not known bears the organ's."""
    part = P.ORGAN if attendee.organ else P.LEADER
    name = attendee.name or str(attendee.organ)[:40]
    return Presence(part, name, attendee.post, attendee.state, attendee.leave_reason, organ=attendee.organ)


class SpeakerField(forms.ModelChoiceField):
    """A deputy with the level of the mandate, which decides the ways an opinion may take."""

    def label_from_instance(self, mandate: Any) -> str:
        """Name and level."""
        return f"{mandate.person.name} ({mandate.get_level_display()})"


class BasisField(forms.ModelMultipleChoiceField):
    """Voters' opinions to tick, by their first words; never by name."""

    widget = forms.CheckboxSelectMultiple({"class": "lines"})

    def label_from_instance(self, opinion: Any) -> str:
        """The first words."""
        return f"{opinion.visit.on:%m-%d} {Truncator(opinion.words).chars(GLANCE)}"


class OpinionForm(ActForm):
    """Who said what, on which topic, and which voters' opinions stand behind it."""

    speaker = SpeakerField(Mandate.objects.none(), label=_("speaker"), empty_label="—")
    text = words_field(_("what is put forward"), 3, max_length=2000)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("topic"), required=False, empty_label="—")
    field = forms.ModelChoiceField(
        SubjectField.objects.all(), label=_("subject field"), required=False, empty_label="—"
    )
    basis = BasisField(Opinion.objects.none(), label=_("basis: what voters said"), required=False)

    def prepare(self) -> None:
        """Deputies of the meeting, topics of the cycle, voters' opinions that were sent here."""
        meeting = self._meeting()
        self.offer("speaker", deputies_of(meeting))
        self.offer("topic", Topic.objects.filter(cycle=meeting.cycle_id, status=Topic.Status.SELECTED))
        offered = Opinion.objects.to_meeting(meeting).shown_in_meeting(self.actor).select_related("visit")
        self.offer("basis", offered.order_by("visit__on", "pk"))
        if not offered.exists():
            self.fields["basis"].widget = forms.MultipleHiddenInput()

    def _meeting(self) -> Meeting:
        found: Meeting = self.subject
        return found


class CorrectOpinionForm(OpinionForm):
    """The same as it stands."""

    def prepare(self) -> None:
        """As it was written down."""
        super().prepare()
        row = self.subject
        self.propose(speaker=row.speaker_id, text=row.text, topic=row.topic_id, field=row.field_id)
        self.propose(basis=[found.pk for found in row.basis.all()])

    def _meeting(self) -> Meeting:
        found: Meeting = self.subject.meeting
        return found


class ExplainForm(ActForm):
    """What was explained by whom, and whether the deputy accepts it."""

    text = words_field(_("explanation, with its policy or law"), 4, max_length=2000)
    conditions_limited = forms.BooleanField(
        label=_("cannot be solved now because conditions are limited"), required=False
    )
    acknowledgement = forms.ChoiceField(label=_("the deputy"), choices=MeetingOpinion.Acknowledgement.choices)
    answered_by = forms.CharField(label=_("answered by"), max_length=80, required=False)
    organ = named_organ(_("answering organ"), required=False)

    def prepare(self) -> None:
        """As it was explained before; otherwise the only organ that came."""
        row = self.subject
        if row.outcome == MeetingOpinion.Outcome.EXPLAINED:
            self.propose(text=row.basis_text, conditions_limited=row.conditions_limited)
            self.propose(acknowledgement=row.acknowledgement, answered_by=row.answered_by)
            self.propose(organ=row.answering_organ or "")
        else:
            who, organ = _only_organ(row.meeting)
            self.propose(answered_by=who, organ=organ)


class PromiseForm(ActForm):
    """What was promised, by whom, until when; fifteen days are proposed."""

    text = words_field(_("what was promised"), 3, max_length=1000)
    organ = named_organ(_("organ"))
    person = forms.CharField(label=_("promised by"), max_length=80)
    due_on = day_field(_("to be kept by"), initial=None, help_text=_("Proposed: 15 days after the meeting."))

    def prepare(self) -> None:
        """The promise as it stands, or the only organ that came."""
        row = self.subject
        if row.outcome == MeetingOpinion.Outcome.PROMISED:
            made = row.promise
            self.initial.update(text=made.text, organ=made.organ, person=made.person, due_on=made.due_on)
        else:
            who, organ = _only_organ(row.meeting)
            self.initial.update(person=who, organ=organ, due_on=row.meeting.held_on + timedelta(SOON))


class ForwardForm(ActForm):
    """Which of the lawful ways it takes, and who leads it or by when the township settles it."""

    way = forms.ChoiceField(label=_("which way it takes"), choices=MeetingOpinion.Way.choices, widget=forms.RadioSelect)
    county_lead = DeputyField(
        label=_("lead deputy"),
        max_length=40,
        required=False,
        help_text=_("Only where a county deputy leads it: name, certificate number or pinyin initials."),
    )
    due_on = day_field(
        _("to be settled by"), initial=None, required=False, help_text=_("Only where the township takes it up.")
    )

    def prepare(self) -> None:
        """As it stands; a county deputy who spoke leads it. A sub-district has no congress."""
        row, ways = self.subject, MeetingOpinion.Way
        if row.meeting.station.township.kind == Township.Kind.SUB_DISTRICT:
            self.fields["way"].choices = [pair for pair in ways.choices if pair[0] != ways.TOWNSHIP]  # type: ignore[attr-defined]
            del self.fields["due_on"]
        lead = row.county_lead or (row.speaker if row.speaker.level == Level.COUNTY else None)
        self.propose(way=row.way or (ways.COUNTY_LEAD if lead else ""), county_lead=lead.person.name if lead else "")
        if "due_on" in self.fields:
            task = getattr(row, "township_task", None)
            self.initial["due_on"] = task.due_on if task else row.meeting.held_on + timedelta(2 * SOON)


def _only_organ(meeting: Meeting) -> tuple[str, Any]:
    """Who came for the only organ that came, and the organ; empty when there were none or several."""
    rows = list(meeting.attendance.filter(part=P.ORGAN, state=S.PRESENT).select_related("organ")[:2])
    if len(rows) != 1:
        return "", ""
    return f"{rows[0].name} {rows[0].post}".strip(), rows[0].organ
