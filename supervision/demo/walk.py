"""The whole walk, in the order in which it happened: last year's round, this one, and the suggestions on their way."""

from supervision.demo import cases
from supervision.demo.chain import Chain
from supervision.demo.deliberating import Round, play_last_year
from supervision.demo.moments import Moments
from supervision.demo.preparing import prepare, propose_next
from supervision.demo.story import Cast
from supervision.demo.visits import visit


def play(cast: Cast, moments: Moments) -> list[int]:
    """All of it; the keys of the running suggestions."""
    play_last_year(cast, moments)
    story = prepare(cast, moments)
    walks = visit(story)
    collected = Round(story, walks).meet()
    played = cases.play(cast, moments)
    played += Chain(cast, moments, collected, cases.FIRST_SERIAL + len(cases.CHAPTERS)).play()
    for walk in walks.values():
        walk.tell()
    propose_next(cast, moments)
    return played
