"""Who may have a workbook: whoever works with many suggestions; its rows are those they may see."""

from accounts.actor import COMMITTEE, Actor
from accounts.models import Role

REPORTING = COMMITTEE | {Role.GOVERNMENT_OFFICE, Role.ORGAN_HANDLER, Role.ORGAN_HEAD}


def can_make_report(actor: Actor) -> bool:
    """The committee, the government office and organs."""
    return actor.role in REPORTING
