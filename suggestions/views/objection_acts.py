"""The acts on an organ's objection, and those by which suggestions are handled together."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from suggestions.forms.merging import MergeForm
from suggestions.forms.objecting import AgreeForm, GrantObjectionForm, ObjectForm, RefuseObjectionForm, ReopenForm
from suggestions.models import Assignment, Suggestion
from suggestions.policies import merging as merging_policies
from suggestions.policies import objecting as policies
from suggestions.transitions import deciding, merging, objecting
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.parts import require_part
from workflow.acting import Act
from workflow.forms import ReasonForm

_on_case = partial(Act, subject=Suggestion, require=SUGGESTION.require)
_on_part = partial(Act, subject=Assignment, require=require_part)


def _agree(assignment: Assignment, **data: Any) -> None:
    objecting.agree_objection(objecting.require_open_objection(assignment), **data)


def _grant(assignment: Assignment, **data: Any) -> None:
    deciding.grant_objection(objecting.require_open_objection(assignment), **data)


def _refuse(assignment: Assignment, **data: Any) -> None:
    deciding.refuse_objection(objecting.require_open_objection(assignment), **data)


_OBJECT_NOTE = _("The reply term runs on meanwhile. Until it is decided nothing else has to be done.")
_REOPEN_NOTE = _("The days for an objection have passed. The reply term does not move.")
_AGREE_NOTE = _("The deputy affairs commission then decides who handles it.")
_GRANT_NOTE = _("The reply term runs on. Whoever gets it now signs for receipt and sees all that was recorded.")
_MERGE_NOTE = _(
    "This one leads: what is handed over, allotted, signed for and talked over here holds for all. Each keeps its "
    "number, its own reply and its own evaluation."
)
_DISSOLVE_NOTE = _("Each is handled for itself again.")

OBJECTION_ACTS = (
    _on_part(
        Verb.OBJECT,
        _("Object to handling it"),
        objecting.raise_objection,
        policies.can_object,
        ObjectForm,
        ready=objecting.require_objectable,
        note=_OBJECT_NOTE,
    ),
    _on_part(
        Verb.AGREE_OBJECTION,
        _("Agree to the objection"),
        _agree,
        policies.can_agree_objection,
        AgreeForm,
        ready=objecting.require_to_agree,
        note=_AGREE_NOTE,
        style="primary",
    ),
    _on_part(
        Verb.GRANT_OBJECTION,
        _("Grant the objection"),
        _grant,
        policies.can_decide_objection,
        GrantObjectionForm,
        ready=objecting.require_to_grant,
        note=_GRANT_NOTE,
        style="primary",
    ),
    _on_part(
        Verb.REFUSE_OBJECTION,
        _("Refuse the objection"),
        _refuse,
        policies.can_refuse_objection,
        RefuseObjectionForm,
        ready=objecting.require_open_objection,
    ),
)

LATE_OBJECTION_ACTS = (
    _on_part(
        Verb.REOPEN_OBJECTION,
        _("Let a late objection in"),
        objecting.reopen_objection,
        policies.can_reopen_objection,
        ReopenForm,
        ready=objecting.require_reopenable,
        note=_REOPEN_NOTE,
    ),
)

MERGE_ACTS = (
    _on_case(
        Verb.MERGE,
        _("Handle together with others"),
        merging.merge,
        merging_policies.can_merge,
        MergeForm,
        ready=merging.require_mergeable,
        note=_MERGE_NOTE,
    ),
    _on_case(
        Verb.DISSOLVE,
        _("Dissolve the merging"),
        merging.dissolve,
        merging_policies.can_merge,
        ReasonForm,
        ready=merging.require_merged,
        note=_DISSOLVE_NOTE,
    ),
)
