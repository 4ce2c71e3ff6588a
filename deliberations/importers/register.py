"""The county's register of visits to voters (走访登记台账)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from accounts.actor import Actor
from deliberations.importers import known, sentences, words
from deliberations.importers.rows import Reader
from deliberations.transitions.visit_importing import RegisterVisit, Taken, import_visits, taken_before
from files.importing import Outcome
from files.workbooks import Refusal, Row, Workbook, find_table
from stations.importers.reading import read_rows
from workflow.engine import Invalid

TITLE = "走访登记"

Good = Sequence[tuple[Row, RegisterVisit]]


def read(book: Workbook, *, sha256: str, actor: Actor) -> Outcome:
    """Take over the good rows that are new. ``unchanged`` counts those that were taken over before, if there are any.

    Raises Refused when the file as a whole cannot be used: a column is missing, or no roster was read yet.
    """
    table = find_table(book, TITLE, words.HEADINGS)
    names = known.load()
    if not names.deputies:
        raise Invalid("file", "no_roster", sentences.NO_ROSTER)
    good, refused = read_rows(table, Reader(names, book.name, sha256).read)
    once, repeated = _once(good)
    before = taken_before(visit for _row, visit in once)
    fresh = [visit for _row, visit in once if visit.marks().isdisjoint(before)]
    changed = list(_changed(once, before))
    import_visits(fresh, actor=actor)
    unchanged = len(once) - len(fresh) - len(changed)
    counts = {"visits": len(fresh), **({"unchanged": unchanged} if unchanged else {})}
    return Outcome(dict(counts), sorted([*refused, *repeated, *changed], key=lambda refusal: refusal.row))


def _once(rows: Good) -> tuple[Good, list[Refusal]]:
    """The rows without those that tell of a visit that an earlier row told of."""
    first: dict[frozenset[UUID], int] = {}
    good, refused = [], []
    for row, visit in rows:
        earlier = first.setdefault(visit.marks(), row.number)
        if earlier == row.number:
            good.append((row, visit))
        else:
            refused.append(row.refuse(words.DAY, "duplicate_row", sentences.IN_ROW, row=earlier))
    return good, refused


def _changed(rows: Good, before: Mapping[UUID, Taken]) -> Iterable[Refusal]:
    """Rows of a visit that was taken over before when they said something else."""
    for row, visit in rows:
        taken = next((before[mark] for mark in visit.marks() if mark in before), None)
        if taken is not None and not taken.says_the_same(visit):
            yield row.refuse(words.DAY, "known_otherwise", sentences.KNOWN_OTHERWISE, **{"from": taken.source})
