"""The code by which a voter who wrote sees what became of it: what it leads to, and the four plain steps it tells.

Of the code only a keyed mark is kept. It follows from the id of the form that was sent, so that a form sent twice
leads to one message and shows one code, though nobody else can tell the code from the id.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.links import ALPHABET, LENGTH, grouped, plain_code
from deliberations.models import Opinion, Visit
from workflow import sealing

_ID, _CODE = "message", "track code"
#: Of a mobile telephone, however it is written.
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")

_R = Opinion.Route
ROUTES: Mapping[str, Any] = {
    _R.ANSWERED: _("The station has answered it"),
    _R.VILLAGE: _("Given to the village or community"),
    _R.TOWNSHIP: _("Given to the township or sub-district"),
    _R.TO_MEETING: _("It is put forward at the deliberation meeting"),
    _R.SUGGESTION: _("A deputy makes a suggestion of it"),
    _R.HIGHER_DEPUTIES: _("Passed on to deputies of a higher level"),
    _R.REFUSED: _("It cannot be taken up here"),
}


def fresh(client_id: UUID) -> tuple[str, str]:
    """The code for a form that was sent, as it is shown, and the mark that is kept of it."""
    code = _code(sealing.mark(str(client_id), _ID))
    return grouped(code), sealing.mark(code, _CODE)


def shown_again(client_id: UUID, digest: str) -> str:
    """The code that the form got when it came first, also after a new key; empty when its key is gone."""
    codes = [_code(mark) for mark in sealing.marks(str(client_id), _ID)]
    return next((grouped(code) for code in codes if digest in sealing.marks(code, _CODE)), "")


def opinion_under(typed: str) -> Opinion | None:
    """What was written under a code; wrong, mistyped and never given look the same."""
    marks = sealing.marks(plain_code(typed), _CODE)
    rows = Opinion.objects.filter(track_digest__in=marks).exclude(visit__status=Visit.Status.ANNULLED)
    return rows.select_related("visit__station", "township_task").prefetch_related("tellings").first()


def progress(opinion: Opinion) -> dict[str, Any]:
    """Received, being seen to, come to a result, told: as steps; and the words that the voter was told."""
    visit, tellings = opinion.visit, list(opinion.tellings.all())
    routed = bool(opinion.route) and visit.status != Visit.Status.INCOMPLETE
    told = any(telling.final and telling.reached for telling in tellings)
    came = told or (routed and _has_result(opinion))
    return {
        "steps": [
            _step(_("Received"), True, True, visit.created_at),
            _step(ROUTES[opinion.route] if routed else _("The station is looking into it"), routed, True),
            _step(_("There is a result") if came else _("The result"), came, routed),
            _step(_("You were told") if opinion.tell_wish or told else _("You wanted no answer"), told, came),
        ],
        "reason": without_numbers(opinion.route_reason) if routed and opinion.route == _R.REFUSED else "",
        "told": [
            {"on": telling.on, "text": without_numbers(telling.text)}
            for telling in tellings
            if telling.reached and telling.text
        ],
    }


def without_numbers(text: str) -> str:
    """Words as a page without sign-in may show them: no mobile number stands in them.

    >>> without_numbers("请找老王 139 1234 5678，或拨 12345")
    '请找老王 ***，或拨 12345'
    """
    return _MOBILE.sub("***", text)


def _has_result(opinion: Opinion) -> bool:
    """Answered or refused, settled by the village or township, or decided at the meeting."""
    if opinion.route in (_R.ANSWERED, _R.REFUSED):
        return True
    task = getattr(opinion, "township_task", None)
    if task is not None and task.done_on is not None:
        return True
    return opinion.deliberated.exclude(outcome="").exists()


def _step(label: Any, done: bool, begun: bool, on: Any = None) -> dict[str, Any]:
    return {"label": label, "state": "done" if done else "current" if begun else "todo", "on": on}


def _code(mark: str) -> str:
    """The first digits of a keyed mark, written in the letters of a code."""
    number, letters = int(mark, 16), ""
    for _place in range(LENGTH):
        number, left = divmod(number, len(ALPHABET))
        letters += ALPHABET[left]
    return letters
