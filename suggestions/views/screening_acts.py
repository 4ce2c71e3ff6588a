"""The acts of examining what was handed in."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from suggestions.forms import screening as forms
from suggestions.models import Suggestion
from suggestions.policies import screening as policies
from suggestions.transitions import SUGGESTION, Verb, screening
from workflow.acting import Act

_on_case = partial(Act, subject=Suggestion, require=SUGGESTION.require)

_RETURN_NOTE = _("The deputy completes it and hands it in again.")
_REFUSE_NOTE = _("It gets no number; the deputy is told why, and the proper way. It can still be referred.")
_REFER_NOTE = _("It ends here as a suggestion; the deputy is told where it went.")

SCREENING_ACTS = (
    _on_case(
        Verb.RETURN,
        _("Return to be completed"),
        screening.return_for_completion,
        policies.can_return,
        forms.ReturnForm,
        note=_RETURN_NOTE,
    ),
    _on_case(
        Verb.REFUSE,
        _("Do not accept"),
        screening.refuse,
        policies.can_refuse,
        forms.RefuseForm,
        note=_REFUSE_NOTE,
        style="danger",
    ),
    _on_case(
        Verb.REFER,
        _("Refer elsewhere"),
        screening.refer,
        policies.can_refer,
        forms.ReferForm,
        note=_REFER_NOTE,
        style="danger",
    ),
)
