"""The intake page (收件) and the acts of collecting: from a meeting, a promise, a voter's opinion."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deliberations.models import Meeting, Opinion, Promise
from suggestions.forms.collecting import CollectForm
from suggestions.models import Suggestion
from suggestions.policies import screening as policies
from suggestions.transitions import Verb, collecting
from suggestions.views.intake import intake_context
from workflow.acting import Act, act_page
from workflow.engine import permit


def intake(request: HttpRequest) -> HttpResponse:
    """What waits to be collected, completed and examined."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_intake(actor))
    return render(request, "suggestions/intake.html", intake_context(actor))


def collect_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Collect from one meeting, with one click."""
    meetings = Meeting.objects.visible_to(request.actor).select_related("station")  # type: ignore[attr-defined]
    meeting = get_object_or_404(meetings, pk=pk)
    back = reverse("suggestions:intake")
    return act_page(request, _FROM_MEETING, meeting, meeting, back=back, template="suggestions/collect.html")


def collect_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a promise that was not kept a suggestion."""
    promises = Promise.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    said = ("meeting_opinion__speaker__person", "meeting_opinion__meeting__station", "organ")
    promise = get_object_or_404(promises.select_related(*said), pk=pk)
    back = reverse("deliberations:promise", args=[pk])
    return act_page(request, _FROM_PROMISE, promise, promise, back=back, template="suggestions/collect.html")


def collect_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what a voter said a suggestion."""
    opinions = Opinion.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    opinion = get_object_or_404(opinions.select_related("visit__station", "topic", "field"), pk=pk)
    back = reverse("deliberations:visit", args=[opinion.visit_id])
    page = {"template": "suggestions/collect.html", "lead": opinion.visit}
    return act_page(request, _FROM_VOTER, opinion.visit, opinion, back=back, **page)


def _many(request: HttpRequest, meeting: Meeting, fresh: list[Suggestion]) -> HttpResponse:
    """Back to the desk, with how many drafts there are now."""
    said = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", len(fresh)) % {"count": len(fresh)}
    messages.success(request, said if fresh else _("Everything was collected already."))
    return redirect("suggestions:intake")


def _one(request: HttpRequest, subject: Any, made: Suggestion) -> HttpResponse:
    """To the draft, where one may see it; else back to what it was made from."""
    messages.success(request, _("It is a draft now. Please complete it."))
    actor = request.actor  # type: ignore[attr-defined]
    if Suggestion.objects.visible_to(actor).filter(pk=made.pk).exists():
        return redirect("suggestions:detail", made.pk)
    return redirect("deliberations:visit", subject.visit_id)


def _perform(relation: str) -> Any:
    return lambda subject, **told: collecting.collect(**{relation: subject}, **told)


# whoever comes second finds the suggestion that is there, so that no version is asked for
_collect = partial(Act, Verb.COLLECT, style="primary", versioned=False)

_FROM_MEETING = _collect(
    gettext_lazy("Collect"),
    collecting.collect_meeting,
    policies.can_collect_meeting,
    subject=Meeting,
    require=lambda meeting, _verb: collecting.require_closed(meeting),
    note=gettext_lazy("Each opinion forwarded to the county becomes a draft; the leads are asked to look and confirm."),
    answer=_many,
)
_FROM_PROMISE = _collect(
    gettext_lazy("Make it a suggestion"),
    _perform("promise"),
    policies.can_collect_promise,
    CollectForm,
    subject=Promise,
    require=lambda promise, _verb: collecting.require_promise(promise),
    note=gettext_lazy("The promise is recorded as not kept and taken up; the suggestion stays linked to it."),
    answer=_one,
)
_FROM_VOTER = _collect(
    gettext_lazy("Make it a suggestion"),
    _perform("opinion"),
    policies.can_collect_opinion,
    CollectForm,
    subject=Opinion,
    require=lambda opinion, _verb: collecting.require_opinion(opinion),
    note=gettext_lazy(
        "The voter's words stay with the visit and are read from there; the suggestion is written in the deputy's own."
    ),
    answer=_one,
)
