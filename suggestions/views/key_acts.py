"""The acts on key suggestions, later dates and the council of chairpersons that have a page."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from deliberations.views.papers import on_paper
from suggestions.forms.council import EndForm, GoOnForm
from suggestions.forms.extending import DecideForm, GrantForm, RefuseForm, RequestExtensionForm
from suggestions.forms.key import DeclineForm, DesignateForm
from suggestions.models import Assignment, Suggestion
from suggestions.policies import key as policies
from suggestions.transitions import council, extending, key
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.parts import require_part
from workflow.acting import Act
from workflow.forms import ReasonForm

_on_case = partial(Act, subject=Suggestion, require=SUGGESTION.require)
_on_part = partial(Act, subject=Assignment, require=require_part)


def _agree(assignment: Assignment, **data: Any) -> None:
    extending.agree_extension(extending.require_open_extension(assignment), **data)


def _grant(assignment: Assignment, **data: Any) -> None:
    extending.grant_extension(extending.require_open_extension(assignment), **data)


def _refuse(assignment: Assignment, **data: Any) -> None:
    extending.refuse_extension(extending.require_open_extension(assignment), **data)


_EXTEND_NOTE = _("First explain it to the deputy. The date moves only when it is granted; the first date stays shown.")
_GRANT_NOTE = _("The date until now stays in the record. The co-hosts' dates do not move.")
_AGENDA_NOTE = _("Handling goes on meanwhile.")
_END_NOTE = _("Handling ends. It is counted apart, never as satisfied. It cannot be taken back.")

KEY_ACTS = (
    _on_case(
        Verb.NOMINATE_KEY,
        _("Nominate as key"),
        key.nominate_key,
        policies.can_nominate_key,
        ReasonForm,
        ready=key.require_no_nomination,
    ),
    _on_case(
        Verb.DESIGNATE_KEY,
        _("Designate as key"),
        on_paper(key.designate_key),
        policies.can_record_decision,
        DesignateForm,
        ready=key.require_not_designated,
    ),
    _on_case(
        Verb.DECLINE_KEY,
        _("Not chosen as key"),
        on_paper(key.decline_key),
        policies.can_record_decision,
        DeclineForm,
        ready=key.require_nomination,
    ),
)

EXTENSION_ACTS = (
    _on_part(
        Verb.REQUEST_EXTENSION,
        _("Ask for a later date"),
        extending.request_extension,
        policies.can_request_extension,
        RequestExtensionForm,
        ready=extending.require_extensible,
        note=_EXTEND_NOTE,
    ),
    _on_part(
        Verb.AGREE_EXTENSION,
        _("Agree to the later date"),
        _agree,
        policies.can_agree_extension,
        DecideForm,
        ready=extending.require_to_agree,
        style="primary",
    ),
    _on_part(
        Verb.GRANT_EXTENSION,
        _("Grant the later date"),
        _grant,
        policies.can_decide_extension,
        GrantForm,
        ready=extending.require_to_grant,
        note=_GRANT_NOTE,
        style="primary",
    ),
    _on_part(
        Verb.REFUSE_EXTENSION,
        _("Refuse the later date"),
        _refuse,
        policies.can_refuse_extension,
        RefuseForm,
        ready=extending.require_open_extension,
    ),
)

COUNCIL_ACTS = (
    _on_case(
        Verb.PUT_ON_AGENDA,
        _("Put before the council"),
        council.put_on_agenda,
        policies.can_put_on_agenda,
        ReasonForm,
        ready=council.require_off_agenda,
        note=_AGENDA_NOTE,
    ),
    _on_case(
        Verb.GO_ON,
        _("The council lets it go on"),
        on_paper(council.go_on),
        policies.can_record_decision,
        GoOnForm,
        ready=council.require_on_agenda,
    ),
    _on_case(
        Verb.END_BY_RESOLUTION,
        _("End by resolution"),
        on_paper(council.end_by_resolution),
        policies.can_record_decision,
        EndForm,
        ready=council.require_endable,
        note=_END_NOTE,
        style="danger",
    ),
)
