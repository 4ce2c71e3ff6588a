"""The acts before a suggestion is handed in, and those of who signs along."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from files.uploads import store_upload
from suggestions.forms import drafting as forms
from suggestions.models import CoSignature, Suggestion
from suggestions.policies import drafting as policies
from suggestions.transitions import SUGGESTION, Verb, cosigning, drafting
from workflow.acting import Act, catalogue

_on_case = partial(Act, subject=Suggestion, require=SUGGESTION.require)
_on_signature = partial(Act, subject=CoSignature, require=cosigning.require_answer, versioned=False)


@transaction.atomic
def _edit(case: Suggestion, *, actor: Any, sheet: Any, **data: Any) -> None:
    stored = store_upload(sheet, user=actor.user) if sheet else None
    drafting.edit_draft(case, actor=actor, sheet=stored, **data)


_EDIT_NOTE = _(
    "What others than the lead deputy write waits for the lead to confirm it; who signed along is asked anew."
)
_CONFIRM_NOTE = _("Is this what was meant?")
_INVITE_NOTE = _("Each gets the title and the text, and answers with one tap.")
_HAND_IN_NOTE = _("It goes to the deputy affairs commission. Who has not signed along by now no longer can.")
_HAND_IN_THEN = _("The commission examines it; then it gets its number.")
_DISCARD_NOTE = _("It is kept in the record, and counted nowhere. It cannot be taken back.")

_confirm = partial(
    _on_case,
    Verb.CONFIRM_DRAFT,
    perform=drafting.confirm_draft,
    allowed=policies.can_confirm,
    form=forms.HeardForm,
    note=_CONFIRM_NOTE,
    ready=drafting.require_unconfirmed,
    style="primary",
)
_edit_act = partial(_on_case, Verb.EDIT_DRAFT, perform=_edit, allowed=policies.can_edit, form=forms.EditDraftForm)

DRAFTING_ACTS = (
    _confirm(_("Record that it is confirmed")),
    _edit_act(_("Write on"), note=_EDIT_NOTE, submit=_("Save")),
    _on_case(
        Verb.INVITE,
        _("Ask others to sign along"),
        cosigning.invite,
        policies.can_invite,
        forms.InviteForm,
        note=_INVITE_NOTE,
        ready=drafting.require_ready,
    ),
    _on_case(
        Verb.SUBMIT,
        _("Hand in"),
        drafting.hand_in,
        policies.can_hand_in,
        forms.HeardForm,
        note=_HAND_IN_NOTE,
        then=_HAND_IN_THEN,
        ready=drafting.require_ready,
        style="primary",
    ),
    _on_case(
        Verb.DISCARD,
        _("Give the draft up"),
        drafting.discard,
        policies.can_discard,
        note=_DISCARD_NOTE,
        ready=drafting.require_own_words,
        style="danger",
    ),
)

#: A deputy reads the text in large type and answers it.
DRAFTING_OWN = (_confirm(_("Yes, that is what was meant")), _edit_act(_("Let me change it"), submit=_("Save")))

SIGNATURE_ACTS = catalogue(
    _on_signature(
        Verb.CO_SIGN,
        _("Record the signature"),
        cosigning.co_sign,
        policies.can_answer,
        forms.AnswerForm,
        style="primary",
    ),
    _on_signature(
        Verb.DECLINE, _("Record that it was declined"), cosigning.decline, policies.can_answer, forms.AnswerForm
    ),
)
#: One tap each.
SIGNATURE_OWN = catalogue(
    _on_signature(
        Verb.CO_SIGN,
        _("I agree to sign along"),
        cosigning.co_sign,
        policies.can_answer,
        forms.AnswerForm,
        style="primary",
    ),
    _on_signature(Verb.DECLINE, _("I do not sign along"), cosigning.decline, policies.can_answer, forms.AnswerForm),
)
