"""Small rosters, written as an office would write them."""

from openpyxl import Workbook

STATION_HEADINGS = (
    "序号", "家站编号", "家站名称", "类别", "所属乡镇（街道）", "地址", "是否重点家站", "站长", "联络员", "联系电话",
)  # fmt: skip
DEPUTY_HEADINGS = (
    "序号", "代表证号", "姓名", "性别", "出生年月", "层级", "代表团", "所属家站", "工作单位及职务", "手机号码", "备注",
)  # fmt: skip
ORGAN_HEADINGS = ("序号", "单位名称", "单位类别", "曾用名、简称", "主要负责人", "分管领导", "承办联络员", "联系电话")

STATION = (1, "JZ01", "石桥镇代表之家", "代表之家", "石桥镇", "人民路1号", "是", "许勇志", "姜林波", "13988161342")
DEPUTY = (1, "X0001", "任洋亮", "男", "1955年1月", "县", "石桥镇代表团", "石桥镇代表之家", "村医", "13588523892", "")
ORGAN = (1, "县水利局", "政府部门", "县水务局", "龙凯福", "黄永", "史浩志", "0319-5639250")
OFFICE = (2, "县人民政府办公室", "政府办", "县政府办", "张飞刚", "李彬强", "付杰勇", "0319-5648915")

#: What stands in which sheet when a test says nothing else.
PLAIN = {
    "家站": [("家站一览表",), STATION_HEADINGS, STATION],
    "代表名册": [("代表名册",), DEPUTY_HEADINGS, DEPUTY],
    "承办单位": [("承办单位一览表",), ORGAN_HEADINGS, ORGAN, OFFICE],
}


def changed(row, **cells):
    """The row with other cells, named by the place they stand at: ``changed(DEPUTY, c2="")``."""
    new = list(row)
    for place, value in cells.items():
        new[int(place[1:])] = value
    return tuple(new)


def stations(*rows):
    """A roster with these rows in its sheet of stations."""
    return {**PLAIN, "家站": [STATION_HEADINGS, *rows]}


def deputies(*rows):
    """A roster with these rows in its sheet of deputies."""
    return {**PLAIN, "代表名册": [DEPUTY_HEADINGS, *rows]}


def organs(*rows):
    """A roster with these rows in its sheet of organs."""
    return {**PLAIN, "承办单位": [ORGAN_HEADINGS, *rows]}


def write(path, sheets=PLAIN):
    """A workbook of these sheets; returns its path."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
