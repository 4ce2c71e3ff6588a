"""Every act on a visit that has a page: its verb, the row it is about, what it asks and what it does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import visits as forms
from deliberations.models import Opinion, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import correcting, settling, visiting
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


_on_visit = partial(Act, subject=Visit, require=_require)
_on_opinion = partial(Act, subject=Opinion, require=_require)

_COMPLETE_NOTE = _("The words stay as the deputy noted them. Afterwards the deputy is asked to confirm.")
_CONFIRM_NOTE = _("Is this what was meant?")
_CORRECT_NOTE = _("That it was changed stays in the record, and the deputy is asked to confirm anew.")
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
        VisitVerb.ADD_OPINION, _("Add an opinion"), visiting.add_opinion, policies.can_keep, forms.AddOpinionForm
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
