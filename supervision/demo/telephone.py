"""How the committee presses in the demo county: calls with a word that was not kept, a step released and one not wanted."""

from collections.abc import Mapping
from typing import Any

from accounts.actor import Actor
from supervision.demo.moments import Moments
from supervision.models import Call, Proposal
from supervision.pressing.calls import call_list
from supervision.pressing.recipients import addressee, heads
from supervision.pressing.words import pressing
from supervision.transitions import calls, proposals
from workflow import clock

K, Answer = Proposal.Kind, Call.Outcome


def ring_up(cast: Mapping[str, Actor], moments: Moments) -> None:
    """Three organs: one promised a day that has passed, one was told yesterday, one did not answer."""
    answers: tuple[tuple[int, str, dict[str, Any]], ...] = (
        (6, Answer.PROMISED, {"promised_on": moments.day(2), "words": "经办人说周一前把答复函送给代表"}),
        (1, Answer.TOLD, {"words": "已转告分管副局长"}),
        (1, Answer.NO_ANSWER, {"words": "上午、下午各打一次"}),
    )
    with moments.at(6):
        parties = call_list(clock.today(), "organ")
    for party, (ago, outcome, answered) in zip(parties, answers, strict=False):
        with moments.at(ago):
            about: dict[str, Any] = {"items": party.keys, "number": party.number, "outcome": outcome}
            calls.record_call(party.row, actor=cast["staff"], **about, **answered)


def decide(cast: Mapping[str, Actor]) -> None:
    """Once the portal has proposed its steps: one goes out to a head who has an account, one is not wanted."""
    steps = Proposal.objects.open().select_related("organ")
    pressed = next((step for step in steps.filter(kind=K.PRESS_HEAD) if heads(step.organ)), None)
    if pressed is not None and (late := proposals.late_of(pressed)) is not None:
        words = {"to": addressee(pressed), "text": pressing(pressed, late, clock.today())}
        proposals.release(pressed, actor=cast["staff"], version=pressed.version, **words)
    early = steps.filter(kind=K.TELL_LEADER).first()
    if early is not None:
        reason = "局长已当面答应月底前答复，先不报县领导。"
        proposals.dismiss(early, actor=cast["vice"], version=early.version, reason=reason)
