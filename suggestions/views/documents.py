"""The official forms of a suggestion as Word documents, for whoever may have them; to others they are not there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.actor import Actor
from deliberations.models import Meeting
from files.documents.writing import WORD, render
from files.downloads import content_response
from suggestions import documents
from suggestions.models import Assignment, HandOver, Suggestion


def slip(request: HttpRequest, pk: int, hand_over: int) -> HttpResponse:
    """One slip of a suggestion (F2)."""
    rows = documents.slips_of(pk, request.actor)  # type: ignore[attr-defined]
    return _slips([row for row in rows if row.pk == hand_over])


def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """All slips of a hand-over meeting in one document."""
    actor = request.actor  # type: ignore[attr-defined]
    meetings = Meeting.objects.visible_to(actor).filter(kind=Meeting.Kind.HAND_OVER)
    return _slips(documents.slips_at(get_object_or_404(meetings, pk=pk), actor))


def letter(request: HttpRequest, pk: int, part: int, kind: str) -> HttpResponse:
    """The reply letter (F8), to be gone over in Word and signed; ``kind`` says whether it bears the organ's head."""
    actor = request.actor  # type: ignore[attr-defined]
    host = _host(actor, pk, part)
    form = documents.LETTERS[kind]
    return content_response(render(form, [documents.letter(host, actor)]), documents.letter_name(host), WORD)


def opinion_forms(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """The opinion forms (F9) of those who signed."""
    actor = request.actor  # type: ignore[attr-defined]
    host = _host(actor, pk, part)
    forms = documents.opinion_forms(host, actor)
    if not forms:
        raise Http404
    return content_response(render(documents.OPINION, forms), documents.opinion_forms_name(host, forms), WORD)


def _slips(rows: list[HandOver]) -> HttpResponse:
    if not rows:
        raise Http404
    return content_response(render(documents.SLIP, documents.slips(rows)), documents.slip_names(rows), WORD)


def _host(actor: Actor, pk: int, part: int) -> Assignment:
    cases = Suggestion.objects.visible_to(actor).select_related("lead__term", "session__term")
    found = documents.host_part(get_object_or_404(cases, pk=pk), actor, part)
    if found is None:
        raise Http404
    return found
