"""Who may have a workbook, set rules and calendars, and write, sign and answer supervision cards."""

from accounts.actor import COMMITTEE, Actor
from accounts.models import Role
from suggestions.models import Suggestion
from supervision.models import Card

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


def can_fill_card(actor: Actor, suggestion: Suggestion) -> bool:
    """The deputy chairperson in charge fills the card in, or staff for them (R59)."""
    return actor.is_staff or _is_in_charge(actor, suggestion.supervising_leader_id)


def can_sign_card(actor: Actor, card: Card) -> bool:
    """The deputy chairperson in charge signs, or staff record what was signed on paper; nobody else."""
    return can_fill_card(actor, card.suggestion)


def can_report_completion(actor: Actor, card: Card) -> bool:
    """The organ that the card makes responsible, or the one it went over into, reports; no other organ, and nobody for it."""
    if not (actor.is_organ or actor.is_government_office):
        return False
    last = card.versions.select_related("organ").last()
    return last is not None and actor.acts_for(last.organ)


def _is_in_charge(actor: Actor, leader_id: int | None) -> bool:
    in_chair = actor.role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON)
    return in_chair and leader_id is not None and actor.person_id == leader_id
