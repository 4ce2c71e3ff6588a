"""What a ledger's words are looked up in: deputies, organs, fields and classes, each read once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import Organ, OrganName
from deliberations.models import SubjectField
from files.workbooks import CellError
from stations.models import Level, Mandate
from suggestions.importers import sentences
from suggestions.models import ResultClass
from workflow.text import key


@dataclass
class Known:
    """Everything that a row may name, by the name it may use."""

    county: dict[str, list[Mandate]] = field(default_factory=dict)
    others: dict[str, list[Mandate]] = field(default_factory=dict)
    organs: dict[str, Organ] = field(default_factory=dict)
    fields: dict[str, SubjectField] = field(default_factory=dict)
    classes: dict[str, ResultClass] = field(default_factory=dict)

    def lead(self, column: str, name: str, certificate: str, delegation: str) -> Mandate:
        """The one county deputy of this name; the certificate and the delegation, where given, must be theirs.

        Raises CellError for the column at fault.
        """
        named = self._county(column, name)
        if certificate:
            found = [mandate for mandate in named if key(mandate.certificate_no) == key(certificate)]
            if not found:
                raise _error("代表证号", "other_certificate", named, name=name, certificate=certificate)
        else:
            found = _of_delegation(named, delegation) or named
        if len(found) > 1:
            raise _error(column, "ambiguous_deputy", found, name=name)
        if delegation and not _of_delegation(found, delegation):
            raise _error("代表团", "other_delegation", found, name=name, delegation=delegation)
        return found[0]

    def co_signer(self, column: str, name: str, lead: Mandate) -> Mandate:
        """The county deputy of this name, in the lead's delegation if there is one (D41). Raises CellError."""
        named = self._county(column, name)
        found = [mandate for mandate in named if mandate.delegation_id == lead.delegation_id] or named
        if len(found) > 1:
            raise _error(column, "ambiguous_deputy", found, name=name)
        return found[0]

    def organ(self, column: str, name: str) -> Organ:
        """The organ that bears or bore this name. Raises CellError."""
        organ = self.organs.get(key(name))
        if organ is None:
            raise CellError(column, "unknown_organ", sentences.UNKNOWN_ORGAN, name=name)
        return organ

    def _county(self, column: str, name: str) -> list[Mandate]:
        if name not in self.county:
            raise _error(column, "not_a_county_deputy", self.others.get(name, []), name=name)
        return self.county[name]


def load() -> Known:
    """What the present term and the lists of organs, fields and classes hold, in four queries."""
    known = Known()
    for mandate in Mandate.objects.filter(term__is_current=True).select_related("person", "delegation"):
        group = known.county if mandate.level == Level.COUNTY else known.others
        group.setdefault(mandate.person.name, []).append(mandate)
    names = OrganName.objects.select_related("organ__forwards_through", "organ__successor")
    known.organs = {row.folded: row.organ for row in names}
    for row in SubjectField.objects.all():
        known.fields.update((key(name), row) for name in (row.name, *row.aliases))
    known.classes = {key(row.code): row for row in ResultClass.objects.all()}
    return known


def _of_delegation(mandates: Iterable[Mandate], delegation: str) -> list[Mandate]:
    return [m for m in mandates if m.delegation is not None and key(m.delegation.name) == key(delegation)]


def _error(column: str, code: str, candidates: Iterable[Mandate], **params: str) -> CellError:
    told = "、".join(f"{m.person.name}({m.certificate_no} {m.delegation or ''})".replace(" )", ")") for m in candidates)
    plain, with_candidates = sentences.PEOPLE[code]
    return CellError(column, code, with_candidates if told else plain, candidates=told, **params)
