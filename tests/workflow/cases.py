"""A case for tests: an account with a life of three acts."""

from django.db import transaction

from accounts.models import Role, User
from tests.factory import make_actor, make_user
from workflow.engine import Machine, Transition, birth, lock, record

S = User.Status

LIFE = Machine(
    "account",
    S,
    (
        Transition("close", (S.ACTIVE,), (S.LOCKED,)),
        Transition("open", (S.LOCKED,), (S.ACTIVE,)),
        Transition("note", (S.ACTIVE, S.LOCKED)),
        Transition("decide", (S.ACTIVE,), (S.ACTIVE, S.LOCKED)),
    ),
)


def make_case():
    """An active account with one event."""
    case = make_user(Role.COMMITTEE_STAFF)
    birth(case, "begin", actor=make_actor(Role.SYSTEM_ADMIN), changes={"username": case.username})
    return case


@transaction.atomic
def make_record():
    """An account that was entered, locked for a reason and opened again: three events."""
    case, actor = lock(make_case()), make_actor(Role.COMMITTEE_STAFF)
    record(case, LIFE, "close", actor=actor, reason="人员调离", changes={"days": [1, 2], "share": 0.5})
    record(case, LIFE, "open", actor=actor.recording(actor.user.person, "PAPER"))
    return case
