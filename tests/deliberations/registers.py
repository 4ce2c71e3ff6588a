"""Small registers of visits for tests: one good row unless said otherwise."""

from datetime import date

from deliberations.importers import register
from deliberations.importers.words import HEADINGS
from files.importing import IMPORT, Outcome
from files.workbooks import RawSheet, Workbook
from tests.factory import make_mandate, make_person, make_station, make_township

TITLE = "望川县代表走访选民登记台账"
COLUMNS = tuple(heading.name for heading in HEADINGS)
#: A name, a number and words that stand nowhere else; no refusal, event or notification may show them.
NAME, PHONE, WORDS = "欧阳秋菊", "13912345678", "村口那段路下雨就积水，娃上学要绕道。"

TOLD = {
    "走访日期": date(2026, 9, 2),
    "所属家站": "石桥镇代表之家",
    "走访代表": "周大爷、王  兰",
    "陪同领导及工作人员": "县人大常委会副主任",
    "选民姓名": NAME,
    "选民电话": PHONE,
    "选民类别": "老同志",
    "村（社区）": "南门村",
    "所带议题": "农村道路与饮水",
    "传达政策": "惠民政策",
    "反映问题（选民原话）": WORDS,
    "领域": "城建交通",
    "现场答复": "已解释政策",
    "处理方式": "当场答复",
    "反馈选民日期": "2026.9.12",
}
BARE = dict.fromkeys(COLUMNS, "") | {
    name: TOLD[name] for name in ("走访日期", "所属家站", "走访代表", "反映问题（选民原话）")
}
BARE["处理方式"] = "不予受理并告知"


def read(*rows: dict, columns: tuple[str, ...] = COLUMNS, name: str = "register.xlsx", actor=IMPORT) -> Outcome:
    """What comes of a register of these rows under a title and the headings; its good rows are written."""
    cells = [[TITLE], list(columns), *([row[column] for column in columns] for row in rows)]
    book = Workbook(name, (RawSheet("走访登记", cells),))
    return register.read(book, sha256="0" * 64, actor=actor)


def refusals(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Row, column and code of what was refused."""
    return [(row.row, row.column, row.code) for row in outcome.refused]


class Parish:
    """The stations and deputies that the rows name, and some with whom they could be confused."""

    def __init__(self):
        self.station = make_station("石桥镇代表之家", code="S001")
        self.elsewhere = make_station("柳林镇代表之家", code="S002", township=make_township("柳林镇"))
        self.lead = make_mandate(make_person("周大爷"), station=self.station)
        self.second = make_mandate(make_person("王兰"), station=self.station)
        self.namesake = make_mandate(make_person("王兰"), station=self.elsewhere)
        self.far = make_mandate(make_person("孙远山"), station=self.elsewhere)
        for _time in range(2):
            make_mandate(make_person("李伟"), station=self.elsewhere)
