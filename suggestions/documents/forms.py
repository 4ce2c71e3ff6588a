"""The placeholders of the slip, the reply letter and the opinion form: name, meaning, sample.

From these tables the page of a form explains its placeholders, and a county's own template is tried and judged.
The words are those of the official forms and are not translated.
"""

from files.documents.writing import Form, Placeholder

_NUMBER = Placeholder("建议编号", "登记时编的号，闭会、议政、走访提出的带前缀", "第001号")
_TITLE = Placeholder("建议标题", "建议的标题", "关于加宽南门路的建议")
_DAY = "2026年3月16日"

SLIP = Form(
    "slip",
    "F2",
    "交办单",
    (
        Placeholder("交办单号", "交办单的编号", "交办〔2026〕001号"),
        Placeholder("年度", "交办的年份", "2026"),
        Placeholder("交办单位", "交办的单位，即县人大常委会代表工委", "望川县人大常委会代表工作委员会"),
        Placeholder("接收单位", "交给谁：政府系统的为县政府办公室，其他为承办单位本身", "县人民政府办公室"),
        Placeholder(
            "交办会", "在哪次交办会上交办；不在会上交办的为“单独交办”", "2026年3月16日交办会（县政府三楼会议室）"
        ),
        _NUMBER,
        _TITLE,
        Placeholder("类别", "建议的类别（领域）", "交通运输"),
        Placeholder("领衔代表", "领衔代表姓名", "赵大海"),
        Placeholder("代表电话", "领衔代表的联系电话", "13900000000"),
        Placeholder("附议代表", "附议（联名）代表姓名，没有的为“无”", "钱小河、孙远山"),
        Placeholder("重点", "是否重点建议：是、否", "是"),
        Placeholder("督办领导", "重点建议的督办领导，一般建议为“—”", "李主任"),
        Placeholder("督办工委", "重点建议的督办工委，一般建议为“—”", "县人大城建环资工委"),
        Placeholder("办理方式", "独办、主办和会办；尚未确定承办单位的空缺", "主办和会办"),
        Placeholder("主办单位", "主办（独办）单位，尚未确定的空缺", "县交通运输局"),
        Placeholder("会办单位", "会（协）办单位，没有的为“无”", "县财政局"),
        Placeholder("主管县领导", "主管县领导（政府督办领导）；系统不掌握，留空手填", ""),
        Placeholder("交办日期", "交办的日期", _DAY),
        Placeholder("退办截止", "可以提出退办的最后一天，尚未确定承办单位的空缺", "2026年3月23日"),
        Placeholder("会办意见截止", "会办单位送交意见的最后一天，没有会办单位的为“—”", "2026年5月27日"),
        Placeholder("答复期限", "答复代表的最后一天", "2026年6月16日"),
        Placeholder("办理要求", "交办时提出的要求，没有的留空", "当面沟通，按期答复。"),
        Placeholder("签收人", "承办单位签收的人，尚未签收的留空", "孙一"),
        Placeholder("签收日期", "签收的日期，尚未签收的留空", _DAY),
        Placeholder("责任领导", "承办单位的责任领导，由单位填写，尚未填写的留空", "李副局长"),
        Placeholder("承办人", "承办单位的承办人，由单位填写，尚未填写的留空", "周科员"),
        Placeholder("联络员", "承办单位的联络员，尚未登记的留空", "吴股长"),
        Placeholder("单位电话", "承办人的联系电话，由单位填写，尚未填写的留空", "0310-5212345"),
    ),
)

_LETTER = (
    Placeholder("单位名称", "答复单位的名称，单位名录中的“县…”写全县名", "望川县交通运输局"),
    Placeholder("发文字号", "答复函的文号，尚未编号的空缺", "望交函〔2026〕12号"),
    Placeholder("类别", "办理结果的类别 A、B、C、D，尚未选定的空缺", "A"),
    Placeholder("签发人", "签发答复函的主要负责人，尚未签发的空缺", "郑局长"),
    Placeholder("公开标注", "按代表的公开意愿：同意公开、仅公开标题、不公开", "同意公开"),
    Placeholder("答复标题", "关于×届×次会议第×号建议的答复", "关于县十八届人大五次会议\n第001号建议的答复"),
    Placeholder("称谓", "代表姓名；超过三人的写前一人“等×名代表”", "赵大海、钱小河代表"),
    Placeholder("您", "一人为“您”，多人为“您们”", "您们"),
    _NUMBER,
    _TITLE,
    Placeholder(
        "正文",
        "答复的正文，每段一行；在线起草的照录，尚未起草的空缺",
        parts=(Placeholder("段落", "一段文字", "您们提出的问题属实，已列入今年的工程计划。"),),
    ),
    Placeholder(
        "会办意见",
        "会办单位送来的意见，供主办单位在答复中说明，每个单位一行",
        parts=(
            Placeholder("单位", "会办单位的名称", "县财政局"),
            Placeholder("意见", "会办单位的意见", "资金已安排。"),
        ),
    ),
    Placeholder("成文日期", "答复函的日期，尚未签发的空缺", "2026年5月6日"),
    Placeholder("责任领导", "承办单位的责任领导", "李副局长"),
    Placeholder("承办人", "承办单位的承办人", "周科员"),
    Placeholder("联系电话", "承办人的联系电话", "0310-5212345"),
    Placeholder("抄送", "抄送的单位", "县人大常委会代表工作委员会，县人民政府办公室，石桥镇人大，县财政局。"),
)
LETTER_HEADED = Form("letter_headed", "F8", "答复函（带红头）", _LETTER)
LETTER_PLAIN = Form("letter_plain", "F8", "答复函（不带红头，套打）", _LETTER)
LETTERS = {"headed": LETTER_HEADED, "plain": LETTER_PLAIN}

OPINION = Form(
    "opinion",
    "F9",
    "征询意见表",
    (
        _NUMBER,
        _TITLE,
        Placeholder("承办单位", "答复的单位", "县交通运输局"),
        Placeholder("会办单位", "会（协）办单位，没有的为“无”", "县财政局"),
        Placeholder("类别", "办理结果的类别，尚未选定的空缺", "A"),
        Placeholder("办理次数", "第几次办理", "第1次"),
        Placeholder("答复文号", "答复函的文号，尚未编号的空缺", "望交函〔2026〕12号"),
        Placeholder("答复日期", "答复函的日期，尚未签发的空缺", "2026年5月6日"),
        Placeholder("代表姓名", "填表的代表，每名代表一张", "赵大海"),
        Placeholder("代表证号", "填表代表的代表证号", "18001"),
        Placeholder("代表身份", "领衔代表、接续代表、附议代表", "领衔代表"),
        Placeholder("代表团", "填表代表所在的代表团，没有登记的留空", "石桥镇代表团"),
        Placeholder("反馈期限", "请代表反馈的最后一天，尚未开始计算的留空", "2026年5月21日"),
        Placeholder("收表单位", "意见表交给谁：县人大常委会代表工委", "望川县人大常委会代表工作委员会"),
    ),
)
