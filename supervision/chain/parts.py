"""The whole chain of one suggestion, as far as the reader may see each of its links."""

from typing import Any

from accounts.actor import Actor
from suggestions.voices import TELLABLE
from supervision.chain import handling, origin
from supervision.chain.links import Part


def chain_of(case: Any, actor: Actor) -> list[Part]:
    """Its parts in order; ``case`` is a row of ``with_judged``. A part without a link that says nothing is left out."""
    heard = origin.voices(case, actor)
    rows = handling.rounds(case, actor)
    last = origin.after(case, heard, actor, ended=case.status in TELLABLE or case.round > 1)
    parts = [
        origin.before(origin.sources(case, actor), heard),
        handling.itself(case, actor, rows),
        *handling.handling(case, actor, rows),
        Part(last.heading, [*handling.end(case), *last.links]),
    ]
    return [part for part in parts if part.links or part.left_out]
