"""Which suggestions say the same."""

from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from suggestions.forms.handing import TickedField
from suggestions.models import Suggestion
from workflow.forms import ActForm, words_field
from workflow.text import fold

#: No more than these are offered: the most similar ones.
OFFERED = 100


class MergeForm(ActForm):
    """What is handled together with this one, which then leads; the most similar stand first."""

    members = TickedField(
        Suggestion.objects.none(),
        label=_("suggestions that say the same"),
        widget=forms.CheckboxSelectMultiple({"class": "lines"}),
        help_text=_("The same subject field and similar titles stand first."),
    )

    reason = words_field(_("why they are merged"), 2, max_length=200)

    def prepare(self) -> None:
        """Whatever can be merged with it."""
        self.offer("members", candidates(self.subject))


def candidates(case: Suggestion) -> Any:
    """What waits to be handed over like the case and is merged with nothing: of one field and similar title first."""
    waiting = Suggestion.objects.filter(status=Suggestion.Status.REGISTERED, merge_group=None).exclude(pk=case.pk)
    waiting = waiting.exclude(key_nomination__gt="", is_key=False)
    rows = waiting.values_list("pk", "title", "field")
    ranked = sorted(rows, key=lambda row: (-_likeness(case, row[1], row[2]), row[0]))[:OFFERED]
    places = [When(pk=row[0], then=place) for place, row in enumerate(ranked)]
    chosen = waiting.filter(pk__in=[row[0] for row in ranked]).select_related("lead__person", "field")
    return chosen.order_by(Case(*places)) if places else chosen


def _likeness(case: Suggestion, title: str, field: int) -> float:
    """Half for the same field, up to one for the pairs of characters that both titles have."""
    mine, other = _pairs(case.title), _pairs(title)
    shared = 2 * len(mine & other) / (len(mine) + len(other) or 1)
    return shared + (0.5 if field == case.field_id else 0)


def _pairs(title: str) -> set[str]:
    words = fold(title)
    return {words[at : at + 2] for at in range(len(words) - 1)}
