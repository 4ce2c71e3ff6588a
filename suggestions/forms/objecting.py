"""What is asked of an organ that objects, and of whoever decides on it (F4)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, organ_field
from accounts.models import Organ
from suggestions.forms.extending import LeadersWordForm
from suggestions.forms.intake import receiving_organs
from suggestions.models import Objection
from suggestions.transitions.objecting import needs_leader, next_number, open_objection
from workflow import clock
from workflow.forms import ActForm, ReasonForm, words_field

#: As long as the name of whoever signs or decides may be.
_NAME = 40
#: So many days a late objection is let in for, unless another day is named.
_LATE_DAYS = 3


class ObjectForm(ActForm):
    """Why, on which duty it rests, and who should handle it; the main leader signs once it is passed round."""

    reason = forms.ChoiceField(label=_("reason"), choices=Objection.Reason.choices, widget=forms.RadioSelect)
    proposed = organ_field(
        _("who should handle it"),
        required=False,
        help_text=_("The organ whose duty it is, that should host, or that should help. Empty for a higher level."),
    )
    basis = words_field(
        _("which duty or rule it rests on"), 4, max_length=1000, help_text=_("For example the list of duties (三定).")
    )
    signed_by = forms.CharField(
        label=_("signed by the main leader"),
        max_length=_NAME,
        help_text=_("It was objected to before: a written statement signed by the main leader is needed."),
    )

    def prepare(self) -> None:
        """Any organ but one's own; a first objection needs no signature of the main leader."""
        self.offer("proposed", receiving_organs().exclude(pk=self.subject.organ_id))
        if not needs_leader(next_number(self.subject.suggestion)):
            del self.fields["signed_by"]


class ReopenForm(ReasonForm):
    """Until when, and why, a late objection is let in."""

    until = forms.DateField(label=_("objection possible until"), widget=Day())

    field_order = ["until", "reason"]

    def prepare(self) -> None:
        """A few days from today."""
        self.propose(until=clock.today() + timedelta(_LATE_DAYS))


class AgreeForm(ActForm):
    """The government office agrees, and may name another organ than the one proposed."""

    proposed = organ_field(_("who should handle it"), required=False)

    def prepare(self) -> None:
        """As the organ proposes."""
        self.objection = open_objection(self.subject)
        self.offer("proposed", receiving_organs().exclude(pk=self.subject.organ_id))
        if self.objection is not None:
            self.propose(proposed=self.objection.proposed_id)


class _DecideForm(ActForm):
    """The decision; who settled it, where organs could not agree."""

    decision = words_field(_("decision"), 3, max_length=1000, help_text=_("The organ and the deputy read it."))
    decided_by = forms.CharField(
        label=_("county leader who settled it"),
        max_length=_NAME,
        help_text=_("It was passed round too often; after this nobody objects any more."),
    )

    def prepare(self) -> None:
        """What is decided; a county leader is asked for only once it was passed round too often."""
        self.objection = open_objection(self.subject)
        if self.objection is None or not needs_leader(self.objection.number):
            del self.fields["decided_by"]


class GrantObjectionForm(LeadersWordForm, _DecideForm):
    """Who handles it from now on, as the objection proposes."""

    host = organ_field(_("host"))
    co_hosts = forms.ModelMultipleChoiceField(
        Organ.objects.none(),
        label=_("further co-hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who co-hosts now stays. Tick the objecting organ if it is to help."),
    )

    field_order = ["host", "co_hosts", "decision", "decided_by", "agreed_by", "how"]

    def prepare(self) -> None:
        """Every organ that exists; what the objection asks for is filled in."""
        super().prepare()
        self.offer_word(self.subject.suggestion, _("Of a key suggestion this person decides."))
        for name in ("host", "co_hosts"):
            self.offer(name, receiving_organs())
        if self.objection is not None:
            self.propose(**_proposal(self.objection))


class RefuseObjectionForm(_DecideForm):
    """Why all stays as it is."""


def _proposal(objection: Objection) -> dict[str, Any]:
    """Who would handle it if it went as the organ asks."""
    part, proposed = objection.assignment, objection.proposed_id
    rows = part.suggestion.assignments.filter(round=part.round).exclude(status="ENDED").exclude(part="CO_HOST")
    host = rows.values_list("organ", flat=True).first()
    if objection.reason == Objection.Reason.MORE_ORGANS:
        return {"host": host, "co_hosts": [organ for organ in (proposed, _helping(objection)) if organ]}
    if objection.reason == Objection.Reason.REVERSED:
        return {"host": proposed, "co_hosts": [part.organ_id] if part.is_host else []}
    return {"host": proposed if part.is_host else host, "co_hosts": [] if part.is_host else [proposed]}


def _helping(objection: Objection) -> int | None:
    """A co-host that asks for more organs goes on helping itself."""
    return None if objection.assignment.is_host else objection.assignment.organ_id
