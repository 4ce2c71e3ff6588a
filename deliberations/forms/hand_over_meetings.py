"""What is asked of who plans a hand-over meeting or notes who was there."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day
from accounts.models import Organ, OrganName
from deliberations.models import Attendance
from deliberations.transitions.hand_over_meetings import Attendee, MeetingFacts
from workflow import clock
from workflow.forms import ActForm, words_field
from workflow.text import key

_LENGTHS: dict[str, int] = {
    column.name: column.max_length
    for column in Attendance._meta.fields
    if column.name in ("name", "post", "leave_reason") and column.max_length
}
_BLANKS = re.compile(r"[\s,，、;；:：]+")
S = Attendance.State


class PlanForm(ActForm):
    """When, where, who convenes and with whom; for all suggestions or for key ones only."""

    held_on = forms.DateField(label=_("date"), widget=Day())
    time = forms.TimeField(label=_("hour"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("place"), max_length=80)
    convenor = forms.CharField(label=_("convened by"), max_length=80)
    held_with = forms.CharField(
        label=_("held together with"),
        max_length=80,
        required=False,
        help_text=_("For example with the handing over of proposals of the political consultative conference."),
    )
    chair = forms.CharField(label=_("chaired by"), max_length=40, required=False)
    recorder = forms.CharField(label=_("recorder"), max_length=40, required=False)
    key_only = forms.BooleanField(label=_("for key suggestions only"), required=False)

    def prepare(self) -> None:
        """As it stands; a new one is commonly today's."""
        if self.subject is None:
            self.propose(held_on=clock.today())
        else:
            self.initial.update({name: getattr(self.subject, name) for name in self.fields})

    def told(self) -> dict[str, Any]:
        """As the verbs take it."""
        return {"facts": MeetingFacts(**self.cleaned_data)}


class AttendanceForm(ActForm):
    """The list of the sheet, one line for each: organ, name, post."""

    present = words_field(
        _("organs present"), 10, help_text=_("One line each: organ, name, post; as 县水利局 李明 副局长")
    )
    missing = words_field(
        _("organs missing"),
        3,
        required=False,
        help_text=_("One line each: organ, and the reason if it asked for leave"),
    )
    leaders = words_field(
        _("leaders present"), 3, required=False, help_text=_("One line each: name, post; as 王强 副县长")
    )

    def prepare(self) -> None:
        """The list as it was noted before."""
        rows = list(self.subject.attendance.select_related("organ"))
        came = [row for row in rows if row.organ and row.state == S.PRESENT]
        gone = [row for row in rows if row.organ and row.state != S.PRESENT]
        self.propose(
            present=_lines((row.organ, row.name, row.post) for row in came),
            missing=_lines((row.organ, row.leave_reason) for row in gone),
            leaders=_lines((row.name, row.post) for row in rows if row.organ is None),
        )

    def clean_present(self) -> list[Attendee]:
        """An organ, a name and a post in each line."""
        lines = _split(self.cleaned_data["present"], 3)
        organs = _organs(words[0] for words in lines)
        found = []
        for words in lines:
            if len(words) < 2:
                raise forms.ValidationError(_("Who came for %(name)s?"), "no_name", {"name": words[0]})
            found.append(Attendee(organ=organs[words[0]], name=words[1], post=words[2] if len(words) > 2 else ""))
        return _fitting(found)

    def clean_missing(self) -> list[Attendee]:
        """An organ in each line; on leave if it gave a reason."""
        lines = _split(self.cleaned_data["missing"], 2)
        organs = _organs(words[0] for words in lines)
        return _fitting(
            Attendee(
                organ=organs[words[0]],
                state=S.LEAVE if len(words) > 1 else S.ABSENT,
                leave_reason=words[1] if len(words) > 1 else "",
            )
            for words in lines
        )

    def clean_leaders(self) -> list[Attendee]:
        """A name in each line."""
        lines = _split(self.cleaned_data["leaders"], 2)
        return _fitting(Attendee(name=words[0], post=words[1] if len(words) > 1 else "") for words in lines)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {"attendees": [row for name in ("leaders", "present", "missing") for row in self.cleaned_data[name]]}


def _lines(rows: Iterable[tuple[Any, ...]]) -> str:
    return "\n".join(" ".join(str(word) for word in row if word) for row in rows)


def _split(text: str, parts: int) -> list[list[str]]:
    """The words of each line that is not empty; the last part keeps its blanks."""
    lines = [line.strip() for line in text.splitlines()]
    return [_BLANKS.split(line, maxsplit=parts - 1) for line in lines if line.strip(" ,，、;；:：")]


def _organs(names: Iterable[str]) -> dict[str, Organ]:
    """The existing organ of each name, former and short names too; raises ValidationError for the first unknown."""
    wanted = list(dict.fromkeys(names))
    rows = OrganName.objects.filter(folded__in={key(name) for name in wanted}).select_related("organ")
    known = {row.folded: row.organ for row in rows if row.organ.closed_on is None}
    for name in wanted:
        if key(name) not in known:
            raise forms.ValidationError(_("Nothing here is called “%(name)s”."), "unknown", {"name": name})
    return {name: known[key(name)] for name in wanted}


def _fitting(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Raises ValidationError for a word that is longer than its column."""
    rows = list(attendees)
    for row in rows:
        for name, length in _LENGTHS.items():
            if len(getattr(row, name)) > length:
                raise forms.ValidationError(_("“%(words)s” is too long."), "long", {"words": getattr(row, name)})
    return rows
