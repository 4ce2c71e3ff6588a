"""The folder as a Word document, and the pictures that go with it."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from PIL import UnidentifiedImageError

from files.documents.writing import Form, Pictures, Placeholder
from files.pictures import small
from supervision.folders.contents import Folder, Picture
from workflow.text import written_day

#: A box takes paper, not an album.
MOST_PICTURES = 20

ACTIVITY = Form(
    "activity",
    "F10–F14、F17",
    "活动档案",
    (
        Placeholder("标题", "活动的名称", "石桥镇代表之家代表接待日"),
        Placeholder("类型", "代表接待日、代表培训等", "代表接待日"),
        Placeholder("日期", "活动的日期", "2026年11月10日"),
        Placeholder("主办", "主办的代表家站，集中培训为县人大", "石桥镇代表之家"),
        Placeholder("地点", "活动的地点，没有的空缺", "石桥镇代表之家"),
        Placeholder("概况", "该类活动的其他情况，每行一项", "值班代表：周大爷"),
        Placeholder("通知", "通知或公告的内容，没有的留空", "定于2026年11月10日接待选民。"),
        Placeholder(
            "签到",
            "每人一行",
            parts=(
                Placeholder("序号", "第几行", "1"),
                Placeholder("姓名", "姓名，选民不列", "周大爷"),
                Placeholder("身份", "代表层级和家站等", "县人大代表"),
                Placeholder("到会", "实到、请假、缺席", "实到"),
                Placeholder("备注", "签到方式或请假事由", "扫码签到"),
            ),
        ),
        Placeholder("到会统计", "应到、实到、请假、缺席人数和到会率", "应到 2 人，实到 2 人"),
        Placeholder("记录", "内容，每段一行", parts=(Placeholder("内容", "一段", "传达了惠民政策。"),)),
        Placeholder("有意见", "是否记录了意见", True),
        Placeholder(
            "意见",
            "每条意见一行",
            parts=(
                Placeholder("序号", "第几条", "1"),
                Placeholder("发言人", "代表姓名；选民只写村名和**", "南门村选民**"),
                Placeholder("内容", "原话；选民要求保密的不载入", "路灯不亮。"),
                Placeholder("答复", "当场答复或承诺，没有的留空", "已报修。"),
                Placeholder("去向", "当场答复、交乡镇等", "当场答复"),
            ),
        ),
        Placeholder("简讯", "简讯的文字", "11月10日，石桥镇代表之家开展代表接待日活动。"),
        Placeholder("附件", "另存的文件名称，没有的留空", "讲义.pdf"),
    ),
)


def context_of(folder: Folder) -> dict[str, Any]:
    """The folder in the names of the form."""
    return {
        "标题": folder.title,
        "类型": folder.what,
        "日期": written_day(folder.on),
        "主办": folder.host,
        "地点": folder.place or None,
        "概况": "\n".join(f"{label}：{value}" for label, value in folder.facts),
        "通知": folder.notice or "无。",
        "签到": [
            {"序号": str(number), "姓名": row.name, "身份": row.post, "到会": row.state, "备注": row.remark}
            for number, row in enumerate(folder.people, start=1)
        ],
        "到会统计": folder.counts if folder.has_sign_in else f"参加代表 {len(folder.people)} 人",
        "记录": [{"内容": part} for part in folder.record],
        "有意见": bool(folder.said),
        "意见": [
            {"序号": str(number), "发言人": row.who, "内容": row.words, "答复": row.answer, "去向": row.way}
            for number, row in enumerate(folder.said, start=1)
        ],
        "简讯": folder.text,
        "附件": "、".join(row.file.name for row in folder.papers),
    }


def pictures_of(folder: Folder) -> Pictures:
    """The photos for the Word document."""
    return Pictures("照片", [(row.kind, content) for row, content in readable(folder.photos)])


def readable(pictures: Iterable[Picture]) -> list[tuple[Picture, bytes]]:
    """The first of them with their content, small; a file that is gone or damaged is left out."""
    found = []
    for row in list(pictures)[:MOST_PICTURES]:
        try:
            with default_storage.open(row.file.path, "rb") as stream:
                found.append((row, small(stream.read())))
        except (FileNotFoundError, UnidentifiedImageError, OSError):
            continue
    return found
