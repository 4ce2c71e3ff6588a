"""Small ledgers for tests: one good row unless said otherwise."""

from datetime import date

from files.importing import IMPORT, Outcome
from files.workbooks import RawSheet, Workbook
from suggestions.importers import ledger
from suggestions.importers.words import HEADINGS
from tests.factory import make_delegation, make_mandate, make_organ, make_person

TITLE = "望川县第十八届人大第五次会议代表建议办理情况台账"
COLUMNS = tuple(heading.name for heading in HEADINGS)

ANSWERED = {
    "建议编号": "第001号",
    "标题": "关于增开公交班次的建议",
    "建议内容": "末班车太早。建议:延长运营时间。",
    "领衔代表": "王小明",
    "代表证号": "X0001",
    "附议代表": "",
    "代表团": "石桥镇代表团",
    "类别": "城建交通",
    "是否重点": "",
    "主办单位": "县交通运输局",
    "会(协)办单位": "",
    "交办日期": date(2026, 3, 18),
    "答复期限": date(2026, 6, 18),
    "办理进展": "已答复",
    "答复日期": date(2026, 5, 20),
    "答复文号": "望交通函〔2026〕1号",
    "办理类别": "A",
    "代表意见": "满意",
    "备注": "",
}
IN_HAND = ANSWERED | {"办理进展": "办理中", "答复日期": "", "答复文号": "", "办理类别": "", "代表意见": ""}


def read(*rows: dict, title: str = TITLE, columns: tuple[str, ...] = COLUMNS, session: str = "") -> Outcome:
    """What comes of a ledger of these rows under a title and the headings; its good rows are written."""
    cells = [[title], list(columns), *([row[column] for column in columns] for row in rows)]
    book = Workbook("ledger.xlsx", (RawSheet("办理情况台账", cells),))
    return ledger.read(book, sha256="0" * 64, actor=IMPORT, given=session)


def refusals(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Row, column and code of what was refused."""
    return [(row.row, row.column, row.code) for row in outcome.refused]


def numbered(count: int) -> list[dict]:
    """So many good rows."""
    return [ANSWERED | {"建议编号": number} for number in range(1, count + 1)]


def make_small_county() -> None:
    """The deputies and organs that the rows name, and some with whom they could be confused."""
    delegation, other = make_delegation(), make_delegation("白沙镇代表团")
    for number, (name, place) in enumerate(
        [("王小明", delegation), ("李伟", delegation), ("李伟", other), ("汤永", delegation), ("赵燕", other)], 1
    ):
        make_mandate(make_person(name), delegation=place, certificate_no=f"X{number:04}")
    for number, name in enumerate(("周敏", "周敏"), 6):
        make_mandate(make_person(name), delegation=other, certificate_no=f"X{number:04}")
    make_mandate(make_person("钱多"), "TOWNSHIP", certificate_no="Z0001")
    for name in ("县交通运输局", "县公安局", "县财政局"):
        make_organ(name)
