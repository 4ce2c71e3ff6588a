"""What looks across: cards, proposed steps, calls, and the rules and days that limits are counted by."""

from typing import Any

from supervision.models import Call, Card, CardFeedback, CardVersion, PerformanceEntry, Proposal
from supervision.policies import can_read_rules
from supervision.serializers import (
    CalendarYearRow,
    CallRow,
    CardFeedbackRow,
    CardRow,
    CardVersionRow,
    PerformanceEntryRow,
    ProposalRow,
    RuleSetRow,
)
from workflow.api.reading import Reading
from workflow.filters import Key, one_of, since, until
from workflow.models import CalendarYear, RuleSet


class Cards(Reading):
    """Supervision cards; before they are signed only for the committee."""

    model, row = Card, CardRow
    filters = {"suggestion": Key(), "leader": Key(), "body": Key(), "status": one_of(Card.Status)}


class CardVersions(Reading):
    """What cards say and said."""

    model, row, through = CardVersion, CardVersionRow, ("card", Card)
    filters = {"card": Key(), "organ": Key()}


class CardFeedbacks(Reading):
    """Reports of completion, and what was concluded from them."""

    model, row, through = CardFeedback, CardFeedbackRow, ("card", Card)
    filters = {"card": Key()}


class Proposals(Reading):
    """Steps that press somebody, as the portal proposes them; the committee's own business."""

    model, row = Proposal, ProposalRow
    filters = {"organ": Key(), "status": one_of(Proposal.Status), "kind": one_of(Proposal.Kind)}


class Calls(Reading):
    """Telephone calls about what is late; the committee's own business."""

    model, row = Call, CallRow
    order = (("on", "desc"), ("pk", "desc"))
    filters = {"organ": Key(), "station": Key(), "mandate": Key(), "since": since("on"), "until": until("on")}
    prefetch = ("items__suggestion",)


class PerformanceEntries(Reading):
    """What deputies did beyond the portal, as entered by hand; void ones too."""

    model, row = PerformanceEntry, PerformanceEntryRow
    order = (("on", "desc"), ("pk", "desc"))
    filters = {
        "mandate": Key(),
        "kind": one_of(PerformanceEntry.Kind),
        "since": since("on"),
        "until": until("on"),
    }


class ForEverybody(Reading):
    """What is read by whoever works under a post."""

    may = staticmethod(can_read_rules)

    def visible(self, actor: Any) -> Any:
        """All of it, or nothing."""
        rows = self.model._default_manager
        return rows.all() if can_read_rules(actor) else rows.none()


class Rules(ForEverybody):
    """The county's parameters, the latest set first."""

    model, row = RuleSet, RuleSetRow
    order = (("valid_from", "desc"), ("pk", "desc"))
    prefetch = ("values",)


class Calendar(ForEverybody):
    """The working-day calendar, year by year."""

    model, row = CalendarYear, CalendarYearRow
    order = (("year", "desc"), ("pk", "desc"))
    filters = {"year": Key()}
    prefetch = ("days",)
