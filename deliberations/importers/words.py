"""What registers write for the headings and values that the portal knows (D23); keys as ``workflow.text.key`` makes them."""

from collections.abc import Mapping

from deliberations.models import Opinion, Voter
from files.workbooks import Heading

DAY, STATION, DEPUTIES, COMPANIONS = "走访日期", "所属家站", "走访代表", "陪同领导及工作人员"
NAME, PHONE, CATEGORY, VILLAGE = "选民姓名", "选民电话", "选民类别", "村（社区）"
TOPICS, POLICIES, WORDS, FIELD = "所带议题", "传达政策", "反映问题（选民原话）", "领域"
ANSWER, ROUTE, TOLD_ON = "现场答复", "处理方式", "反馈选民日期"

#: The register's columns; those that are not needed may be lacking from the sheet.
HEADINGS = (
    Heading(DAY, ("日期", "走访时间")),
    Heading(STATION, ("家站", "家站名称", "代表家站")),
    Heading(DEPUTIES, ("代表", "代表姓名")),
    Heading(COMPANIONS, ("陪同人员", "陪同领导", "陪同领导、工作人员"), needed=False),
    Heading(NAME, ("选民", "走访选民", "选民（群众）姓名"), needed=False, private=True),
    Heading(PHONE, ("联系电话", "联系方式", "电话"), needed=False, private=True),
    Heading(CATEGORY, ("类别", "选民身份"), needed=False),
    Heading(VILLAGE, ("村", "社区", "所在村（社区）", "所属村（社区）"), needed=False),
    Heading(TOPICS, ("议题", "走访议题"), needed=False),
    Heading(POLICIES, ("宣传政策",), needed=False),
    Heading(WORDS, ("反映问题", "选民原话", "意见建议"), private=True),
    Heading(FIELD, ("所属领域", "问题类别"), needed=False),
    Heading(ANSWER, ("现场答复情况", "当场答复情况"), needed=False),
    Heading(ROUTE, ("办理方式", "处理去向")),
    Heading(TOLD_ON, ("反馈日期", "反馈时间", "反馈选民时间")),
)

CATEGORIES: Mapping[str, str] = {
    "老党员": Voter.Category.PARTY_MEMBER,
    "村干部": Voter.Category.VILLAGE_CADRE,
    "村(社区)干部": Voter.Category.VILLAGE_CADRE,
    "社区干部": Voter.Category.VILLAGE_CADRE,
    "老同志": Voter.Category.ELDER,
    "致富带头人": Voter.Category.BUSINESS_LEADER,
    "致富能手": Voter.Category.BUSINESS_LEADER,
    "选民": Voter.Category.VOTER,
    "普通选民": Voter.Category.VOTER,
    "群众": Voter.Category.VOTER,
}

ROUTES: Mapping[str, str] = {
    "当场答复": Opinion.Route.ANSWERED,
    "现场答复": Opinion.Route.ANSWERED,
    "当场办理": Opinion.Route.ANSWERED,
    "当场办理/答复": Opinion.Route.ANSWERED,
    "交村(社区)": Opinion.Route.VILLAGE,
    "交村": Opinion.Route.VILLAGE,
    "交社区": Opinion.Route.VILLAGE,
    "交乡镇": Opinion.Route.TOWNSHIP,
    "交街道": Opinion.Route.TOWNSHIP,
    "交乡镇/街道": Opinion.Route.TOWNSHIP,
    "交乡镇(街道)": Opinion.Route.TOWNSHIP,
    "提交议政会": Opinion.Route.TO_MEETING,
    "带到议政会": Opinion.Route.TO_MEETING,
    "形成代表建议": Opinion.Route.SUGGESTION,
    "县代表提建议": Opinion.Route.SUGGESTION,
    "提出代表建议": Opinion.Route.SUGGESTION,
    "委托上级代表": Opinion.Route.HIGHER_DEPUTIES,
    "不予受理并告知": Opinion.Route.REFUSED,
    "不予受理": Opinion.Route.REFUSED,
}
