"""Taking an imported ledger back, as long as nobody has worked with what it brought.

Nothing is deleted: each case stays with its record, gives up its number, and stands in no list, count or table.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.models import ImportBatch
from suggestions import policies
from suggestions.models import Assignment, Suggestion, SuggestionClock
from suggestions.transitions.machines import SUGGESTION, Verb
from workflow import clock
from workflow.engine import Conflict, lock_all, permit, record


@transaction.atomic
def take_back_ledger(batch: ImportBatch, *, actor: Actor) -> int:
    """Annul every case of the batch; returns how many.

    Raises NotAllowed, and Conflict that names a case on which something has been done since.
    """
    permit(policies.can_import(actor))
    rows = Suggestion.objects.filter(**batch.brought()).exclude(status=Suggestion.Status.ANNULLED)
    cases = lock_all(rows.distinct())
    _require_untouched(cases)
    for case in cases:
        told = {"number": case.number, "batch": batch.pk}
        unnumbered = {"series": "", "scope": "", "serial": None}
        record(case, SUGGESTION, Verb.ANNUL, actor=actor, changes=told, fields=unnumbered)
    keys = [case.pk for case in cases]
    SuggestionClock.objects.filter(suggestion__in=keys).running().update(voided_on=clock.today())
    Assignment.objects.filter(suggestion__in=keys).update(status=Assignment.Status.ENDED)
    return len(cases)


def _require_untouched(cases: list[Suggestion]) -> None:
    touched = next((case for case in cases if case.version > 1), None)
    if touched is not None:
        sentence = _("%(name)s has been worked on since; this import cannot be taken back any more.")
        raise Conflict("worked_with", sentence, name=str(touched))
