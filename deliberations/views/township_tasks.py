"""The board of what townships and villages have to settle: the list, the page of each act, the list on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from deliberations.filters.meetings import TaskFilter
from deliberations.forms import tasks as forms
from deliberations.models import Opinion, TownshipTask
from deliberations.policies import meetings as policies
from deliberations.transitions import board
from deliberations.transitions.meeting_machines import MeetingVerb
from workflow import clock
from workflow.acting import Act, act_page, catalogue
from workflow.engine import permit
from workflow.paging import listing

SOONEST = (("settled", "asc"), ("due_on", "asc"), ("pk", "asc"))
#: So many stand on one sheet of paper; a board that is longer is printed by its filters.
PRINTED = 200

ACTS = catalogue(
    Act(
        MeetingVerb.ASSIGN_TASK,
        gettext_lazy("Give it on"),
        board.assign_task,
        policies.can_work_on,
        forms.AssignTaskForm,
        subject=TownshipTask,
        require=board.require,
        ready=board.require_undone,
    ),
    Act(
        MeetingVerb.POSTPONE_TASK,
        gettext_lazy("Postpone"),
        board.postpone_task,
        policies.can_work_on,
        forms.PostponeTaskForm,
        subject=TownshipTask,
        require=board.require,
        ready=board.require_undone,
    ),
)
FINISH = Act(
    MeetingVerb.FINISH_TASK,
    gettext_lazy("Settled"),
    board.finish_task,
    policies.can_work_on,
    forms.FinishTaskForm,
    subject=TownshipTask,
    require=board.require,
    ready=board.require_undone,
)


def task_list(request: HttpRequest) -> HttpResponse:
    """What was given to townships and villages: what is still to settle first, the longest overdue at the top."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_tasks(actor))
    visible = _visible(actor)
    context = listing(request, visible.unsettled_first(), TaskFilter, SOONEST, counted=_("%(count)s tasks"))
    told = _told(context["rows"])
    for row in context["rows"]:
        row.is_told = row.opinion_id in told
    context |= {"today": clock.today(), "may_finish": _may_finish(actor), "tabs": _tabs(request, visible)}
    return render(request, "deliberations/township_tasks.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """The open ones on paper, to be taken to the township government or read out at its meeting."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_tasks(actor))
    rows = TaskFilter(request.GET, queryset=_visible(actor).undone().order_by("due_on", "pk"), request=request).qs
    context = {"rows": rows[:PRINTED], "today": clock.today()}
    return render(request, "deliberations/township_task_sheet.html", context)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one act on a task."""
    return _act(request, pk, ACTS[verb])


def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it: said by the presidium, or written down by station or staff."""
    return _act(request, pk, FINISH)


def _act(request: HttpRequest, pk: int, chosen: Act) -> HttpResponse:
    task = get_object_or_404(_visible(request.actor), pk=pk)  # type: ignore[attr-defined]
    shown = {"lead": task.case, "task": task, "template": "deliberations/township_task_act.html"}
    return act_page(request, chosen, task.case, task, back=reverse("deliberations:township_tasks"), **shown)


def _visible(actor: Actor) -> Any:
    return TownshipTask.objects.visible_to(actor).in_force().for_list()


def _told(rows: list[TownshipTask]) -> set[int]:
    """The opinions among them whose voter had the last word, or asked for none."""
    asked = Opinion.objects.filter(pk__in=[row.opinion_id for row in rows if row.opinion_id])
    waiting = set(asked.to_tell().values_list("pk", flat=True))
    return {row.opinion_id for row in rows if row.opinion_id and row.opinion_id not in waiting}


def _tabs(request: HttpRequest, visible: Any) -> list[dict[str, Any]]:
    today, now = clock.today(), request.GET.get("stands", "")
    tabs = (
        ("open", _("To settle"), visible.undone()),
        ("overdue", _("Overdue"), visible.overdue(today)),
        ("done", _("Settled"), visible.exclude(done_on=None)),
        ("", _("All"), visible),
    )
    return [
        {"label": label, "url": f"?stands={stands}" if stands else "?", "current": stands == now, "count": rows.count()}
        for stands, label, rows in tabs
    ]


def _may_finish(actor: Actor) -> bool:
    """The list shows only what is one's own; of the committee only staff write for others."""
    return actor.is_staff or not actor.is_committee
