"""The template of the folder of an activity (一次活动一档)."""

from typing import Any

from tools.document_pieces import form_table, line_of, new_document, paragraph_of, title_of
from tools.documents_plan import Columns, each_of, head_of, table_of

_PEOPLE: Columns = (
    ("序号", "{{人.序号}}", 14), ("姓名", "{{人.姓名}}", 26), ("身份", "{{人.身份}}", 50), ("到会", "{{人.到会}}", 24),
    ("备注", "{{人.备注}}", 42),
)  # fmt: skip
_SAID: Columns = (
    ("序号", "{{条.序号}}", 14), ("发言人", "{{条.发言人}}", 26), ("内容", "{{条.内容}}", 62),
    ("答复", "{{条.答复}}", 32), ("去向", "{{条.去向}}", 22),
)  # fmt: skip


def activity() -> Any:
    """Head, notice, sign-in, record, news; the photos are put behind it."""
    document = new_document()
    title_of(document, "{{标题}}\n活动档案")
    form_table(
        document,
        [
            ("活动类型", "{{类型}}", "日期", "{{日期}}"),
            ("主办", "{{主办}}"),
            ("地点", "{{地点}}"),
            ("概况", "{{概况}}"),
        ],
        tall={},
    )
    line_of(document, "{%p if 通知 %}")
    head_of(document, "一、通知")
    paragraph_of(document, "{{通知}}")
    line_of(document, "{%p endif %}")
    head_of(document, "二、签到")
    table_of(document, "人 in 签到", _PEOPLE)
    line_of(document, "{{到会统计}}")
    head_of(document, "三、记录")
    each_of(document, "段 in 记录", "{{段.内容}}")
    line_of(document, "{%p if 有意见 %}")
    table_of(document, "条 in 意见", _SAID)
    line_of(document, "{%p endif %}")
    head_of(document, "四、简讯")
    paragraph_of(document, "{{简讯}}")
    line_of(document, "{%p if 附件 %}")
    head_of(document, "五、附件")
    paragraph_of(document, "{{附件}}")
    line_of(document, "{%p endif %}")
    return document


#: By the name of the form.
TEMPLATES = {"activity": activity}
