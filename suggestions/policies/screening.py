"""Who collects what was forwarded, and who examines what was handed in."""

from accounts.actor import Actor
from deliberations.models import Meeting, Opinion, Promise
from deliberations.policies import visits
from stations.models import Level, Mandate
from suggestions.models import Suggestion


def can_see_intake(actor: Actor) -> bool:
    """What waits to be collected, completed and examined is on the desk of staff."""
    return actor.is_staff


def can_collect_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Staff at one click; the sweep without one (D11)."""
    return actor.is_staff or actor.is_system


def can_collect_promise(actor: Actor, promise: Promise) -> bool:
    """That a promise was not kept is made a suggestion by staff (scenario 4)."""
    return actor.is_staff


def can_collect_opinion(actor: Actor, opinion: Opinion) -> bool:
    """The county deputy who went, whoever runs the station, staff in their place."""
    if visits.can_keep(actor, opinion.visit):
        return True
    own = {"mandate__person": actor.person_id, "mandate__level": Level.COUNTY}
    return actor.is_deputy and opinion.visit.visitors.filter(**own).exists()


def can_name_lead(actor: Actor, lead: Mandate | None) -> bool:
    """A deputy leads what they collect themselves; station and staff may name another."""
    return not actor.is_deputy or lead is None or lead.person_id == actor.person_id


def can_let_committee_submit(actor: Actor) -> bool:
    """Whether one may say that the standing committee submits it (invariant 8, third way)."""
    return actor.is_staff or actor.is_system


def can_return(actor: Actor, suggestion: Suggestion) -> bool:
    """Staff examine what was handed in."""
    return actor.is_staff


def can_refuse(actor: Actor, suggestion: Suggestion) -> bool:
    """Staff examine what was handed in."""
    return actor.is_staff


def can_refer(actor: Actor, suggestion: Suggestion) -> bool:
    """Staff examine what was handed in."""
    return actor.is_staff
