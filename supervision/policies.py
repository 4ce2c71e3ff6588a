"""Who may have a workbook, set rules and calendars, write, sign and answer supervision cards, press and call."""

from accounts.actor import COMMITTEE, Actor
from accounts.models import Role
from stations.models import Mandate, Station
from stations.policies import can_see_record, runs_station
from suggestions.models import Suggestion
from supervision.models import Card, Proposal

_HANDLING = COMMITTEE | {Role.GOVERNMENT_OFFICE, Role.ORGAN_HANDLER, Role.ORGAN_HEAD}
#: Who may have which workbook; each holds no more than its reader sees on the pages.
REPORTING = {
    "progress": _HANDLING,
    "dissatisfied": _HANDLING,
    "station_ledger": COMMITTEE | {Role.STATION, Role.DEPUTY},
    "activities": COMMITTEE | {Role.STATION},
    "deliberation": _HANDLING | {Role.STATION, Role.DEPUTY, Role.TOWNSHIP},
}
SETTING = frozenset({Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN})


def can_make_report(actor: Actor, name: str) -> bool:
    """How suggestions are handled is for whoever handles or supervises it; visits and meetings for who takes part."""
    return actor.role in REPORTING[name]


def can_make_reports(actor: Actor) -> bool:
    """Whoever may have one of them."""
    return any(can_make_report(actor, name) for name in REPORTING)


def can_read_rules(actor: Actor) -> bool:
    """Everybody who works under a post may know by which rules time is counted."""
    return actor.post is not None


def can_set_rules(actor: Actor) -> bool:
    """Staff of the deputy affairs commission and the system administrator set rules and load calendars."""
    return actor.role in SETTING


def can_keep_templates(actor: Actor) -> bool:
    """Staff of the deputy affairs commission, who hand the documents out, decide how they look."""
    return actor.is_staff


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


def can_see_proposals(actor: Actor) -> bool:
    """Steps that press a head or a leader are the committee's own business."""
    return actor.is_committee


def can_release(actor: Actor, _proposal: Proposal | None = None) -> bool:
    """Staff, a chairperson or a deputy chairperson let a step go out, or decide that it does not (invariant 13)."""
    return actor.is_staff or actor.role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON)


def can_call(actor: Actor, _party: object = None) -> bool:
    """Staff call, record what was answered, and read the numbers; nobody else."""
    return actor.is_staff


def can_see_performance(actor: Actor, mandate: Mandate) -> bool:
    """What a deputy did is read by the committee, whoever runs the deputy's station, and the deputy."""
    own = actor.is_deputy and actor.person_id == mandate.person_id
    return own or actor.is_committee or runs_station(actor, mandate.station_id)


def can_enter_performance(actor: Actor, mandate: Mandate) -> bool:
    """Staff, and whoever runs the deputy's station, enter what the portal does not know."""
    return actor.is_staff or runs_station(actor, mandate.station_id)


def can_see_points(actor: Actor, mandate: Mandate) -> bool:
    """Points are between the deputy and the committee."""
    return actor.is_committee or (actor.is_deputy and actor.person_id == mandate.person_id)


def can_print_performance(actor: Actor) -> bool:
    """Many files at once: the committee, and a station those of its deputies."""
    return actor.is_committee or actor.role == Role.STATION


def can_see_months(actor: Actor) -> bool:
    """Whoever runs a station, and the committee."""
    return actor.is_committee or actor.role == Role.STATION


def can_see_month(actor: Actor, station: Station) -> bool:
    """What waits at a station is for whoever reads its record."""
    return can_see_record(actor, station)
