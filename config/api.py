"""Every address of the API: what can be read, what can be done, how it is described."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.routers import SimpleRouter

from accounts.actor import NOBODY, Actor
from accounts.api import Me, Organs
from accounts.authentication import Session
from accounts.models import Post, Role
from config.api_names import EXAMPLES
from deliberations.api import cycles, materials, meetings, returns, visits
from files.api import ImportBatches, Jobs
from notifications.api import Notifications
from stations import api as stations
from suggestions.api import cases, handling
from suggestions.models import Evaluation, Reply
from suggestions.transitions import Verb
from suggestions.views.catalogue import acts_of
from suggestions.views.drafting_acts import SIGNATURE_ACTS, SIGNATURE_OWN
from supervision import api as supervision
from workflow.acting import Act
from workflow.api.acting import Acting
from workflow.api.reading import Reading

ActsOf = Callable[[Any], dict[str, Act]]
ShownBy = Callable[[Any, Any, Actor], int]

READ: dict[str, type[Reading]] = {
    # people and places
    "organs": Organs,
    "townships": stations.Townships,
    "terms": stations.Terms,
    "sessions": stations.Sessions,
    "delegations": stations.Delegations,
    "stations": stations.Stations,
    "mandates": stations.Mandates,
    "districts": stations.Districts,
    "standard-items": stations.StandardItems,
    "standard-checks": stations.StandardChecks,
    "reception-rules": stations.ReceptionRules,
    "reception-days": stations.ReceptionDays,
    "duties": stations.Duties,
    # deliberation
    "subject-fields": cycles.SubjectFields,
    "cycles": cycles.Cycles,
    "cycle-stations": cycles.CycleStations,
    "cycle-steps": cycles.CycleSteps,
    "groups": cycles.Groups,
    "leader-contacts": cycles.LeaderContacts,
    "materials": materials.Materials,
    "material-copies": materials.MaterialCopies,
    "material-reads": materials.MaterialReads,
    "topics": cycles.Topics,
    "resolutions": cycles.Resolutions,
    "notices": cycles.Notices,
    "notice-receipts": cycles.NoticeReceipts,
    "publicity": cycles.Publicity,
    "trainings": cycles.Trainings,
    "training-attendance": cycles.TrainingAttendances,
    "training-files": cycles.TrainingFiles,
    "monthly-returns": returns.MonthlyReturns,
    "visits": visits.Visits,
    "opinions": visits.Opinions,
    "tellings": visits.Tellings,
    "visit-files": visits.VisitFiles,
    "guests": visits.GuestsOfMeetings,
    "conveyed-matters": visits.ConveyedMatters,
    "meetings": meetings.Meetings,
    "attendance": meetings.Attendances,
    "meeting-opinions": meetings.MeetingOpinions,
    "promises": meetings.Promises,
    "township-tasks": meetings.TownshipTasks,
    # suggestions
    "suggestions": cases.Suggestions,
    "co-signatures": cases.CoSignatures,
    "clocks": cases.Clocks,
    "verdicts": cases.Verdicts,
    "merge-groups": cases.MergeGroups,
    "continuations": cases.Continuations,
    "result-classes": cases.ResultClasses,
    "hand-overs": handling.HandOvers,
    "assignments": handling.Assignments,
    "contacts": handling.Contacts,
    "co-host-opinions": handling.CoHostOpinions,
    "objections": handling.Objections,
    "extensions": handling.Extensions,
    "replies": handling.Replies,
    "deliveries": handling.Deliveries,
    "evaluations": handling.Evaluations,
    "commitments": handling.Commitments,
    # what looks across
    "cards": supervision.Cards,
    "card-versions": supervision.CardVersions,
    "card-feedback": supervision.CardFeedbacks,
    "proposals": supervision.Proposals,
    "calls": supervision.Calls,
    "performance-entries": supervision.PerformanceEntries,
    "phones": stations.Phones,
    "rules": supervision.Rules,
    "calendar": supervision.Calendar,
    # one's own
    "notifications": Notifications,
    "jobs": Jobs,
    "import-batches": ImportBatches,
}


def _signing(actor: Actor) -> dict[str, Act]:
    return SIGNATURE_OWN if actor.is_deputy else SIGNATURE_ACTS


def _own_key(subject: Any, _result: Any, _actor: Actor) -> int:
    return subject.pk


def _reply_of(subject: Any, _result: Any, _actor: Actor) -> int:
    return Reply.objects.values_list("pk", flat=True).get(assignment=subject)


def _evaluation_of(subject: Any, _result: Any, actor: Actor) -> int:
    return Evaluation.objects.visible_to(actor).filter(reply=subject).latest("pk").pk


#: Deputies do some acts otherwise than those who do them in their name; both ways are described.
_SIDES = (NOBODY, Actor(None, Post(role=Role.DEPUTY)))


def _acts(resource: str, case: str, acts_of: ActsOf, verbs: dict[str, tuple[str, ShownBy]]) -> list[URLPattern]:
    """The addresses of acts on a kind of rows; each verb with the kind of row that it answers, and which of them."""
    made = []
    for verb, (kind, shown) in verbs.items():
        act, *_ = sides = [acts_of(side)[verb] for side in _SIDES]
        name = f"{resource.replace('-', '_')}_{verb}"
        told = {
            "name": name,
            "verb": verb,
            "of": READ[resource],
            "case": case,
            "acts_of": staticmethod(acts_of),
            "shown": staticmethod(shown),
            "kind": READ[kind],
            "forms": tuple(dict.fromkeys(side.form for side in sides)),
            "versioned": act.versioned,
            "label": act.label,
            "note": act.note,
            "example": EXAMPLES.get(verb, {}),
        }
        view: Any = type(f"Act_{name}", (Acting,), told)
        made.append(path(f"{resource}/<int:pk>/acts/{verb}/", view.as_view(), name=name))
    return made


ACTS = [
    *_acts(
        "co-signatures",
        "suggestion",
        _signing,
        {Verb.CO_SIGN.value: ("co-signatures", _own_key), Verb.DECLINE.value: ("co-signatures", _own_key)},
    ),
    *_acts(
        "assignments",
        "suggestion",
        acts_of,
        {Verb.SIGN_RECEIPT.value: ("assignments", _own_key), Verb.DRAFT_REPLY.value: ("replies", _reply_of)},
    ),
    *_acts(
        "replies",
        "assignment.suggestion",
        acts_of,
        {
            Verb.SUBMIT_REPLY.value: ("replies", _own_key),
            Verb.RETURN_REPLY.value: ("replies", _own_key),
            Verb.SIGN_REPLY.value: ("replies", _own_key),
            Verb.EVALUATE.value: ("evaluations", _evaluation_of),
        },
    ),
]

router = SimpleRouter(use_regex_path=False)
for _name, _view in READ.items():
    router.register(_name, _view, basename=_name)
_events = cases.Events.as_view({"get": "list"})

v1 = [
    path("me/", Me.as_view(), name="me"),
    path("suggestions/<int:pk>/events/", _events, name="suggestion-events"),
    *ACTS,
    *router.urls,
]


@cache
def _described(_language: str | None) -> bytes:
    """The description in one language; it costs seconds, and nothing of it changes while the process runs."""
    made = SchemaGenerator(urlconf="config.urls").get_schema(public=True)
    return OpenApiJsonRenderer().render(made)


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description. It tells no data, so it is open."""
    return HttpResponse(_described(get_language()), content_type="application/json")


class Docs(SpectacularSwaggerSplitView):
    """The description to read and to try, served from here."""

    http_method_names = ["get", "head"]
    template_name = "api/docs.html"
    title = _("Programming interface")  # type: ignore[assignment]
    renderer_classes = [TemplateHTMLRenderer]
    authentication_classes = [Session]
    permission_classes: list[Any] = []
    schema = None


urlpatterns = [
    path("v1/", include((v1, "v1"))),
    path("schema/", schema, name="schema"),
    path("docs/", Docs.as_view(url_name="api:schema"), name="docs"),
]
