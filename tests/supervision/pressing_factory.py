"""What is late, steps proposed for it, and calls about it, brought there by the verbs and the sweep."""

from datetime import timedelta

from notifications.models import Notification
from supervision.models import Call, Proposal
from supervision.pressing.late import relation
from supervision.transitions import calls, proposals
from tests.suggestions.factory import County, accepted
from workflow import clock


def days_after(day, days: int):
    """Noon of so many days after that day."""
    return clock.at(clock.now() + (day - clock.today()) + timedelta(days))


def act_by(case):
    """The day by which the reply of the present round is to be there."""
    return case.clocks.running().get(kind="REPLY").act_by


def late_by(case, days: int):
    """Look from so many days after the reply was due."""
    return days_after(act_by(case), days)


def proposed(county: County, days: int = 3, **options) -> Proposal:
    """That the host's head be pressed for a reply that is so many days late; look from that day with ``late_by``."""
    case = accepted(county, **options)
    with late_by(case, days):
        proposals.sweep(clock.today())
    return Proposal.objects.get(suggestion=case, kind=Proposal.Kind.PRESS_HEAD)


def current(step: Proposal) -> Proposal:
    """As the database has it."""
    return Proposal.objects.get(pk=step.pk)


def released(county: County, step: Proposal, **options) -> Proposal:
    """By staff, in words of their own."""
    told = {"actor": county.staff, "to": "县交通运输局 郑局长", "text": "请五个工作日内答复代表。"}
    return proposals.release(step, version=current(step).version, **told | options)


def called(county: County, party=None, *matters, outcome: str = "TOLD", **options) -> Call:
    """The host unless another is named, rung up by staff about these matters."""
    items = [f"{relation(matter)}:{matter.pk}" for matter in matters]
    told = {"actor": county.staff, "items": items, "outcome": outcome}
    return calls.record_call(party or county.bureau, **told | options)


def letters(kind: str):
    """Who was told a fact of the kind, by name."""
    return sorted(row.recipient.person.name for row in Notification.objects.filter(kind=kind))
