"""Taking over a register of visits: what it tells, and nothing that it does not (D10).

One event per visit says from which row it comes. The register does not tell the place, who wrote it down, whether
the deputy confirmed it, how the voter was told and in which words, or why something was not accepted: that stays
empty. A day on which the voter was told settles the visit as reported.

A row is known again by a keyed mark: a plain digest of a row that holds a voter's name and number could be guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import DeliberationEventDetail, Opinion, Telling, Visit, VisitDeputy, Voter
from deliberations.policies import visits as policies
from deliberations.transitions.visit_facts import OpinionFacts, VoterFacts
from deliberations.transitions.visit_machine import VisitVerb
from stations.models import Mandate, Station
from workflow import chain, clock, sealing
from workflow.engine import Conflict, birth_all, permit

S = Visit.Status

#: Rows that are looked up with one statement.
_TOGETHER = 400
_WHICH, _ROW = "register-visit", "register-row"


@dataclass(frozen=True)
class Source:
    """Where a row stands: the file with its SHA-256, the sheet, the row as Excel counts."""

    file: str
    sha256: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file} {self.sheet}!{self.row}"


@dataclass(frozen=True, kw_only=True)
class RegisterVisit:
    """What one row tells: a visit with one opinion."""

    source: Source
    on: date
    station: Station
    deputies: tuple[Mandate, ...]
    companions: str = ""
    topics: str = ""
    policies_conveyed: str = ""
    words: str
    opinion: OpinionFacts
    voter: VoterFacts
    told_on: date | None = None

    @property
    def status(self) -> str:
        """Settled, as reported, once the voter was told."""
        return S.CLOSED if self.told_on else S.RECORDED

    def marks(self) -> frozenset[UUID]:
        """By what the visit is known again, under each key: day, station, deputies, voter and words."""
        return frozenset(UUID(mark[:32]) for mark in sealing.marks(_text(self._which()), _WHICH))

    def client_id(self) -> UUID:
        """The mark that is stored: unique, so that the same row is never taken over twice."""
        return UUID(sealing.mark(_text(self._which()), _WHICH)[:32])

    def digests(self) -> list[str]:
        """The keyed digests of all that the row tells."""
        return sealing.marks(_text(self._all()), _ROW)

    def _which(self) -> list[Any]:
        people = sorted(mandate.person.name for mandate in self.deputies)
        return [str(self.on), self.station.code, people, self.voter.name, self.voter.village, self.words]

    def _all(self) -> list[Any]:
        subject = self.opinion.field.code if self.opinion.field else ""
        told = [self.opinion.route, subject, self.opinion.on_the_spot_answer, str(self.told_on or "")]
        about = [self.companions, self.topics, self.policies_conveyed, self.voter.phone, self.voter.category]
        return [*self._which(), *about, *told]


@dataclass(frozen=True)
class Taken:
    """A visit that was taken over before: from where, and the digest of the row, empty once it was erased."""

    source: str
    digest: str

    def says_the_same(self, visit: RegisterVisit) -> bool:
        """Whether the row tells what it told then; of an erased one nothing is asked."""
        return not self.digest or self.digest in visit.digests()


def taken_before(visits: Iterable[RegisterVisit]) -> dict[UUID, Taken]:
    """Those visits that are in the portal, by their marks."""
    wanted = [mark for visit in visits for mark in visit.marks()]
    found: dict[UUID, Taken] = {}
    for start in range(0, len(wanted), _TOGETHER):
        visit = {"event__visit__client_id__in": wanted[start : start + _TOGETHER], "event__verb": VisitVerb.IMPORT}
        rows = DeliberationEventDetail.objects.filter(**visit)
        for mark, source, told in rows.values_list("event__visit__client_id", "event__visit__imported_from", "changes"):
            found[mark] = Taken(source, told.get("row_digest", ""))
    return found


@transaction.atomic
def import_visits(rows: Sequence[RegisterVisit], *, actor: Actor) -> list[Visit]:
    """Take over rows of a register, one event each; nobody is told, names and numbers are sealed.

    Raises NotAllowed, and Conflict when one of them was taken over in the meantime. Takes a few statements for
    every hundred rows.
    """
    permit(policies.can_import(actor))
    if not rows:
        return []
    visits = [_visit(row) for row in rows]
    try:
        with transaction.atomic():
            birth_all(visits, VisitVerb.IMPORT, actor=actor, changes=[_told(row) for row in rows])
    except IntegrityError as twice:
        sentence = _("Somebody has just taken over the same rows. Please read the file again.")
        raise Conflict("taken_meanwhile", sentence) from twice
    VisitDeputy.objects.bulk_create(
        VisitDeputy(visit=visit, mandate=mandate)
        for visit, row in zip(visits, rows, strict=True)
        for mandate in row.deputies
    )
    _write_opinions(rows, visits)
    return visits


def _visit(row: RegisterVisit) -> Visit:
    return Visit(
        client_id=row.client_id(),
        status=row.status,
        created_at=clock.now(),
        station=row.station,
        on=row.on,
        companions=row.companions,
        policies_conveyed=row.policies_conveyed,
        reported_topics=row.topics,
        imported_from=str(row.source)[:200],
    )


def _write_opinions(rows: Sequence[RegisterVisit], visits: Sequence[Visit]) -> None:
    opinions = []
    for row, visit in zip(rows, visits, strict=True):
        opinions.append(Opinion(visit=visit, words=row.words, reported=True, **row.opinion.columns()))
        opinions[-1].voter = _voter(row.voter)
    Voter.objects.bulk_create(opinion.voter for opinion in opinions if opinion.voter is not None)
    Opinion.objects.bulk_create(opinions)
    Telling.objects.bulk_create(
        Telling(opinion=opinion, on=row.told_on, final=True)
        for row, opinion in zip(rows, opinions, strict=True)
        if row.told_on
    )


def _voter(facts: VoterFacts) -> Voter | None:
    """Nothing told makes no voter."""
    told = facts.columns()
    if not any(told.values()):
        return None
    voter = Voter(village=told["village"], category=told["category"])
    voter.seal(name=told["name"], phone=told["phone"])
    return voter


def _told(row: RegisterVisit) -> dict[str, Any]:
    source = row.source
    return {
        "file_sha256": source.sha256,
        "sheet": source.sheet,
        "row": source.row,
        "row_digest": row.digests()[0],
        "deputies": [str(mandate.uuid) for mandate in row.deputies],
        "route": row.opinion.route,
    }


def _text(facts: list[Any]) -> str:
    return chain.canonical(facts).decode()
