"""The sheet of organs that handle suggestions."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Officer
from accounts.transitions.organs import OrganFacts, enter_organ, route_through_office
from files.workbooks import Heading, Refusal, Row, Table
from stations.importers import aliases
from stations.importers.reading import Once, chosen, names, needed, phone, read_rows, refused_by_verb
from workflow.engine import Invalid
from workflow.text import key

TITLE = "承办单位"
NAME, KIND, OTHER_NAMES, PHONE = "单位名称", "单位类别", "曾用名、简称", "联系电话"
HEADINGS = (
    Heading(NAME, ("承办单位", "承办单位名称")),
    Heading(KIND, ("类别", "单位性质", "单位类型")),
    Heading(OTHER_NAMES, ("曾用名", "简称", "曾用名及简称", "曾用名/简称", "别名"), needed=False),
    Heading("主要负责人", ("负责人",), needed=False),
    Heading("分管领导", ("分管负责人",), needed=False),
    Heading("承办联络员", ("联络员", "承办人"), needed=False),
    Heading(PHONE, ("电话", "办公电话"), needed=False),
)
DUTIES = {
    "主要负责人": Officer.Duty.HEAD,
    "分管领导": Officer.Duty.DIVISION_LEADER,
    "承办联络员": Officer.Duty.LIAISON,
}


def read(table: Table, *, actor: Actor) -> tuple[int, list[Refusal]]:
    """Enter the organs with their names and officers: how many rows are good, and which are not."""
    good, refused = read_rows(table, _Parser())
    entered = 0
    for row, facts in good:
        try:
            enter_organ(facts, actor=actor)
            entered += 1
        except Invalid as invalid:
            refused.append(refused_by_verb(row, invalid, {"other_names": OTHER_NAMES, "name": NAME}))
    route_through_office(actor=actor)
    return entered, refused


class _Parser:
    """What a row says of an organ."""

    def __init__(self) -> None:
        self._names = Once()

    def __call__(self, row: Row) -> OrganFacts:
        name = needed(row, NAME, "missing_name", _("The organ has no name."), limit=80)
        self._names.check(row, NAME, key(name), "duplicate_name")
        return OrganFacts(
            name=name,
            kind=chosen(row, KIND, aliases.ORGAN_KINDS, "unknown_kind"),
            other_names=tuple(names(row, OTHER_NAMES, limit=80)),
            officers=tuple(_officers(row)),
            phone=phone(row, PHONE, limit=40),
        )


def _officers(row: Row) -> Iterator[tuple[str, str]]:
    for column, duty in DUTIES.items():
        for name in names(row, column):
            yield duty, name
