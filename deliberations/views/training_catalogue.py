"""Every act of a training that has a page."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import training as forms
from deliberations.forms.cycles import CorrectTrainingForm
from deliberations.models import Cycle, Training, TrainingFile
from deliberations.policies import training as policies
from deliberations.transitions import preparation, training, training_papers
from deliberations.transitions.training_machine import TRAINING
from deliberations.transitions.training_machine import TrainingVerb as V
from stations.models import StationStaff
from workflow import clock
from workflow.acting import Act, catalogue
from workflow.forms import ReasonForm


def _require(subject: Any, verb: str) -> None:
    TRAINING.require(subject if isinstance(subject, Cycle) else cycle_of(subject), verb)


def cycle_of(subject: Any) -> Cycle:
    """The cycle of a training or of one of its files."""
    found: Cycle = subject.training.cycle if isinstance(subject, TrainingFile) else subject.cycle
    return found


def _may_plan(actor: Actor, cycle: Cycle) -> bool:
    """Staff, and whoever runs a station of the cycle; which one, the verb asks again."""
    if actor.is_staff:
        return True
    if actor.role != "STATION":
        return False
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return cycle.stations.filter(station__in=duties.values("station")).exists()


def _keeps(actor: Actor, subject: Any) -> bool:
    row = subject.training if isinstance(subject, TrainingFile) else subject
    return policies.can_keep_training(actor, row)


def _plan(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> Training:
    return training.plan_training(cycle, training.TrainingPlan(**data), actor=actor, version=version)


def _change(row: Training, *, actor: Any, version: int, **data: Any) -> None:
    preparation.correct_training(row, preparation.TrainingFacts(**data), actor=actor, version=version)


@transaction.atomic
def _note(row: Training, *, actor: Any, version: int, sheet: Any, **data: Any) -> None:
    noted = training.note_sheet(row, actor=actor, version=version, **data)
    if sheet:
        cycle = type(noted.cycle).objects.get(pk=noted.cycle_id)
        kind = TrainingFile.Kind.SIGN_IN
        training_papers.add_files(noted, actor=actor, version=cycle.version, kind=kind, uploads=sheet)


_on = partial(Act, allowed=_keeps, require=_require, subject=Training)

PLAN = Act(
    V.PLAN,
    _("Plan a training"),
    _plan,
    _may_plan,
    forms.PlanTrainingForm,
    subject=Cycle,
    require=_require,
    note=_("All active deputies of the stations concerned are invited; whom, can be changed afterwards."),
)

ACTS = catalogue(
    _on(V.NOTE, _("Note who came"), _note, form=forms.SheetForm, ready=training.require_begun, style="primary"),
    _on(V.CHANGE, _("Change"), _change, form=CorrectTrainingForm),
    _on(V.INVITE, _("Choose whom to invite"), training.invite, form=forms.InviteForm),
    _on(V.ADD_FILES, _("Add files"), training_papers.add_files, form=forms.FilesForm),
    _on(V.WRITE_NEWS, _("Write the short news"), training_papers.write_news, form=forms.NewsForm),
    _on(
        V.RENEW_CODE,
        _("Renew the code"),
        training.renew_code,
        note=_("The code that hangs on the wall signs nobody in any more; print the new one."),
    ),
    _on(
        V.CANCEL,
        _("Cancel"),
        training.cancel_training,
        form=ReasonForm,
        ready=training.require_untouched,
        style="danger",
        note=_("Whoever was invited is told that it will not be held."),
    ),
    Act(
        V.REMOVE_FILE,
        _("Take away"),
        training_papers.remove_file,
        _keeps,
        ReasonForm,
        subject=TrainingFile,
        require=_require,
        style="danger",
    ),
)
