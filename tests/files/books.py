"""Small workbooks for tests."""

from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook


def book(path, **sheets):
    """Save rows as sheets; None is an empty cell."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def archive(path, **entries):
    """A zip archive of the named contents; ``xl`` stands for the part that makes it look like a workbook."""
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in entries.items():
            made.writestr(name, content)
    return path


LEDGER = [
    ["台账"],
    ["截至2026年9月30日", None, "填报人：某某"],
    ["序号", "标题", "会（协）办\n单位", "交办日期"],
    [1, "关于道路的建议", "县财政局", date(2026, 3, 18)],
    [None, None, None, None],
    ["序号", "标题", "会(协)办单位", "交办 日期"],
    [2, "关于饮水的建议", "县水利局、县财政局", "2026.3.18"],
    ["小计", None, 2],
    [None, "说明：★为重点督办建议。"],
    [3, "关于电力的建议", None, "2026.2.30"],
    ["合　计：", None, 3],
]
