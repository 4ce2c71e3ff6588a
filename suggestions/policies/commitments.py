"""Who sees the commitments of replies, reports that they were kept, and says whether it is so (F22)."""

from accounts.actor import Actor
from accounts.models import Role
from stations.policies import runs_station
from suggestions.models import Commitment, Suggestion


def can_see_commitments(actor: Actor) -> bool:
    """Whether the ledger is for this post: the committee, organs, stations and deputies."""
    organs = actor.is_organ or actor.is_government_office
    return actor.is_committee or organs or actor.is_deputy or actor.role == Role.STATION


def can_report_commitment(actor: Actor, commitment: Commitment) -> bool:
    """The organ that keeps it or that answered says what was done; staff after a call."""
    return actor.is_staff or keeps(actor, commitment)


def can_answer_commitment(actor: Actor, commitment: Commitment) -> bool:
    """The deputy who speaks for the suggestion; station or staff write down what the deputy said."""
    case = case_of(commitment)
    return is_speaker(actor, case) or actor.is_staff or runs_station(actor, case.speaker.station_id)


def can_note_broken(actor: Actor, commitment: Commitment) -> bool:
    """What presses an organ is decided by staff, never by the portal."""
    return actor.is_staff


def keeps(actor: Actor, commitment: Commitment) -> bool:
    """Whether one acts for the organ that keeps it, for the one that answered, or for a successor."""
    if not (actor.is_organ or actor.is_government_office):
        return False
    return actor.acts_for(commitment.organ) or actor.acts_for(commitment.reply.assignment.organ)


def is_speaker(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether one is the deputy whose judgement decides."""
    return actor.is_deputy and actor.person_id == suggestion.speaker.person_id


def case_of(commitment: Commitment) -> Suggestion:
    """The suggestion that the reply answers."""
    return commitment.reply.assignment.suggestion
