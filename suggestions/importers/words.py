"""What ledgers write for the values that the portal knows (D23); keys as ``workflow.text.key`` makes them."""

from files.workbooks import Heading
from suggestions.models import Rating, Suggestion

#: The ledger's columns; those that are not needed may be lacking from the sheet.
HEADINGS = (
    Heading("建议编号", ("编号", "建议号", "件号")),
    Heading("标题", ("建议标题", "题目", "案由")),
    Heading("建议内容", ("内容", "主要内容"), needed=False),
    Heading("领衔代表", ("领衔人", "提出代表", "代表姓名")),
    Heading("代表证号", ("证号",), needed=False),
    Heading("附议代表", ("附议人", "联名代表", "联名"), needed=False),
    Heading("代表团", (), needed=False),
    Heading("类别", ("建议类别", "领域", "分类")),
    Heading("是否重点", ("重点", "重点建议", "是否重点建议"), needed=False),
    Heading("主办单位", ("承办单位", "主办")),
    Heading("会(协)办单位", ("会办单位", "协办单位", "会办", "协办"), needed=False),
    Heading("交办日期", ("交办时间",)),
    Heading("答复期限", ("办理期限", "办理时限"), needed=False),
    # a list of what was handed over (交办清单) ends here: what is on it is in hand
    Heading("办理进展", ("办理情况", "办理状态", "进展"), needed=False),
    Heading("答复日期", ("答复时间",), needed=False),
    Heading("答复文号", ("文号", "发文字号"), needed=False),
    Heading("办理类别", ("答复类别", "办理结果类别"), needed=False),
    Heading("代表意见", ("代表评价", "满意度", "反馈意见"), needed=False),
    Heading("备注", (), needed=False),
)

STATES = {
    "办理中": Suggestion.Status.HANDLING,
    "正在办": Suggestion.Status.HANDLING,
    "正在办理": Suggestion.Status.HANDLING,
    "已答复": Suggestion.Status.REPLIED,
    "已办复": Suggestion.Status.REPLIED,
    "已办结": Suggestion.Status.CLOSED,
    "办结": Suggestion.Status.CLOSED,
}

OPINIONS = {
    "": "",
    "未反馈": "",
    "满意": Rating.SATISFIED,
    "基本满意": Rating.BASICALLY,
    "不满意": Rating.DISSATISFIED,
}

#: Marks of a key suggestion, and of one that is none.
KEY_MARKS = {"★": True, "☆": True, "√": True, "✓": True, "是": True, "重点": True, "": False, "否": False, "无": False}
