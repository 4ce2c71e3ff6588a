"""What the intake page shows: each kind of waiting with its number, the first of each in full."""

from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.models import Opinion, Promise
from suggestions import stages
from suggestions.models import Suggestion
from suggestions.transitions import collecting
from suggestions.transitions.machines import BEFORE_SUBMITTED
from workflow import clock

#: So many of each kind are shown; the list with its filters has the others.
SHOWN = 50


def intake_context(actor: Actor) -> dict[str, Any]:
    """The desk of staff: forwarded, not kept, from visits, being written, handed in."""
    meetings = _meetings()
    promises, voters = collecting.broken_promises(), collecting.voters_waiting()
    drafts, submitted = _drafts(actor), _submitted(actor)
    counts = {
        "forwarded": sum(row["count"] for row in meetings),
        "promises": promises.count(),
        "voters": voters.count(),
        "drafts": drafts.count(),
        "submitted": submitted.count(),
    }
    return {
        "tiles": _tiles(counts),
        "counts": counts,
        "is_empty": not any(counts.values()),
        "meetings": meetings,
        "promises": _promises(promises) if counts["promises"] else [],
        "voters": _voters(voters) if counts["voters"] else [],
        "drafts": _shown(drafts, actor) if counts["drafts"] else [],
        "submitted": _shown(submitted, actor) if counts["submitted"] else [],
    }


def _tiles(counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "submitted": _("to be examined"),
        "drafts": _("drafts being written"),
        "voters": _("voters' opinions to collect"),
        "promises": _("promises not kept"),
        "forwarded": _("forwarded, not collected"),
    }
    return [
        {"label": label, "number": counts[name], "url": f"#{name}", "tone": "" if counts[name] else "empty"}
        for name, label in labels.items()
    ]


def _meetings() -> list[dict[str, Any]]:
    rows = collecting.waiting().select_related("meeting__station")
    return [{"meeting": meeting, "count": len(list(said))} for meeting, said in groupby(rows, lambda row: row.meeting)]


def _promises(rows: Any) -> list[Promise]:
    said = ("organ", "meeting_opinion__speaker__person", "meeting_opinion__meeting__station")
    return list(rows.select_related(*said)[:SHOWN])


def _voters(rows: Any) -> list[Opinion]:
    found = rows.select_related("visit__station", "field", "topic").prefetch_related("visit__deputies__person")
    return list(found.order_by("visit__on", "pk")[:SHOWN])


def _drafts(actor: Actor) -> Any:
    """What was collected and is not handed in yet."""
    return Suggestion.objects.visible_to(actor).filter(status__in=BEFORE_SUBMITTED, sources__isnull=False).distinct()


def _submitted(actor: Actor) -> Any:
    return Suggestion.objects.visible_to(actor).filter(status=Suggestion.Status.SUBMITTED)


def _shown(rows: Any, actor: Actor) -> list[Suggestion]:
    today = clock.today()
    found = list(rows.for_list(actor).select_related("raised_by__person").order_by("received_on", "pk")[:SHOWN])
    for row in found:
        row.stage = stages.stage(row, actor)  # type: ignore[attr-defined]
        row.waits = _waits(row)  # type: ignore[attr-defined]
        row.days = _days(row.received_on, today)  # type: ignore[attr-defined]
    return found


def _waits(row: Suggestion) -> str:
    """What is the next thing to be done with it, and whose it is."""
    if row.status == Suggestion.Status.SUBMITTED:
        return _("to be examined")
    if row.status == Suggestion.Status.RETURNED or row.is_incomplete:
        return _("to be completed")
    if row.submitted_by == Suggestion.SubmittedBy.DEPUTY and row.confirmed_at is None:
        return _("to be confirmed by the lead deputy")
    return _("to be handed in")


def _days(since: date, today: date) -> int:
    return (today - since).days
