"""The whole walk, in the order in which it happened: last year's round, this one, and the suggestions on their way."""

from itertools import count

from supervision.demo import board, public_pages, receptions, trainings
from supervision.demo.cases import Cases
from supervision.demo.chain import Chain
from supervision.demo.deliberating import Round, play_last_year
from supervision.demo.moments import Moments
from supervision.demo.preparing import prepare, propose_next
from supervision.demo.problems import Problems
from supervision.demo.story import Cast
from supervision.demo.visits import visit

#: Numbers that no other suggestion of the demo bears, so that typing one finds one; each series has its own.
FIRST, FIRST_BETWEEN, FIRST_PROBLEM = 201, 301, 401


def play(cast: Cast, moments: Moments) -> list[int]:
    """All of it; the keys of the running suggestions."""
    play_last_year(cast, moments)
    story = prepare(cast, moments)
    walks = visit(story)
    board.play(story, walks)
    collected = Round(story, walks).meet()
    numbers, others = count(FIRST), Cases(cast, moments)
    played = Problems(cast, moments, count(FIRST_PROBLEM)).play() + others.play_earlier(numbers)
    played += Chain(cast, moments, collected, numbers, count(FIRST_BETWEEN)).play()
    played += others.play_later(numbers)
    for walk in walks.values():
        walk.tell()
    propose_next(cast, moments)
    receptions.begin(cast, moments)
    public_pages.open_and_write(cast, moments)
    receptions.go_on(cast, moments)
    trainings.play(cast, moments)
    return played
