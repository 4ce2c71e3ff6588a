"""Every act on a visit that has a page: its verb, the row it is about, what it asks and what it does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import visit_records as records
from deliberations.forms import visits as forms
from deliberations.models import Opinion, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import correcting, erasing, settling, visit_papers, visiting
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from workflow.acting import Act, catalogue


def visit_of(subject: Visit | Opinion) -> Visit:
    """The visit that a row belongs to."""
    return subject if isinstance(subject, Visit) else subject.visit


def _require(subject: Visit | Opinion, verb: str) -> None:
    VISIT.require(visit_of(subject), verb)


def _whose(policy: Callable[[Actor, Visit], bool]) -> Callable[[Any, Any], bool]:
    """A policy for visits, asked for an opinion of one."""
    return lambda actor, subject: policy(actor, visit_of(subject))


def _to_next(request: HttpRequest, visit: Visit, _row: Opinion) -> HttpResponse:
    """To the empty form again where another opinion follows."""
    if request.POST.get("again"):
        messages.success(request, _("Saved. Here is the form for the next one."))
        return redirect("deliberations:visit_act", visit.pk, VisitVerb.ADD_OPINION.value)
    return redirect("deliberations:visit", visit.pk)


_on_visit = partial(Act, subject=Visit, require=_require)
_on_opinion = partial(Act, subject=Opinion, require=_require)

_COMPLETE_NOTE = _("The words stay as the deputy noted them. Afterwards the deputy is asked to confirm.")
_CONFIRM_NOTE = _("Is this what was meant?")
_CORRECT_NOTE = _("That it was changed stays in the record, and the deputy is asked to confirm anew.")
_ERASE_NOTE = _("Name, number, recordings and sheets are gone for good; words, route and record stay.")
_CLOSE_NOTE = _("Every voter was told, asked not to be, or could not be reached. Afterwards nothing is changed.")

ACTS = catalogue(
    _on_visit(
        VisitVerb.COMPLETE,
        _("Complete the record"),
        visiting.complete_visit,
        policies.can_keep,
        forms.CompleteForm,
        note=_COMPLETE_NOTE,
        style="primary",
    ),
    _on_visit(
        VisitVerb.CONFIRM,
        _("Confirm"),
        visiting.confirm,
        policies.can_confirm,
        forms.ConfirmForm,
        note=_CONFIRM_NOTE,
        ready=visiting.require_unconfirmed,
    ),
    _on_visit(
        VisitVerb.ADD_OPINION,
        _("Add an opinion"),
        visiting.add_opinion,
        policies.can_keep,
        forms.AddOpinionForm,
        answer=_to_next,
    ),
    _on_visit(
        VisitVerb.CORRECT_VISIT,
        _("Who was there, what was told"),
        correcting.correct_visit,
        policies.can_keep,
        records.CorrectVisitForm,
        note=_CORRECT_NOTE,
        submit=_("Save"),
    ),
    _on_visit(
        VisitVerb.ADD_PAPERS,
        _("Add photos or papers"),
        visit_papers.add_papers,
        policies.can_keep,
        records.PapersForm,
        submit=_("Save"),
    ),
    _on_opinion(
        VisitVerb.ERASE,
        _("Erase name and number"),
        erasing.erase,
        _whose(policies.can_erase),
        records.EraseForm,
        note=_ERASE_NOTE,
        ready=erasing.require_erasable,
        style="danger",
    ),
    _on_opinion(
        VisitVerb.TELL,
        _("Voter told"),
        settling.tell_voter,
        _whose(policies.can_tell),
        forms.TellForm,
        ready=settling.require_untold,
    ),
    _on_opinion(
        VisitVerb.CORRECT,
        _("Correct"),
        correcting.correct,
        _whose(policies.can_correct),
        forms.CorrectForm,
        note=_CORRECT_NOTE,
    ),
    _on_visit(
        VisitVerb.CLOSE,
        _("Settle"),
        settling.close,
        policies.can_keep,
        note=_CLOSE_NOTE,
        style="primary",
        ready=settling.require_settled,
    ),
)
#: A deputy confirms with one press, and puts only the words right.
_OWN = catalogue(
    _on_visit(
        VisitVerb.CONFIRM,
        _("Yes, that is what was meant"),
        visiting.confirm,
        policies.can_confirm,
        note=_CONFIRM_NOTE,
        style="primary",
        ready=visiting.require_unconfirmed,
    ),
    _on_opinion(
        VisitVerb.CORRECT,
        _("Put right"),
        correcting.reword,
        _whose(policies.can_correct),
        forms.RewordForm,
        submit=_("Save"),
    ),
)


def acts_of(actor: Actor) -> dict[str, Act]:
    """The acts as this person does them."""
    return {**ACTS, **_OWN} if actor.is_deputy else ACTS
