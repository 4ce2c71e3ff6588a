"""What is asked where an organ commits itself, reports that it kept its word, and where the deputy answers (F22)."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, day_field
from accounts.models import How, Organ
from files.forms import UploadField
from suggestions.models import Assignment, Commitment, Reply
from suggestions.policies import commitments as policies
from suggestions.transitions.lines import Line
from workflow.forms import ActForm, words_field

#: The fields of a line, in the order in which they stand.
_LINE = ("text", "due_on", "person", "organ")
#: More than so many lines no letter has held.
MOST = 12


class CommitmentLines(forms.Form):
    """As many lines as there are, and one more; a line without words is left out."""

    def offer_lines(self, assignment: Assignment, reply: Reply | None) -> None:
        """Lines for what the draft commits to by now, who else may keep it, and an empty one."""
        known = list(reply.commitments.order_by("pk")) if reply else []
        organs = _organs(assignment)
        self.lines = min(len(known) + 1, MOST)
        for number in range(self.lines):
            line = known[number] if number < len(known) else None
            self.fields.update(_line_fields(number, organs, line))

    def clean(self) -> dict[str, Any]:
        """A line that was begun says all of what, by when and by whom, where the class is followed up."""
        told = super().clean() or self.cleaned_data
        chosen = told.get("result_class")
        if chosen is not None and chosen.needs_follow_up:
            for number in range(self.lines):
                self._check_line(told, number)
        return told

    def told(self) -> dict[str, Any]:
        """What the verb takes: the lines as one list."""
        told = dict(self.cleaned_data)
        rows = [{name: told.pop(f"{name}_{number}", None) for name in _LINE} for number in range(self.lines)]
        told["commitments"] = [Line(**row) for row in rows if row["text"] and row["due_on"] and row["person"]]
        return told

    def _check_line(self, told: dict[str, Any], number: int) -> None:
        needed = [f"{name}_{number}" for name in ("text", "due_on", "person")]
        given = [name for name in needed if told.get(name) or name in self.errors]
        if given:
            for name in set(needed) - set(given):
                self.add_error(name, _("A commitment says what will be done, by when and by whom."))


def _organs(assignment: Assignment) -> Any:
    """Who else has a part in the round."""
    rows = assignment.suggestion.assignments.filter(round=assignment.round, part=Assignment.Part.CO_HOST)
    return Organ.objects.filter(pk__in=rows.exclude(status=Assignment.Status.ENDED).values("organ"))


def _line_fields(number: int, organs: Any, line: Commitment | None) -> dict[str, forms.Field]:
    what: str | Promise = _("commitment: what will be done") if number == 0 else _("further commitment: what")
    note = _("Needed for classes that are followed up (B); the deputy is told and says whether it was kept.")
    found: dict[str, forms.Field] = {
        f"text_{number}": words_field(
            what, 2, required=False, max_length=1000, initial=line.text if line else "",
            help_text=note if number == 0 else "",
        ),
        f"due_on_{number}": forms.DateField(
            label=_("to be kept by"), required=False, widget=Day(), initial=line.due_on if line else None
        ),
        f"person_{number}": forms.CharField(
            label=_("responsible person"), required=False, max_length=40, initial=line.person if line else ""
        ),
    }  # fmt: skip
    if organs:
        found[f"organ_{number}"] = forms.ModelChoiceField(
            organs, label=_("responsible organ"), required=False, empty_label=_("our own"),
            initial=line.organ_id if line else None,
        )  # fmt: skip
    return found


def _told_field(label: Any) -> forms.ChoiceField:
    """On paper or by telephone."""
    return forms.ChoiceField(label=label, choices=[(how.value, how.label) for how in (How.TELEPHONE, How.PAPER)])


class ReportForm(ActForm):
    """What was done and when; staff say how they heard of it."""

    how = _told_field(_("how the organ told it"))
    text = words_field(_("what was done"), 4, max_length=2000)
    on = day_field(_("done on"))
    picture = UploadField(label=_("picture"), required=False, help_text=_("A photo of what was done: JPG, PNG or PDF"))

    def prepare(self) -> None:
        """Nothing to choose for who reports in person."""
        if policies.keeps(self.actor, self.subject):
            del self.fields["how"]


class KeptForm(ActForm):
    """A deputy only presses the button; who records it for the deputy says how it came."""

    how = _told_field(_("how the deputy said it"))

    def prepare(self) -> None:
        """Nothing to choose for who answers in person."""
        if policies.is_speaker(self.actor, policies.case_of(self.subject)):
            del self.fields["how"]


class DenyForm(KeptForm):
    """What is still lacking."""

    words = words_field(_("what is still lacking"), 3, max_length=500)


class BrokenForm(ActForm):
    """How it stands after its day."""

    reason = words_field(_("how it stands"), 3, max_length=500, help_text=_("What was found, and when."))
