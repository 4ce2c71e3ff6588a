"""Suggestions themselves, their record, and who signed them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch

from accounts.timeline import READ_ALONG
from stations.api import Known
from suggestions.filters import SuggestionFilter
from suggestions.models import (
    ClockKind,
    Continuation,
    CoSignature,
    MergeGroup,
    ResultClass,
    Suggestion,
    SuggestionClock,
    SuggestionEvent,
    Verdict,
)
from suggestions.record import told
from suggestions.serializers import (
    ClockRow,
    ContinuationRow,
    CoSignatureRow,
    EventSerializer,
    MergeGroupRow,
    ResultClassRow,
    SuggestionRow,
    VerdictRow,
    WholeSuggestionRow,
)
from workflow.api.reading import Reading
from workflow.filters import Key, Yes, one_of, since, until


class Suggestions(Reading):
    """Suggestions, newest first; drafts and what was given up only where that state is asked for."""

    model, row, whole = Suggestion, SuggestionRow, WholeSuggestionRow
    order = (("received_on", "desc"), ("pk", "desc"))
    filterset = SuggestionFilter
    filters = {
        "field": Key(),
        "organ": Key(method=lambda rows, _name, key: rows.handled_by(key)),
        "is_key": Yes(),
        "cycle": Key(),
        "session": Key(),
        "lead": Key(),
        "since": since("received_on"),
        "until": until("received_on"),
    }

    def _joined(self) -> Any:
        actor = self.request.actor  # type: ignore[attr-defined]
        rows = super()._joined().for_list(actor)
        if self.action != "retrieve":
            return rows
        signed = CoSignature.objects.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate__person")
        return rows.prefetch_related(Prefetch("cosignatures", signed, "signed"))


class Events(Reading):
    """What happened to one suggestion, newest first, in the words of the reader."""

    model = SuggestionEvent
    row: ClassVar[Any] = EventSerializer
    order = (("seq", "desc"), ("pk", "desc"))

    def visible(self, actor: Any) -> Any:
        """As the suggestion is; raises Http404 where it is not."""
        view = Suggestions(request=self.request, action="retrieve", kwargs={}, format_kwarg=None)
        return SuggestionEvent.objects.filter(suggestion=view.seen(self.kwargs["pk"]).pk)

    def _joined(self) -> Any:
        return self.visible(self.request.actor).select_related(*READ_ALONG)  # type: ignore[attr-defined]

    def rendered(self, rows: Sequence[Any]) -> Any:
        """As the page shows them."""
        actor = self.request.actor  # type: ignore[attr-defined]
        return EventSerializer([_event(row, actor) for row in rows], many=True).data


def _event(row: Any, actor: Any) -> dict[str, Any]:
    found = told(row, actor)
    return {"id": row.pk, "seq": row.seq, "verb": row.verb, "at": row.at, **found}


class OfSuggestion(Reading):
    """What is seen with the suggestion that it belongs to."""

    through: ClassVar[Any] = ("suggestion", Suggestion)


class CoSignatures(Reading):
    """Who is asked to sign along: one's own, a station's own deputies', and all for the committee's staff."""

    model, row = CoSignature, CoSignatureRow
    filters = {"suggestion": Key(), "mandate": Key(), "status": one_of(CoSignature.Status)}


class Clocks(OfSuggestion):
    """Time limits of suggestions."""

    model, row = SuggestionClock, ClockRow
    filters = {
        "suggestion": Key(),
        "kind": one_of(ClockKind),
        "running": Yes(method=lambda rows, _name, value: rows.running() if value == "true" else rows),
        "due_since": since("act_by"),
        "due_until": until("act_by"),
    }


class Verdicts(OfSuggestion):
    """What the evaluations of rounds come to; outside of the committee once released."""

    model, row = Verdict, VerdictRow
    filters = {"suggestion": Key()}

    def visible(self, actor: Any) -> Any:
        """Held back verdicts stay within the committee."""
        rows = super().visible(actor)
        return rows if actor.is_committee else rows.exclude(released_on=None)


class MergeGroups(OfSuggestion):
    """Suggestions that are handled together, seen with the leading one."""

    model, row, through = MergeGroup, MergeGroupRow, ("lead", Suggestion)
    filters = {"lead": Key()}


class Continuations(OfSuggestion):
    """Who continues suggestions whose deputy left office."""

    model, row = Continuation, ContinuationRow
    filters = {"suggestion": Key()}


class ResultClasses(Known):
    """What replies come to."""

    model, row = ResultClass, ResultClassRow
    order = (("order", "asc"), ("pk", "asc"))
