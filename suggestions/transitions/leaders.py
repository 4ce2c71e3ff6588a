"""What of a key suggestion is decided only on the word of the deputy chairperson in charge (R60, scenario 13)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Person
from suggestions.models import Suggestion
from suggestions.policies import key as policies
from workflow.engine import Conflict, Invalid


def on_word(case: Suggestion, actor: Actor, agreed_by: Person | None, how: str, must_agree: Any) -> Actor:
    """The actor, or the deputy chairperson on whose word staff enter it.

    ``must_agree`` is the sentence with the leader's ``name``. Raises Invalid without that word, Conflict where nobody
    is in charge.
    """
    if not case.is_key or policies.is_leader_of(actor, case):
        return actor
    leader = case.supervising_leader
    if leader is None:
        raise Conflict(
            "no_leader", _("This key suggestion has no deputy chairperson in charge; record the resolution first.")
        )
    if agreed_by != leader:
        raise Invalid("agreed_by", "leader_must_agree", must_agree, name=leader.name)
    if how not in (How.TELEPHONE, How.PAPER):
        raise Invalid("how", "how_missing", _("Say whether it was agreed by telephone or on paper."))
    return actor.recording(leader, how)
