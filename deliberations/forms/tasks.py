"""What is asked of whoever works on the board of a township: to whom it goes, until when, what came of it."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from workflow import clock
from workflow.forms import ActForm, words_field
from workflow.rules import rules_in_force


class AssignTaskForm(ActForm):
    """Which office or village, since when, by whom and by when."""

    assignee = forms.CharField(
        label=_("given to"), max_length=60, help_text=_("An office or station of the township, or the village.")
    )
    on = day_field(_("given on"))
    handler = forms.CharField(label=_("handler"), max_length=40, required=False)
    due_on = day_field(_("to be settled by"), initial=None)

    def prepare(self) -> None:
        """As it stands."""
        row = self.subject
        self.propose(assignee=row.assignee or self._village(), handler=row.handler, due_on=row.due_on)
        if row.assigned_on:
            self.initial["on"] = row.assigned_on

    def _village(self) -> str:
        """The voter's village, where it goes to a village."""
        said = self.subject.opinion
        return said.voter.village if said and said.route == said.Route.VILLAGE and said.voter else ""


class PostponeTaskForm(ActForm):
    """Until when instead, and why."""

    due_on = day_field(_("to be settled by"), initial=None)
    reason = words_field(_("reason"), 3, max_length=500)

    def prepare(self) -> None:
        """As long again as the rule gives."""
        days = rules_in_force(clock.today())[1]["township_task_days"]
        self.propose(due_on=max(self.subject.due_on, clock.today()) + timedelta(days))


class FinishTaskForm(ActForm):
    """What came of it, when, and who saw to it."""

    result = words_field(_("result"), 3, max_length=1000)
    on = day_field(_("settled on"))
    handler = forms.CharField(label=_("handler"), max_length=40, required=False)

    def prepare(self) -> None:
        """Who was named before."""
        self.propose(handler=self.subject.handler)
