"""How a state looks: one table for all machines, so that no template decides a colour.

A tone is a shape of badge: ``todo`` waits for somebody, ``active`` is under way, ``done`` ended well,
``ended`` ended otherwise, ``bad`` went wrong, ``plain`` says nothing.
"""

from collections.abc import Mapping

PLAIN = "plain"

TONES: Mapping[str, str] = {
    # suggestions
    "DRAFT": "plain",
    "SIGNING": "active",
    "DISCARDED": "ended",
    "INVITED": "todo",
    "DECLINED": "ended",
    "EXPIRED": "ended",
    "SUBMITTED": "todo",
    "REGISTERED": "todo",
    "AT_FORWARDER": "todo",
    "HANDLING": "active",
    "REPLIED": "active",
    "FOLLOW_UP": "active",
    "CONFIRMED": "done",
    "CLOSED": "done",
    "REFUSED": "ended",
    "REFERRED": "ended",
    "WITHDRAWN": "ended",
    "MERGED": "ended",
    # assignments and replies
    "ASSIGNED": "todo",
    "ACCEPTED": "active",
    "OBJECTED": "todo",
    "ANSWERED": "done",
    # what is asked for and decided
    "REQUESTED": "todo",
    "OFFICE_AGREED": "active",
    "GRANTED": "done",
    "RETURNED": "ended",
    "REVIEW": "todo",
    "SIGNED": "active",
    "RELEASED": "done",
    # visits
    "INCOMPLETE": "todo",
    "RECORDED": "active",
    "TO_CONFIRM": "todo",
    # ratings
    "SATISFIED": "done",
    "BASICALLY": "active",
    "DISSATISFIED": "bad",
    # deliberation
    "PREPARING": "todo",
    "MOBILISING": "active",
    "VISITING": "active",
    "DELIBERATING": "active",
    "CONCLUDED": "done",
    "POOL": "todo",
    "SELECTED": "done",
    "DROPPED": "ended",
    "ISSUED": "active",
    "FEEDBACK_GIVEN": "todo",
    "STRUCK_OFF": "done",
    "SENT": "todo",
    "RECEIVED": "active",
    "CONVEYED": "done",
    "PLANNED": "todo",
    "OPEN": "active",
    "MADE": "active",
    "REPORTED_DONE": "todo",
    "KEPT": "done",
    "NOT_KEPT": "bad",
    "TAKEN_UP": "ended",
    "EXPLAINED": "done",
    "PROMISED": "active",
    "FORWARDED": "active",
    "UNDECIDED": "todo",
    # jobs and dispatches
    "QUEUED": "todo",
    "RUNNING": "active",
    "DONE": "done",
    "FAILED": "bad",
    "CANCELLED": "ended",
    # accounts, stations, mandates
    "ACTIVE": "done",
    "LOCKED": "bad",
    "ENDED": "ended",
    "SUSPENDED": "bad",
}


def tone(code: str) -> str:
    """The tone of a state; plain for one that is not listed."""
    return TONES.get(code, PLAIN)
