"""What voters told their deputies on visits, in their own words; people and numbers are invented."""

from dataclasses import dataclass

from deliberations.models import Opinion, Telling, Visit, Voter

R, C, H = Opinion.Route, Voter.Category, Telling.How


@dataclass(frozen=True)
class Said:
    """One matter of a voter, the way it takes, and how the voter was told (days ago, road, words, the last word)."""

    words: str
    route: str
    wish: str = ""
    topic: str = ""
    field: str = ""
    name: str = ""
    phone: str = ""
    village: str = ""
    category: str = C.VOTER
    sex: str = ""
    answer: str = ""
    reason: str = ""
    view: str = ""
    confidential: bool = False
    tell_wish: bool = True
    told: tuple[tuple[int, str, str, bool], ...] = ()


@dataclass(frozen=True)
class Visited:
    """A visit: where and when, who went, what was said; noted by the deputy's phone or written for them."""

    key: str
    station: str
    deputies: tuple[str, ...]
    ago: int
    place: str
    said: tuple[Said, ...]
    noted_by: str = ""
    completed: int | None = None
    confirmed: int | None = None
    closed: int | None = None
    kind: str = Visit.Kind.VISIT
    companions: str = ""


VISITS = (
    Visited(
        "leak", "JZ04", ("X0034",), 70, "石桥镇集镇老街",
        (
            Said("主管子在老街底下漏了大半年，路面老是湿的，一到赶集天水就小得接不满一壶。", R.TO_MEETING,
                 "把漏的地方挖开修好。", "water", "livelihood", "王德顺", "13900010001", "石桥镇老街", C.ELDER, "M",
                 told=((33, H.IN_PERSON, "您说的老街漏水，议政会上提了，由董超飞代表领衔提到县里。", False),)),
            Said("水表转得比水流还快，一个月二十多块，两口人哪用得了这么多。", R.TO_MEETING, "换新表。", "water", "livelihood",
                 "刘桂香", "13900010002", "石桥镇老街", C.VOTER, "F",
                 told=((32, H.PHONE, "换表的事县水利局答应了，年底前换完，您那片排在第二批。", True),)),
        ),
        noted_by="deputy", completed=69, confirmed=68,
    ),
    Visited(
        "pond", "JZ04", ("X0064", "X0184"), 66, "石桥镇赵家岭村村部",
        (
            Said("山塘的涵管年年漏，坝脚都泡软了，去年下大雨我们几个老汉守了两夜，谁看了不怕？", R.TO_MEETING,
                 "请懂行的人来看一看。", "water", "agriculture", "赵有田", "13900010003", "赵家岭村", C.VILLAGE_CADRE, "M"),
        ),
        confirmed=64, companions="村支书、水管员",
    ),
    Visited(
        "court", "JZ04", ("X0124",), 63, "石桥镇下庄村",
        (
            Said("两家为地边子打官司，去县里开庭要倒两趟车，老婆子晕车，去一回病三天。", R.TO_MEETING,
                 "能不能在镇上开庭。", "", "livelihood", "孙福来", "13900010004", "下庄村", C.VOTER, "M",
                 told=((12, H.IN_PERSON, "您反映的事县法院已经接了，正在选地方，定下来我再告诉您。", False),)),
        ),
        noted_by="deputy2", completed=62, confirmed=61,
    ),
    Visited(
        "meter", "JZ04", ("X0124", "X0154"), 60, "石桥镇下庄村水管员家",
        (
            Said("停水从来不说一声，饭做到一半没水了。", R.ANSWERED, "停水前喊一声。", "water", "livelihood", "周秀兰",
                 "13900010005", "下庄村", C.VOTER, "F", answer="当场给镇水厂打了电话，今后停水提前一天在村里大喇叭通知。",
                 told=((58, H.PHONE, "镇水厂已经通知各村广播员，以后停水提前一天喊。", True),)),
        ),
        noted_by="deputy2", completed=59, confirmed=59, closed=57,
    ),
    Visited(
        "lamp", "JZ04", ("X0184",), 58, "石桥镇石桥小学家长会",
        (
            Said("小学门口那段路灯坏了三盏，冬天放学天都黑了，孩子摸黑走。", R.VILLAGE, "修路灯。", "school", "education", "陈小燕",
                 "13900010006", "石桥社区", C.VOTER, "F",
                 told=((50, H.WECHAT, "路灯社区已经修好了，您晚上去看看亮不亮。", True),)),
        ),
        confirmed=56,
    ),
    Visited(
        "sand", "JZ04", ("X0034", "X0124"), 55, "石桥镇青龙河边",
        (
            Said("半夜有车在河里挖沙，护坡都挖空了。我不敢说是谁，说了怕人家找上门，你们记下就行，别提我名字。", R.TO_MEETING,
                 "有人管一管。", "water", "environment", "吴老四", "13900010007", "王家渡村", C.PARTY_MEMBER, "M",
                 view="涉及举报，请注意保密。", confidential=True),
        ),
        noted_by="deputy", completed=54, confirmed=53,
    ),
    Visited(
        "road", "JZ04", ("Z0256",), 52, "石桥镇下庄村三组",
        (
            Said("村后排水沟塞满了，一下雨水就往院子里灌，我那屋墙根都泡酥了。", R.TO_MEETING, "把沟清出来。", "water",
                 "agriculture", "郑玉梅", "13900010008", "下庄村", C.VOTER, "F"),
            Said("村口的桥板断了半截，拉粮的车不敢过。", R.TOWNSHIP, "换桥板。", "", "building", "郑玉梅", "13900010008",
                 "下庄村", C.VOTER, "F"),
            Said("隔壁老李占了我家一尺宅基地，你们给我把他家墙推了。", R.REFUSED, "", "", "other", "何大成", "13900010009",
                 "下庄村", C.VOTER, "M", reason="邻里宅基地纠纷属于个人之间的争议，请先找村调解委员会，调解不成可以到法院。",
                 told=((51, H.IN_PERSON, "这个事代表不能替您定，先请村调解委员会来看，我陪您去。", True),)),
        ),
        confirmed=50,
    ),
    Visited(
        "clinic", "JZ04", ("X0034",), 13, "石桥镇王家渡村卫生室",
        (
            Said("村卫生室量个血压还行，拿药没有，降压药得坐车到镇上买。", R.SUGGESTION, "常用药备齐。", "", "education", "徐长根",
                 "13900010010", "王家渡村", C.ELDER, "M"),
        ),
        noted_by="deputy", completed=12, confirmed=11,
    ),
    Visited(
        "confirm", "JZ04", ("X0034", "X0154"), 4, "石桥镇李家坪村",
        (
            Said("水管冻了没人管，打电话找谁都不知道，墙上的电话是空号。", R.TO_MEETING, "换个打得通的电话。", "water", "livelihood",
                 "冯老太", "", "李家坪村", C.ELDER, "F"),
        ),
    ),
    Visited(
        "note1", "JZ04", ("X0034",), 1, "",
        (Said("厂子扩建要增容，报上去三个月了没人理。", "", name="胡老板"),), noted_by="deputy",
    ),
    Visited(
        "note2", "JZ04", ("X0124",), 0, "",
        (Said("村里想修个晒谷场，地是现成的，就缺点水泥。", "", tell_wish=False),), noted_by="deputy2",
    ),
    Visited(
        "gate", "JZ01", ("X0061",), 57, "城关镇南门社区",
        (
            Said("南门小学放学那会儿，家长车、三轮车全堵在门口，孩子从车缝里钻，看着心惊肉跳。", R.TO_MEETING, "错峰放学，划等候区。",
                 "school", "education", "张丽", "13900010011", "南门社区", C.VOTER, "F",
                 told=((27, H.PHONE, "您说的校门口的事，议政会上定了，作为建议提到县里。", False),)),
        ),
        confirmed=55,
    ),
    Visited(
        "exit", "JZ01", ("X0001",), 54, "城关镇物流园",
        (
            Said("高速到我们县没有出口，货车要绕三十公里，园里几家物流都想搬走。", R.HIGHER_DEPUTIES, "在城北开个出入口。", "firms",
                 "business", "郭经理", "13900010012", "物流园", C.BUSINESS_LEADER, "M",
                 told=((40, H.PHONE, "这件事县里定不了，已经转给我们县选出的市人大代表。", True),)),
        ),
        confirmed=52, closed=39,
    ),
    Visited(
        "power", "JZ05", ("X0125",), 20, "青山镇赵家岭社区",
        (
            Said("一停电就是半天，冷库里的菜全捂坏了，也没人提前说一声。", R.TO_MEETING, "停电早点说。", "firms", "business", "谢老板",
                 "13900010013", "赵家岭社区", C.BUSINESS_LEADER, "M"),
        ),
        confirmed=18,
    ),
    Visited(
        "bus", "JZ03", ("X0063",), 9, "柳林镇杨家湾村",
        (
            Said("校车早上六点二十就到村口，娃五点半起床，一路睡到学校，晚上作业又写到半夜。", R.TO_MEETING, "校车晚二十分钟。",
                 "school", "education", "罗翠花", "13900010014", "杨家湾村", C.VOTER, "F"),
        ),
        confirmed=6,
    ),
    Visited(
        "lift", "JZ12", ("X0012",), 36, "永安街道供销社家属院",
        (
            Said("我住六楼，腿不行了，一个月下不来两回，想装电梯，一楼的死活不同意。", R.TO_MEETING, "街道出面说和说和。", "",
                 "building", "马奶奶", "13900010015", "永安街道", C.ELDER, "F"),
        ),
        confirmed=34,
    ),
)  # fmt: skip
