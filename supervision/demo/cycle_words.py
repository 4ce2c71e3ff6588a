"""What the round of deliberation is about, and what was done to prepare it; all of it invented."""

from deliberations.models import PublicityRecord, Topic
from deliberations.transitions.topics import TopicFacts

BASIS = (
    "县委关于发挥代表之家作用、深入推进全过程人民民主的意见；县人大常委会年度工作要点第三部分：开展代表议政活动，"
    "组织五级代表进家进站，走访选民，议政督政。"
)
WATER = TopicFacts(
    title="农村供水和小型水利设施管护",
    source=Topic.Source.PUBLIC_HOT_ISSUE,
    text="村级供水工程的水量、水质、水价和管护；山塘、支渠、提灌站的安全和维修。",
    criteria="群众反映集中、县级有权解决、年内能见效。",
    reasons="去年代表走访记录中，用水问题占三成，石桥、青山、柳林三镇最集中。",
    proposing_body="农业农村工作委员会",
)
SCHOOL = TopicFacts(
    title="义务教育学校布局与校车安全",
    source=Topic.Source.GOVERNMENT_KEY_WORK,
    text="教学点撤并以后的上学路程、校车线路、校门口交通、寄宿条件。",
    criteria="列入县政府年度重点工作，群众关心。",
    reasons="今年撤并教学点十一个，涉及学生六百多人，校车线路需要调整。",
    proposing_body="县教育局",
)
FIRMS = TopicFacts(
    title="民营企业用地用电保障",
    source=Topic.Source.PARTY_PLAN,
    text="企业用地手续、用电增容、停电告知，惠企政策的兑现。",
    criteria="县委部署，关系全局。",
    reasons="县委经济工作会议要求人大围绕优化营商环境开展专题议政。",
    proposing_body="县委办公室",
)
PARKING = TopicFacts(
    title="县城停车难",
    source=Topic.Source.PUBLIC_HOT_ISSUE,
    reasons="城区停车位缺口大，沿街乱停影响通行。",
    proposing_body="城关镇代表之家",
)
DROPPED = "与县政府正在开展的停车秩序专项整治重复，列入明年备选。"
SELECTED = (WATER, SCHOOL, FIRMS)

#: What is proposed for the next round, not decided.
NEXT = (
    TopicFacts(
        title="村卫生室标准化和药品供应",
        source=Topic.Source.PUBLIC_HOT_ISSUE,
        reasons="连续三年有代表反映村卫生室缺药、缺人。",
        proposing_body="柳林镇代表之家",
    ),
    TopicFacts(
        title="高标准农田建后管护",
        source=Topic.Source.GOVERNMENT_KEY_WORK,
        reasons="建成四年以上的项目区，机井和沟渠损坏较多。",
        proposing_body="县农业农村局",
    ),
)

NOTICE_TITLE = "关于开展代表议政活动的通知"
NOTICE = (
    "各代表之家、联络站：经主任会议决定，本次议政活动的议题是：农村供水和小型水利设施管护；义务教育学校布局与校车安全；"
    "民营企业用地用电保障。请做好以下工作：一、收到后立即转告本站全体代表；二、组织代表围绕议题走访选民，"
    "如实记录选民原话；三、议政会前三天把意见汇总报代工委。"
)
WITHDRAWN = "第一次发出的通知漏写了第三个议题，收回重发。"
LATE_REASON = "街道人大工委换届交接，无法提前安排"

#: Days before today, channel, title, reads or broadcasts.
PUBLICITY = (
    (78, PublicityRecord.Channel.WECHAT, "代表议政活动开始了，您有话跟代表说", 3260),
    (74, PublicityRecord.Channel.NOTICE_BOARD, "代表议政活动议题公示（各村公开栏）", None),
    (71, PublicityRecord.Channel.LOUDSPEAKER, "村村响广播：三个议题怎么提意见", 126),
    (50, PublicityRecord.Channel.TELEVISION, "《望川新闻》：代表进站听民声", 4),
)
#: Days before today, station (none: central), title, place, lecturer, content, hours, expected, present.
TRAININGS = (
    (77, "", "代表议政活动专题培训", "县委党校报告厅", "县人大常委会代工委 王芳",
     "代表法修改要点；走访选民怎样记录；意见怎样变成建议；承诺清单怎样填。", "3", 191, 168),
    (73, "JZ04", "石桥镇代表议政培训", "石桥镇代表之家", "县水利局农村供水站", "农村供水工程管护政策；水价怎样核定。", "2", 31, 27),
    (72, "JZ01", "城关镇代表议政培训", "城关镇代表之家", "县教育局基础教育股", "学校布局调整政策；校车管理规定。", "2", 29, 24),
)  # fmt: skip

LAST_TOPIC = TopicFacts(
    title="农村人居环境整治",
    source=Topic.Source.PUBLIC_HOT_ISSUE,
    text="垃圾清运、污水处理、厕所改造。",
    reasons="群众反映垃圾清运不及时、改厕后无人维修。",
    proposing_body="农业农村工作委员会",
)
LAST_REVIEW = (
    "本次活动两个家站参加，收到意见5条：当场解释2条、当场承诺2条、交乡镇1条。承诺全部兑现：石桥镇增设垃圾转运箱12个，"
    "城关镇河道保洁恢复每周两次。交乡镇办理的1条已办结。不足：通知时间偏紧，走访户数少，今后提前一个半月布置。"
)
