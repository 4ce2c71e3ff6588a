"""The page of each act on a visit or on one of its opinions, and which acts are open."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.actor import Actor
from deliberations.models import Opinion, Visit
from deliberations.transitions.visit_machine import VisitVerb
from deliberations.views.visit_catalogue import acts_of
from workflow.acting import Act, act_page, offered


def act(request: HttpRequest, pk: int, verb: str, opinion: int | None = None) -> HttpResponse:
    """The page of one act; it shows what was said, unless its form asks for the words."""
    actor = request.actor  # type: ignore[attr-defined]
    visit = get_object_or_404(Visit.objects.visible_to(actor).select_related("station", "recorded_by__person"), pk=pk)
    chosen = acts_of(actor)[verb]
    subject = _subject(chosen, visit, opinion)
    context = {
        "visit": visit,
        "opinions": [] if "words" in chosen.form.base_fields else _opinions(subject),
        "papers": _papers(chosen, visit),
        "may_put_right": chosen.verb == VisitVerb.CONFIRM and actor.is_deputy,
    }
    back = reverse("deliberations:visit", args=[visit.pk])
    return act_page(request, chosen, visit, subject, back=back, template="deliberations/visit_act.html", **context)


def _opinions(subject: Any) -> list[Opinion]:
    return [subject] if isinstance(subject, Opinion) else list(subject.opinions.all())


def _papers(chosen: Act, visit: Visit) -> list[Any]:
    """What was photographed or recorded, beside the form into which it is typed, and for the deputy to compare."""
    if chosen.verb not in (VisitVerb.COMPLETE, VisitVerb.CONFIRM, VisitVerb.CORRECT):
        return []
    return list(visit.papers.select_related("file"))


def buttons(actor: Actor, subject: Any) -> list[dict[str, Any]]:
    """What this person can do now with a visit, or with one of its opinions."""
    acts = [act for act in acts_of(actor).values() if act.verb != VisitVerb.ERASE]  # it stands beside the name
    return offered(acts, actor, subject, lambda act: _url(act, subject))


def _url(act: Act, subject: Any) -> str:
    if act.subject is Visit:
        return reverse("deliberations:visit_act", args=[subject.pk, act.verb.value])
    return reverse("deliberations:opinion_act", args=[subject.visit_id, subject.pk, act.verb.value])


def _subject(chosen: Act, visit: Visit, opinion: int | None) -> Any:
    """The row that the act is for; raises Http404."""
    if (opinion is None) != (chosen.subject is Visit):
        raise Http404
    if opinion is None:
        return visit
    row = get_object_or_404(visit.opinions.select_related("voter"), pk=opinion)
    row.visit = visit
    return row
