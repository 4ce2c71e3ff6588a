"""The forms that are filled from a cycle's plan, and what each of their placeholders means."""

from files.documents.writing import Form, Placeholder

_TITLE = Placeholder("活动名称", "议政活动的名称", "2026年代表议政活动")
_YEAR = Placeholder("年度", "议政活动的年度", "2026")
_COUNTY = Placeholder("县名", "县的名称", "望川县")
_SIGNER = Placeholder("落款单位", "落款的单位", "望川县人大常委会代表工作委员会")
_FIRST = Placeholder("首场日期", "第一场议政座谈会的日期", "2026年5月20日")
_TOPICS = Placeholder(
    "议题",
    "已确定的议题；尚未确定的为一行空缺",
    parts=(
        Placeholder("序号", "中文序号", "一"),
        Placeholder("名称", "议题的名称", "农村供水"),
        Placeholder("内容", "议题的内容，没有的空缺", "水量、水质和管护"),
        Placeholder("来源", "议题的来源", "群众关心的热点、难点问题"),
        Placeholder("提出单位", "提出议题的单位", "县人大农业农村工委"),
    ),
)
_GROUPS = Placeholder(
    "分组",
    "分组表的每一组；尚未分组的为一行空缺",
    parts=(
        Placeholder("组名", "组的名称", "第一组"),
        Placeholder("组长", "组长姓名", "李主任"),
        Placeholder("成员", "成员，没有填写的空缺", "周明、吴静"),
        Placeholder("家站", "本组的代表家站", "石桥镇代表之家、青山镇代表之家"),
        Placeholder("部门", "参加的部门，没有填写的空缺", "县水利局、县财政局"),
        Placeholder("时间", "本组活动的时间，没有填写的空缺", "2026年5月20日至25日"),
    ),
)
_STEPS = Placeholder(
    "步骤",
    "准备工作的四个步骤",
    parts=(
        Placeholder("序号", "中文序号", "一"),
        Placeholder("名称", "步骤的名称", "精选议题"),
        Placeholder("时间", "计划的时间，没有安排的空缺", "2026年3月1日至10日"),
    ),
)
_STATIONS = Placeholder(
    "家站安排",
    "每个代表家站一行，按议政座谈会日期排列",
    parts=(
        Placeholder("序号", "序号", "1"),
        Placeholder("家站", "代表家站", "石桥镇代表之家"),
        Placeholder("日期", "议政座谈会日期", "2026年5月20日"),
        Placeholder("组名", "所属的组，尚未分组的空缺", "第一组"),
        Placeholder("领导", "联系领导，没有的为组长，都没有的空缺", "李主任"),
    ),
)
_REQUIREMENTS = Placeholder(
    "要求",
    "工作要求，每段一条",
    parts=(Placeholder("序号", "中文序号", "一"), Placeholder("内容", "要求的内容", "高度重视。")),
)

PLAN = Form(
    "plan",
    "",
    "议政活动实施方案",
    (
        _COUNTY, _YEAR, _TITLE,
        Placeholder("依据", "政策依据，没有填写的空缺", "县委关于发挥代表之家作用的意见"),
        Placeholder("指导思想", "指导思想和目的，每段一行", parts=(Placeholder("内容", "一段", "坚持党的领导。"),)),
        Placeholder("时间", "准备开始至最后一场座谈会的时间，尚未安排步骤的从首场算起", "2026年3月1日至6月5日"),
        Placeholder(
            "批准情况", "党组会议、主任会议、县委的批准，没有记载的为一行空缺",
            parts=(Placeholder("机构", "批准的机构", "主任会议"), Placeholder("文号", "文号", "〔2026〕3号"), Placeholder("日期", "日期", "2026年3月12日")),
        ),
        _TOPICS, _STEPS, _GROUPS, _STATIONS, _REQUIREMENTS, _SIGNER,
        Placeholder("成文日期", "写出文件的日期", "2026年3月16日"),
    ),
)  # fmt: skip
GROUPING = Form("grouping", "", "议政活动分组表", (_TITLE, _GROUPS))
SCHEDULE = Form("schedule", "", "议政活动日程表", (_TITLE, _STEPS, _STATIONS))
STATION_NOTICE = Form(
    "station_notice",
    "",
    "下发家站通知",
    (
        _COUNTY, _TITLE, _FIRST, _TOPICS, _STATIONS, _REQUIREMENTS, _SIGNER,
        Placeholder("走访时间", "走访选民的时间，没有安排的空缺", "2026年4月1日至5月15日"),
        Placeholder("成文日期", "写出文件的日期", "2026年3月16日"),
    ),
)  # fmt: skip

PLAN_FORMS = {form.name: form for form in (PLAN, GROUPING, SCHEDULE, STATION_NOTICE)}
