"""What tests look at after an act: the last event, the chain, who was told, which clocks run."""

from notifications.models import Notification
from suggestions.models import SuggestionClock
from tests.suggestions.factory import fresh
from workflow import chain


def events(case):
    """The events of the case, in order."""
    return list(case.events.select_related("actor", "post", "on_behalf_of", "detail").order_by("seq"))


def last(case):
    """The last event of the case."""
    return events(case)[-1]


def step(event):
    """What an event moved: verb, and the states of root and part."""
    return event.verb, event.from_state, event.to_state, event.part, event.part_from, event.part_to


def assert_chain_holds(case):
    """No fault in the record of the case."""
    assert chain.faults(fresh(case), events(case)) == []


def told(kind):
    """The names of those who were told a fact of the kind, each as often as told."""
    rows = Notification.objects.filter(kind=kind).select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def name(actor):
    """How ``told`` names an actor."""
    return actor.user.person.name


def running(case):
    """The kinds of the clocks that run, sorted."""
    return sorted(SuggestionClock.objects.running().filter(suggestion=case).values_list("kind", flat=True))


def clock_of(case, kind, **which):
    """The one clock of that kind."""
    return SuggestionClock.objects.get(suggestion=case, kind=kind, **which)
