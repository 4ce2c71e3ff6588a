"""Who may do what with a hand-over meeting: plain functions of role."""

from accounts.actor import Actor


def can_run_hand_over_meeting(actor: Actor, _meeting: object = None) -> bool:
    """Staff plan and record it; what is handed over there is the committee's act (Deputies Law art. 51)."""
    return actor.is_staff


def can_see_hand_over_meetings(actor: Actor) -> bool:
    """Whether the list is for this post: the committee, the government office, the organs that were there."""
    return actor.is_committee or actor.is_government_office or actor.is_organ
