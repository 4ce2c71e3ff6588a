"""The acts on collected forms, and the one by which another deputy continues a suggestion."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.views.papers import on_paper
from files.uploads import store_upload
from suggestions import policies
from suggestions.forms.continuing import ContinueForm
from suggestions.forms.judging import CollectedForm, ConfirmFormForm
from suggestions.models import Reply, Suggestion
from suggestions.transitions import SUGGESTION, Verb, collected_forms, continuing
from suggestions.transitions.parts import require_reply
from workflow.acting import Act

_on_reply = partial(Act, subject=Reply, require=require_reply)


@transaction.atomic
def _hand_in(reply: Reply, *, actor: Actor, scan: Any, **data: Any) -> None:
    stored = store_upload(scan, user=actor.user)
    collected_forms.hand_in_form(reply, actor=actor, scan=stored, **data)


def _continue(case: Suggestion, *, actor: Actor, number: str, on: Any, scan: Any, **data: Any) -> None:
    if number:
        on_paper(continuing.continue_with)(case, actor=actor, number=number, on=on, scan=scan, **data)
    else:
        continuing.continue_with(case, actor=actor, **data)


def _may_hand_in(actor: Actor, reply: Reply) -> bool:
    return policies.can_hand_in_form(actor, reply.assignment)


def _may_confirm(actor: Actor, reply: Reply) -> bool:
    return policies.can_confirm_form(actor, reply.assignment)


_HAND_IN_NOTE = _("It does not count yet: the deputy affairs commission calls the deputy first.")
_CONFIRM_NOTE = _("Call the deputy first. If the deputy says something else, enter a telephone call-back instead.")
_CONTINUE_NOTE = _("Who continues is answered and asked what they think of the answer. Ask them before you enter it.")

FORM_ACTS = (
    _on_reply(
        Verb.HAND_IN_FORM,
        _("Hand in the collected form"),
        _hand_in,
        _may_hand_in,
        CollectedForm,
        ready=collected_forms.require_form_lacking,
        note=_HAND_IN_NOTE,
    ),
    _on_reply(
        Verb.CONFIRM_FORM,
        _("Confirm the collected form"),
        collected_forms.confirm_form,
        _may_confirm,
        ConfirmFormForm,
        ready=collected_forms.require_waiting_form,
        note=_CONFIRM_NOTE,
        style="primary",
    ),
)

CONTINUE_ACTS = (
    Act(
        Verb.CONTINUE,
        _("Name who continues"),
        _continue,
        policies.can_continue,
        ContinueForm,
        subject=Suggestion,
        require=SUGGESTION.require,
        ready=continuing.require_out_of_office,
        note=_CONTINUE_NOTE,
        style="primary",
    ),
)
