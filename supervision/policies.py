"""Who may have a workbook: whoever works with many suggestions; its rows are those they may see."""

from accounts.actor import COMMITTEE, Actor
from accounts.models import Role

REPORTING = COMMITTEE | {Role.GOVERNMENT_OFFICE, Role.ORGAN_HANDLER, Role.ORGAN_HEAD}
SETTING = frozenset({Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN})


def can_make_report(actor: Actor) -> bool:
    """The committee, the government office and organs."""
    return actor.role in REPORTING


def can_read_rules(actor: Actor) -> bool:
    """Everybody who works under a post may know by which rules time is counted."""
    return actor.post is not None


def can_set_rules(actor: Actor) -> bool:
    """Staff of the deputy affairs commission and the system administrator set rules and load calendars."""
    return actor.role in SETTING
