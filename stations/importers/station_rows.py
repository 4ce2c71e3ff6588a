"""The sheet of stations."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.people import PersonFacts
from files.workbooks import CellError, Heading, Refusal, Row, Table
from stations.importers import aliases
from stations.importers.reading import (
    Once,
    chosen,
    names,
    needed,
    needed_number,
    phone,
    read_rows,
    refused_by_verb,
    words,
)
from stations.models import StationStaff
from stations.transitions.stations import StationFacts, enter_station, enter_townships
from workflow.engine import Invalid
from workflow.text import key

TITLE = "家站"
CODE, NAME, KIND, TOWNSHIP = "家站编号", "家站名称", "类别", "所属乡镇（街道）"
ADDRESS, IS_KEY, PHONE = "地址", "是否重点家站", "联系电话"
HEADINGS = (
    Heading(CODE, ("编号", "站点编号")),
    Heading(NAME, ("名称", "站点名称")),
    Heading(KIND, ("家站类别", "类型", "家站类型")),
    Heading(TOWNSHIP, ("所属乡镇", "所属街道", "乡镇", "乡镇（街道）", "所在乡镇")),
    Heading(ADDRESS, ("家站地址", "详细地址"), needed=False),
    Heading(IS_KEY, ("重点家站", "是否重点", "重点"), needed=False),
    Heading("站长", needed=False),
    Heading("副站长", needed=False),
    Heading("联络员", ("家站联络员",), needed=False),
    Heading(PHONE, ("电话", "联络员电话"), needed=False),
)
DUTIES = {
    "站长": StationStaff.Duty.HEAD,
    "副站长": StationStaff.Duty.ASSISTANT_HEAD,
    "联络员": StationStaff.Duty.LIAISON,
}


def read(table: Table, *, actor: Actor) -> tuple[int, list[Refusal]]:
    """Enter the stations with their townships and staff: how many rows are good, and which are not."""
    good, refused = read_rows(table, _Parser())
    townships = enter_townships({facts["township"]: kind_of(facts["township"]) for _row, facts in good}, actor=actor)
    entered = 0
    for row, facts in good:
        source = {"sheet": row.sheet, "row": row.number}
        told = StationFacts(**{**facts, "township": townships[facts["township"]], "source": source})
        try:
            enter_station(told, actor=actor)
            entered += 1
        except Invalid as invalid:
            refused.append(refused_by_verb(row, invalid, {"name": NAME}))
    return entered, refused


def kind_of(township: str) -> str:
    """What the end of a township's name tells, empty when it tells nothing.

    >>> kind_of("石桥镇")
    Township.Kind.TOWN
    """
    return next((kind for ending, kind in aliases.TOWNSHIP_ENDINGS.items() if township.endswith(ending)), "")


class _Parser:
    """What a row says of a station; the township is a name still."""

    def __init__(self) -> None:
        self._codes = Once()

    def __call__(self, row: Row) -> dict[str, Any]:
        code = needed_number(row, CODE, "missing_code", _("The station has no number."), limit=20)
        self._codes.check(row, CODE, code, "duplicate_code")
        return {
            "code": code,
            "name": needed(row, NAME, "missing_name", _("The station has no name."), limit=60),
            "kind": chosen(row, KIND, aliases.STATION_KINDS, "unknown_kind"),
            "township": _township(row),
            "address": words(row, ADDRESS, limit=120),
            "is_key": _is_key(row),
            "staff": tuple(_staff(row)),
        }


def _township(row: Row) -> str:
    name = needed(row, TOWNSHIP, "missing_township", _("The township is not filled in."), limit=40)
    if not kind_of(name):
        sentence = _("“%(name)s” is no 镇, 乡 or 街道 by its name. Write the whole name.")
        raise CellError(TOWNSHIP, "unknown_township", sentence, name=name)
    return name


def _is_key(row: Row) -> bool | None:
    """An empty cell says no, a column that is not there says nothing."""
    if IS_KEY not in row.columns:
        return None
    return chosen(row, IS_KEY, {"": False, **aliases.KEY_STATION}, "unknown_mark") if key(row.text(IS_KEY)) else False


def _staff(row: Row) -> Iterator[tuple[str, PersonFacts]]:
    """The number in the sheet is the first liaison's."""
    number = phone(row, PHONE, limit=20)
    for column, duty in DUTIES.items():
        for name in names(row, column):
            own = number if duty == StationStaff.Duty.LIAISON else ""
            yield duty, PersonFacts(name, own)
            number = "" if own else number
