"""The register of printed papers (F19) as a workbook; its wording is the official form's."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Role
from deliberations.models import Material, MaterialCopy
from files.workbooks import Column, Sheet
from workflow import clock

_KINDS = {
    "PARTY_DECISION": "党委决策部署", "ORGAN_TARGETS": "“一府两院”工作目标", "POLICY": "惠民政策", "LAW": "法律法规",
    "GUIDANCE": "走访指南", "OTHER": "其他",
}  # fmt: skip
_COPIES = [
    Column("序号", 6, "integer"), Column("文件", 44), Column("印发单位", 22), Column("文号", 20), Column("份数", 8, "integer", "sum"),
    Column("日期", 12, "date"), Column("接收家站", 24), Column("签收人", 12), Column("签收日期", 12, "date"),
]  # fmt: skip
_PAPERS = [
    Column("序号", 6, "integer"), Column("文件", 44), Column("类别", 20), Column("印发单位", 22), Column("文号", 20),
    Column("日期", 12, "date"), Column("重点文件", 10), Column("印发份数", 10, "integer", "sum"), Column("代表已读", 10, "integer"),
]  # fmt: skip


def sheets() -> list[Sheet]:
    """Every dispatch of copies, and every paper with how many were printed and who has read it."""
    today = clock.today()
    note = f"数据截至{today.year}年{today.month}月{today.day}日"
    return [
        Sheet("印发登记", "材料印发登记表", note, _COPIES, _dispatches(), empty="没有印发记录"),
        Sheet("材料目录", "代表学习材料目录", note, _PAPERS, _papers(), empty="没有材料"),
    ]


def _dispatches() -> list[list[Any]]:
    rows = MaterialCopy.objects.select_related("material", "station").order_by("on", "pk")
    return [
        [
            place, row.material.title, row.material.issuer, row.material.number, row.copies, row.on, row.station.name,
            row.received_by, row.received_on,
        ]
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip


def _papers() -> list[list[Any]]:
    printed: dict[int, int] = {}
    for material, copies in MaterialCopy.objects.values_list("material", "copies"):
        printed[material] = printed.get(material, 0) + copies
    return [
        [
            place, row.title, _KINDS[row.kind], row.issuer, row.number, row.issued_on, "是" if row.is_key else "",
            printed.get(row.pk, 0), row.read,
        ]
        for place, row in enumerate(with_readings(Material.objects.order_by("issued_on", "pk")), 1)
    ]  # fmt: skip


def with_readings(rows: QuerySet) -> QuerySet:
    """Each paper with how many deputies have read it."""
    by_deputies = Q(readings__user__posts__role=Role.DEPUTY)
    return rows.annotate(read=Count("readings", filter=by_deputies, distinct=True))
