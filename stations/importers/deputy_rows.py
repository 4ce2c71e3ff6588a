"""The sheet of deputies, of all five levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.people import PersonFacts
from files.workbooks import CellError, Heading, Refusal, Row, Table
from stations.importers import aliases
from stations.importers.reading import Once, chosen, name_of, needed, needed_number, phone, read_rows, words
from stations.importers.station_rows import kind_of
from stations.models import Delegation, Level, Mandate, Station, Term, Township
from stations.transitions.mandates import MandateFacts, enter_delegations, enter_mandates, enter_terms
from workflow.text import key

TITLE = "代表名册"
CERTIFICATE, NAME, SEX, BORN, LEVEL = "代表证号", "姓名", "性别", "出生年月", "层级"
DELEGATION, STATION, EMPLOYER, PHONE = "代表团", "所属家站", "工作单位及职务", "手机号码"
HEADINGS = (
    Heading(CERTIFICATE, ("证号", "代表证编号", "代表证号码")),
    Heading(NAME, ("代表姓名",)),
    Heading(SEX, needed=False),
    Heading(BORN, ("出生日期", "出生年月日"), needed=False),
    Heading(LEVEL, ("代表层级", "级别", "代表级别")),
    Heading(DELEGATION, ("所属代表团", "所在代表团")),
    Heading(STATION, ("所在家站", "家站", "家站名称")),
    Heading(EMPLOYER, ("工作单位", "单位及职务", "工作单位和职务"), needed=False),
    Heading(PHONE, ("手机", "手机号", "联系电话", "电话"), needed=False),
)
_SUFFIX = "代表团"
_UNKNOWN_TOWNSHIP = _("The township of “%(name)s” is not in the sheet of stations.")


@dataclass(frozen=True)
class Said:
    """What a row says, with the places it names found."""

    certificate_no: str
    person: PersonFacts
    level: str
    delegation: str
    township: Township | None
    station: Station | None
    employer_post: str

    @property
    def term(self) -> tuple[str, int | None]:
        """The key of the congress; only townships have one each."""
        place = self.township if self.level == Level.TOWNSHIP else None
        return self.level, place.pk if place else None


def read(table: Table, *, actor: Actor) -> tuple[int, int, list[Refusal]]:
    """Enter the deputies: how many rows are good, how many of these of the county, and which are not."""
    good, refused = read_rows(table, _Parser())
    terms = enter_terms([(said.level, _congress(said)) for _row, said in good], actor=actor)
    delegations = _delegations((said for _row, said in good), terms, actor)
    known = _known(terms.values())
    facts: list[MandateFacts] = []
    for row, said in good:
        term = terms[said.term]
        before = known.get((term.pk, said.certificate_no))
        if before and _is_somebody_else(before, said.person):
            refused.append(_another_person(row, before))
            continue
        facts.append(_facts(said, term, delegations.get((term.pk, said.delegation)), before))
    enter_mandates(facts, actor=actor)
    return len(facts), sum(fact.level == Level.COUNTY for fact in facts), refused


class _Parser:
    """What a row says of a deputy: the certificate first, then who, where, and the rest."""

    def __init__(self) -> None:
        self._certificates = Once()
        self._townships = {key(township.name): township for township in Township.objects.all()}
        self._stations = _by_name_and_code(Station.objects.select_related("township"))

    def __call__(self, row: Row) -> Said:
        sentence = _("The certificate number is missing.")
        certificate = needed_number(row, CERTIFICATE, "missing_certificate", sentence, limit=20)
        level_told = aliases.LEVELS.get(key(row.text(LEVEL)))
        self._certificates.check(row, CERTIFICATE, (level_told, certificate), "duplicate_certificate")
        name = needed(row, NAME, "missing_name", _("The name is missing."), limit=40)
        level = chosen(row, LEVEL, aliases.LEVELS, "unknown_level")
        delegation = name_of(row, DELEGATION, limit=40)
        township = self._township(delegation)
        station = self._station(row)
        if level == Level.TOWNSHIP:
            township = _with_congress(township or (station.township if station else None))
        sex = chosen(row, SEX, aliases.SEXES, "unknown_sex")
        person = PersonFacts(name, phone(row, PHONE, limit=20), sex, row.month(BORN))
        return Said(certificate, person, level, delegation, township, station, words(row, EMPLOYER, limit=80))

    def _township(self, delegation: str) -> Township | None:
        """The township that a delegation is named after; bodies such as 县直机关 have none."""
        name = delegation.removesuffix(_SUFFIX)
        township = self._townships.get(key(name))
        if township is None and kind_of(name):
            raise CellError(DELEGATION, "unknown_township", _UNKNOWN_TOWNSHIP, name=delegation)
        return township

    def _station(self, row: Row) -> Station | None:
        name = row.text(STATION)
        if not name:
            return None
        found = self._stations.get(key(name), [])
        if not found:
            sentence = _("“%(name)s” is not in the sheet of stations.")
            raise CellError(STATION, "unknown_station", sentence, name=name[:60])
        if len(found) > 1:
            sentence = _("Several stations are called “%(name)s”. Write the number instead: %(codes)s.")
            codes = "、".join(station.code for station in found)
            raise CellError(STATION, "ambiguous_station", sentence, name=name[:60], codes=codes)
        return found[0]


def _with_congress(township: Township | None) -> Township:
    if township is None:
        sentence = _("For a township deputy the township must be known by the delegation or the station.")
        raise CellError(DELEGATION, "unknown_township", sentence)
    if township.kind == Township.Kind.SUB_DISTRICT:
        sentence = _("%(name)s is a sub-district: it has no congress and so no township deputies.")
        raise CellError(LEVEL, "no_congress", sentence, name=township.name)
    return township


def _by_name_and_code(stations: Iterable[Station]) -> dict[str, list[Station]]:
    found: dict[str, list[Station]] = {}
    for station in stations:
        for word in {key(station.name), key(station.code)}:
            found.setdefault(word, []).append(station)
    return found


def _congress(said: Said) -> Township | None:
    return said.township if said.level == Level.TOWNSHIP else None


def _delegations(
    rows: Iterable[Said], terms: Mapping[tuple[str, int | None], Term], actor: Actor
) -> dict[tuple[int, str], Delegation]:
    wanted: dict[Term, dict[str, Township | None]] = {}
    for said in rows:
        if said.delegation:
            wanted.setdefault(terms[said.term], {})[said.delegation] = said.township
    return {
        (term.pk, name): delegation
        for term, names in wanted.items()
        for name, delegation in enter_delegations(term, names, actor=actor).items()
    }


def _known(terms: Iterable[Term]) -> dict[tuple[int, str], Mandate]:
    rows = Mandate.objects.filter(term__in=list(terms)).select_related("person", "delegation", "station")
    return {(mandate.term_id, mandate.certificate_no): mandate for mandate in rows}


def _facts(said: Said, term: Term, delegation: Delegation | None, known: Mandate | None) -> MandateFacts:
    told: dict[str, Any] = {name: getattr(said, name) for name in ("certificate_no", "person", "level", "station")}
    return MandateFacts(**told, term=term, delegation=delegation, employer_post=said.employer_post, known=known)


def _is_somebody_else(before: Mandate, person: PersonFacts) -> bool:
    """Another name under another number; either alone is a correction."""
    others = (before.person.phone, person.phone)
    return before.person.name != person.name and all(others) and others[0] != others[1]


def _another_person(row: Row, before: Mandate) -> Refusal:
    sentence = _(
        "This certificate is %(name)s's. If somebody else was elected, end that mandate and give a new number."
    )
    return row.refuse(NAME, "another_person", sentence, name=before.person.name)
