"""What deputies put forward at the deliberation meetings, and what came of it there; all of it invented."""

from dataclasses import dataclass
from typing import Any

from deliberations.models import MeetingOpinion

A, W = MeetingOpinion.Acknowledgement, MeetingOpinion.Way

WATER, FINANCE, CITY, TRAFFIC, EDUCATION = "县水利局", "县财政局", "县城市管理局", "县交通运输局", "县教育局"
HOUSING, POWER = "县住房和城乡建设局", "县供电公司"


@dataclass(frozen=True)
class Explained:
    """It was explained, and on what that rests."""

    text: str
    by: str
    organ: str
    acknowledgement: str = A.ACCEPTS
    conditions_limited: bool = False


@dataclass(frozen=True)
class Promised:
    """What an organ promised, in how many days from today it is due, and what became of it (days ago)."""

    text: str
    organ: str
    person: str
    due: int
    reported: tuple[int, str] | None = None
    kept: int | None = None
    denied: tuple[int, str] | None = None
    not_kept: tuple[int, str] | None = None


@dataclass(frozen=True)
class Forwarded:
    """The way it takes; for the township until when (days from today), and when it was settled (days ago)."""

    way: str
    lead: str = ""
    due: int = 0
    done: tuple[int, str, str] | None = None


@dataclass(frozen=True)
class Spoken:
    """One opinion in deliberation: who, about what, on whose words it rests, what came of it."""

    speaker: str
    text: str
    field: str
    topic: str = ""
    basis: tuple[tuple[str, int], ...] = ()
    outcome: Any = None
    #: How what became of it is found again.
    key: str = ""


@dataclass(frozen=True)
class Met:
    """A station's meeting: when, where, under whom; which organs and guests came; who was not there and why."""

    station: str
    ago: int
    place: str
    chair: str
    recorder: str
    spoken: tuple[Spoken, ...]
    organs: tuple[tuple[str, str, str], ...]
    leave: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    is_open: bool = False


SHIQIAO = Met(
    "JZ04", 35, "石桥镇代表之家二楼会议室", "丁明", "姜林波",
    (
        Spoken("X0034", "建议抢修石桥镇集镇主管道漏水点。老街底下漏了大半年，赶集天一千多户水压不够，路面也泡坏了。", "livelihood", "water",
               (("leak", 0),), Forwarded(W.COUNTY_LEAD), "leak"),
        Spoken("X0064", "建议入冬前检修山塘放水涵管。全镇十一座山塘有四座涵管漏水，村里没有懂技术的人，不敢动。", "agriculture", "water",
               (("pond", 0),), Forwarded(W.COUNTY_LEAD), "culvert"),
        Spoken("X0124", "建议在镇上设巡回审判点。小案子跑一趟县城要一整天，矛盾压在村里。", "livelihood", "", (("court", 0),),
               Forwarded(W.COUNTY_LEAD), "circuit"),
        Spoken("Z0256", "下庄村三组排水沟堵了多年，一下雨就倒灌，十几户墙根泡酥了，镇里没有机械，请县里支持。", "agriculture", "water",
               (("road", 0),), Forwarded(W.COUNTY_LEAD, lead="X0034"), "ditch"),
        Spoken("X0034", "老街那一片的水表太老，走得不准，群众每个月都来问。", "livelihood", "water", (("leak", 1),),
               Promised("一个半月内更换石桥镇老街片区老旧水表312块，换表不收费。", WATER, "副局长 黄永", 8,
                        reported=(3, "老街片区312块水表已全部换完，逐户试水，张贴了查询电话。"))),
        Spoken("X0154", "镇水厂的值班电话打不通，墙上写的还是老号码。", "livelihood", "water", (),
               Promised("十天内公布新的报修电话，24小时有人接，各村公示。", WATER, "办公室主任 史浩志", -25,
                        reported=(30, "新号码已在各村公示栏和水费单上公布，安排了四人轮流值守。"), kept=28)),
        Spoken("X0124", "下庄村蓄水池没有盖板，落叶和死鸟都掉进去过，老百姓喝着不放心。", "livelihood", "water", (),
               Promised("一个月内给下庄村蓄水池加盖板、装围栏、清洗消毒一次。", WATER, "副局长 黄永", -6)),
        Spoken("X0094", "村里的小水库能不能收回来由县里统一管？现在村里没人会管。", "agriculture", "water", (),
               Explained("按《小型水库安全管理办法》，产权属村集体的小水库由乡镇履行主体责任，县里负责技术指导和安全监管；"
                         "收归县管需要确权和编制，目前条件不具备，先由县里为每座水库配一名技术责任人。", "副局长 黄永", WATER,
                         A.UNDERSTANDS, conditions_limited=True)),
        Spoken("X0004", "下庄村口的桥板断了半截，拉粮的车不敢过。", "building", "", (),
               Forwarded(W.TOWNSHIP, due=9)),
        Spoken("Z0200", "集镇垃圾箱离学校太近，夏天气味大，苍蝇飞到教室里。", "environment", "", (),
               Forwarded(W.TOWNSHIP, due=-10, done=(15, "垃圾箱已移到市场北侧，离学校一百二十米，安排专人每天清运两次。", "镇环卫所 周立民"))),
    ),
    ((WATER, "黄永", "副局长"), (FINANCE, "于志强", "副局长"), (EDUCATION, "莫永卫", "副局长"), ("县人民法院", "雷云", "副院长")),
    leave=(("X0184", "带学生参加县里比赛"),), absent=("Z0732",),
)  # fmt: skip

CHENGGUAN = Met(
    "JZ01", 30, "城关镇代表之家", "贺明超", "邱峰",
    (
        Spoken("X0061", "南门小学放学时校门口车堵人、人挤车，请县里统一划等候区、错峰放学。", "education", "school", (("gate", 0),),
               Forwarded(W.COUNTY_LEAD), "gate"),
        Spoken("X0031", "人民路雨污分流修了一半停了，一下雨井盖往外冒水，请县里统筹。", "building", "", (),
               Forwarded(W.COMMITTEE), "sewer"),
        Spoken("X0151", "惠企政策文件多，小厂子看不懂、跑不起，能不能一张纸说清楚？", "business", "firms", (),
               Promised("一个半月内编印惠企政策一张纸，送到企业，并在政务大厅设专窗。", FINANCE, "副局长 于志强", 14)),
        Spoken("X0091", "农贸市场西门占道经营，消防车进不去，反映过好几次。", "building", "", (),
               Promised("十天内清理西门占道摊位，划出消防通道。", CITY, "副局长 邓飞超", -20,
                        not_kept=(8, "到现场看，摊位还在，消防通道没有划线。"))),
        Spoken("X0001", "企业停电增容为什么要等三个月？", "industry", "firms", (),
               Explained("按供电营业规则，10千伏增容需现场勘察、方案答复和设备采购，法定时限内办结；现场公布了各环节时限和查询电话，"
                         "代表表示清楚了。", "营销部主任 朱宏", POWER)),
    ),
    ((CITY, "邓飞超", "副局长"), (FINANCE, "于志强", "副局长"), (POWER, "朱宏", "营销部主任"), (HOUSING, "毛志洋", "副局长")),
    leave=(("X0181", "外出进修"),),
)  # fmt: skip

YONGAN = Met(
    "JZ12", 20, "永安街道代表之家", "许立文", "田凯国",
    (
        Spoken("X0012", "老旧小区装电梯，一楼和六楼意见不一，街道协调不动，请县里出个办法：补多少、怎么补、谁来做工作。", "building", "",
               (("lift", 0),), Forwarded(W.COMMITTEE), "lift"),
        Spoken("X0042", "街道没有人民代表大会，居民提的意见交给谁办？", "other", "", (),
               Explained("街道不设人民代表大会，由街道人大工委联系代表；居民意见由街道办事处办理，需要县里办的由县代表领衔提出，"
                         "或者由县人大常委会作为议政意见提交。", "街道人大工委主任 许立文", "县委组织部", A.UNDERSTANDS)),
    ),
    ((HOUSING, "曾超亮", "局长"),),
)  # fmt: skip

QINGSHAN = Met(
    "JZ05", 1, "青山镇代表之家", "崔强峰", "方飞杰",
    (
        Spoken("X0125", "停电不提前告知，冷库里的菜捂坏了，企业损失没人管。", "business", "firms", (("power", 0),)),
        Spoken("X0005", "镇工业园变压器满负荷，两家厂子的订单不敢接。", "industry", "firms", ()),
        Spoken("X0155", "临时用地手续一年一办，材料年年一样，能不能简化？", "business", "firms", (),
               Explained("按《自然资源部关于规范临时用地管理的通知》，临时用地期限一般不超过两年，续用须重新报批；"
                         "县里已把材料由九项减为五项，可以网上提交。", "副局长 尹东永", "县自然资源局")),
    ),
    ((POWER, "朱宏", "营销部主任"), ("县自然资源局", "尹东永", "副局长")),
    is_open=True,
)  # fmt: skip

MEETINGS = (SHIQIAO, CHENGGUAN, YONGAN, QINGSHAN)

#: Planned for so many days after today.
PLANNED = (("JZ03", 6, "柳林镇代表之家", "程志伟"), ("JZ02", 12, "河东镇代表之家", "戴国磊"))
#: Not held as planned: station, days ago, why.
CANCELLED = ("JZ02", 24, "原定当天县里召开防汛救灾会议，有关部门不能到会，改期举行。")

#: Last year's two meetings.
LAST = (
    ("JZ04", "石桥镇代表之家", (
        Spoken("X0064", "集镇垃圾三天清一次，箱子满了就堆在路上。", "environment", "last", (),
               Promised("一个月内增设垃圾转运箱12个，改为每天清运。", CITY, "副局长 邓飞超", 30)),
        Spoken("X0094", "改厕以后坏了没人修。", "revitalisation", "last", (),
               Explained("按农村厕所革命后续管护办法，一年内由施工队保修，之后由镇公益岗位维修，现场公布了维修电话。",
                         "副局长 孙波", "县农业农村局")),
        Spoken("Z0200", "下庄村口的杂物堆占了半条路。", "environment", "last", (),
               Forwarded(W.TOWNSHIP, due=20)),
    )),
    ("JZ01", "城关镇代表之家", (
        Spoken("X0061", "南门河道漂浮物多，保洁从每周两次减到一次。", "environment", "last", (),
               Promised("半个月内恢复每周两次河道保洁。", CITY, "副局长 邓飞超", 15)),
        Spoken("X0001", "背街小巷污水井盖破损多。", "building", "last", (),
               Explained("井盖普查已经完成，破损的73处列入市政维护计划，三个月内更换完。", "副局长 毛志洋", HOUSING)),
    )),
)  # fmt: skip
