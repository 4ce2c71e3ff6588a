"""Pages of what is being written: new, the lists, one draft, the sheet, and the page of who is asked to sign along."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from files.downloads import attachment_response
from files.uploads import store_upload
from suggestions import draft_lists
from suggestions.forms.drafting import BehalfDraftForm, NewDraftForm, OwnDraftForm
from suggestions.models import CoSignature, Suggestion
from suggestions.policies import drafting as policies
from suggestions.querysets import PRIVATE
from suggestions.record import timeline
from suggestions.sources import sources_of
from suggestions.transitions import Verb, drafting
from suggestions.transitions.cosigning import require_answer
from suggestions.transitions.intake import check_own_level, current_session
from suggestions.views.case_rows import read_beside
from suggestions.views.catalogue import acts_of
from suggestions.views.drafting_acts import SIGNATURE_ACTS, SIGNATURE_OWN
from workflow.acting import Act, act_page, offered
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing

S = Suggestion.Status
_NEWEST = (("received_on", "desc"), ("pk", "desc"))


def draft_list(request: HttpRequest) -> HttpResponse:
    """What is being written, and who is asked to sign along, as far as it waits for this person."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_drafts(actor))
    which = draft_lists.known(actor, request.GET.get("which", ""))
    rows = draft_lists.rows_of(actor, which)
    if which == draft_lists.ASKED:
        rows = rows.select_related("suggestion__lead__person", "mandate__person")
        context = listing(request, rows, None, (("pk", "desc"),))
    else:
        rows = rows.select_related("lead__person", "lead__station", "raised_by__person", "recorded_by__person")
        context = listing(request, rows, None, _NEWEST, counted=_("%(count)s drafts"))
    context |= {"which": which, "tabs": draft_lists.tabs(actor, which)}
    return render(request, "suggestions/drafts.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """A deputy's own draft, or one written for a deputy."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_draft(actor), _why_not(actor))
    kind = OwnDraftForm if actor.is_deputy else BehalfDraftForm
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*sent, actor=actor)
    case, status = _sent(form, actor)
    if case is None:
        context = {"form": form, "submit_label": _("Save the draft"), "cancel_url": reverse("suggestions:drafts")}
        return render(request, "suggestions/draft_new.html", context, status=status)
    messages.success(request, _next_step(case, actor))
    return redirect("suggestions:detail", case.pk)


def _why_not(actor: Actor) -> str:
    """The three lawful ways, to a deputy of another level whose station has no county deputy (scenario 33)."""
    if not actor.is_deputy:
        return ""
    point = policies.own_points(actor).first()
    if point is None:
        return _("Only a deputy in office can draft a suggestion.")
    try:
        check_own_level(point)
    except Invalid as refused:
        return refused.sentence
    return ""


def _sent(form: NewDraftForm, actor: Actor) -> tuple[Suggestion | None, int]:
    """The draft that the form made, or the status under which it is shown again with all that was typed."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return _drafted(actor=actor, **form.told()), 302
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None, 422
    except Conflict as refused:
        form.again()
        form.add_error(None, refused.sentence)
        return None, 409


@transaction.atomic
def _drafted(*, actor: Actor, sheet: Any, **told: Any) -> Suggestion:
    stored = store_upload(sheet, user=actor.user) if sheet else None
    session = current_session() if told.get("origin") == Suggestion.Origin.SESSION else None
    return drafting.draft(actor=actor, sheet=stored, session=session, **told)


def _next_step(case: Suggestion, actor: Actor) -> str:
    if case.is_incomplete:
        return _("Kept. The station types it; then you are asked.") if actor.is_deputy else _("Kept, to be typed.")
    if case.confirmed_at is None:
        return _("Kept. %(name)s is asked to confirm it.") % {"name": case.lead.person.name}
    return _("Kept. You can hand it in now, or ask others to sign along first.")


def is_draft(case: Suggestion) -> bool:
    """Whether the case has its page here: it was not handed in yet, came back, or was given up."""
    return case.status in PRIVATE


def detail(request: HttpRequest, case: Any) -> HttpResponse:
    """A draft that the caller has found visible: the text in large type, what is lacking, who signs along."""
    actor = request.actor  # type: ignore[attr-defined]
    read_beside(case)
    context = {
        "suggestion": case,
        "acts": _buttons(actor, case),
        "version": case.version,
        "lacks": _lacks(case),
        "asks": _asks(actor, case),
        "returned": _returned(case),
        "sees_sheet": case.sheet_id is not None and policies.can_see_sheet(actor),
        "signatures": _signatures(actor, case),
        "own": _own_signature(actor, case),
        "origins": sources_of(case, actor) if case.has_sources else [],
        "events": timeline(case, actor),
    }
    return render(request, "suggestions/draft.html", context)


def _buttons(actor: Actor, case: Suggestion) -> list[dict[str, Any]]:
    """What can be done now; the lead confirms with one tap."""

    def url(act: Act) -> str:
        return reverse("suggestions:act", args=[case.pk, act.verb.value])

    found = offered(acts_of(actor).values(), actor, case, url)
    for button in found:
        if button["verb"] == Verb.CONFIRM_DRAFT and policies.is_lead(actor, case):
            button["post"] = True
        if button["verb"] == Verb.EDIT_DRAFT and case.is_incomplete:
            button["style"] = "primary"
    return found


def _asks(actor: Actor, case: Suggestion) -> bool:
    """Whether the lead who reads it is asked if it is what was meant."""
    waits = case.confirmed_at is None and not case.is_incomplete and case.status != S.DISCARDED
    return waits and policies.is_lead(actor, case)


def _lacks(case: Suggestion) -> str:
    """What must happen before it can be handed in; empty when it can be, or has ended."""
    if case.status == S.DISCARDED:
        return ""
    if case.is_incomplete:
        return _("The matter is not written down yet.")
    if case.confirmed_at is None and not policies.is_of_committee(case):
        return _("%(name)s has not confirmed yet that it is what was meant.") % {"name": case.lead.person.name}
    return ""


def _returned(case: Suggestion) -> str:
    """What the committee says is lacking, as it said it last."""
    if case.status != S.RETURNED:
        return ""
    event = case.events.filter(verb=Verb.RETURN).select_related("detail").last()
    return event.detail.reason if event else ""


def _signatures(actor: Actor, case: Suggestion) -> list[CoSignature]:
    """Who was asked and what they said, with the page of the answer for whoever may see it."""
    asked = CoSignature.objects.filter(suggestion=case)
    rows = list(asked.select_related("mandate__person"))
    answerable = set(asked.visible_to(actor).values_list("pk", flat=True))
    for row in rows:
        row.suggestion = case
        row.has_page = row.pk in answerable and case.status == S.SIGNING  # type: ignore[attr-defined]
    return rows


def _own_signature(actor: Actor, case: Suggestion) -> CoSignature | None:
    """The invitation of the deputy who reads it."""
    if not actor.is_deputy or case.status != S.SIGNING:
        return None
    return CoSignature.objects.visible_to(actor).filter(suggestion=case).first()


def sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The handwritten sheet behind a suggestion one may see; organs do not read it."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.can_see_sheet(actor):
        raise Http404
    rows = Suggestion.objects.visible_to(actor).exclude(sheet=None).select_related("sheet")
    return attachment_response(request, get_object_or_404(rows, pk=pk).sheet)


def co_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one invitation: title, who leads, the text, yes or no; afterwards why nothing is asked any more."""
    actor = request.actor  # type: ignore[attr-defined]
    row = _invitation(actor, pk)
    open_ = row.suggestion.status == S.SIGNING
    context = {
        "signature": row,
        "suggestion": row.suggestion,
        "is_open": open_,
        "ended": "" if open_ else _ended(row),
        "asked": policies.is_asked(actor, row),
        "sees_case": Suggestion.objects.visible_to(actor).filter(pk=row.suggestion_id).exists(),
        "acts": _answers(actor, row) if open_ else [],
    }
    return render(request, "suggestions/cosign.html", context)


def answer(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Yes or no to one invitation."""
    actor = request.actor  # type: ignore[attr-defined]
    row = _invitation(actor, pk)
    back = reverse("suggestions:co_signature", args=[pk])
    lead = f"{row.mandate.person.name} · {row.suggestion.title}" if row.suggestion.status == S.SIGNING else ""
    return act_page(request, _acts_on(actor, row)[verb], None, row, back=back, lead=lead)


def _invitation(actor: Actor, pk: int) -> CoSignature:
    rows = CoSignature.objects.visible_to(actor).select_related(
        "suggestion__lead__person", "suggestion__lead__station", "mandate__person", "mandate__term", "mandate__station"
    )
    return get_object_or_404(rows, pk=pk)


def _acts_on(actor: Actor, row: CoSignature) -> dict[str, Act]:
    return SIGNATURE_OWN if policies.is_asked(actor, row) else SIGNATURE_ACTS


def _answers(actor: Actor, row: CoSignature) -> list[dict[str, Any]]:
    """Yes and no as buttons: one tap for who is asked, a page that asks how it came for who records it."""

    def url(act: Act) -> str:
        return reverse("suggestions:answer", args=[row.pk, act.verb.value])

    found = offered(_acts_on(actor, row).values(), actor, row, url)
    for button in found:
        button["post"] = policies.is_asked(actor, row)
    return found


def _ended(row: CoSignature) -> str:
    """Why nobody is asked any more."""
    try:
        require_answer(row, Verb.CO_SIGN)
    except Conflict as refused:
        return refused.sentence
    return ""
