"""Fifteen matters that a standing committee asks about first, and where the demo county shows each of them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from suggestions.models import Suggestion
from supervision.demo import draft_words, key_words, problem_words, words
from supervision.demo.words import Words


@dataclass(frozen=True)
class Matter:
    """One of them: the headline, what happened, with which account to look, and the suggestion that tells it."""

    headline: str
    about: str
    account: str
    words: Words


FIFTEEN = (
    Matter(
        "校车安全：三个单位踢皮球",
        "交通局退给教育局，教育局又退回来，最后由县领导定了牵头单位；退办两次都留了痕。",
        "staff",
        problem_words.RIDE,
    ),
    Matter(
        "饮水承诺：说好通水，没有通",
        "B类答复里承诺了通水的日子，日子过了还没通，承诺台账上一直是红的，代表不确认就销不了号。",
        "unit",
        problem_words.TAP,
    ),
    Matter(
        "采砂毁堤：代表两次不满意",
        "两次答复代表都不满意，系统把它列入主任会议议题，第三次办理正在进行。",
        "vice",
        key_words.SAND,
    ),
    Matter(
        "村卫生室：连续三年提，答复一字不差",
        "前两年的答复和今年的放在一起看，一个字都没变；本次评价为不满意，等待放行。",
        "staff",
        problem_words.CLINIC,
    ),
    Matter(
        "一个村六件修路建议：并案办理",
        "六件合成一个案子办，编号、答复、评价各是各的；统计按六件、一案。",
        "traffic",
        problem_words.ROADS[0],
    ),
    Matter(
        "供电公司：说是垂直单位，不填县里的表",
        "退办申请被驳回；单位照自己的格式回了函，代表意见由工委电话回访取得。",
        "power",
        problem_words.POLES,
    ),
    Matter(
        "法院的件：不经政府办，直接交办",
        "属于法院职权的建议由人大直接交县人民法院，期限照样从交办之日起算。",
        "court",
        words.CIRCUIT,
    ),
    Matter(
        "高速出入口：超出县里职权",
        "转请市人大代表提出，并告诉了领衔代表。",
        "staff",
        draft_words.EXIT,
    ),
    Matter(
        "正在打官司的事：不作为建议",
        "说明不作为建议的原因，也告诉代表该走什么路。",
        "deputy2",
        draft_words.IN_COURT,
    ),
    Matter(
        "财政局协办意见迟迟不来",
        "协办意见过期，主办单位写不成答复；人大和主办单位都看得到卡在谁手里。",
        "unit2",
        words.PUMP,
    ),
    Matter(
        "延期：两个日子都看得见",
        "原期限和延长后的期限并排列出，最长不超过首次交办起六个月。",
        "unit",
        key_words.TREES,
    ),
    Matter(
        "七十岁的老代表：拍张照就交上来",
        "手写稿拍照上传，联络员打成字，念给代表听，本人确认后提交。",
        "station",
        problem_words.HANDHELD,
    ),
    Matter(
        "代表在宁波务工：只能打电话",
        "电话沟通要写明为什么没有当面谈；算沟通率，不算面商率。",
        "unit",
        words.POND,
    ),
    Matter(
        "单位交来的表写满意，电话里说基本满意",
        "两个来源都保留，以人大电话回访为准；差异列在人大的清单上。",
        "staff",
        problem_words.STREET,
    ),
    Matter(
        "领衔代表去世：联名代表接着评",
        "系统问由谁接续；联名代表看到答复并作出评价，经过里写明了原因。",
        "deputy2",
        problem_words.FERRY,
    ),
)


def matters() -> list[dict[str, Any]]:
    """What the page of the demo county shows of each, with the address of its suggestion."""
    titles = [matter.words.title for matter in FIFTEEN]
    keys = dict(Suggestion.objects.filter(title__in=titles, imported_from="").values_list("title", "pk"))
    return [
        {
            "headline": matter.headline,
            "about": matter.about,
            "account": matter.account,
            "url": reverse("suggestions:detail", args=[keys[matter.words.title]]),
        }
        for matter in FIFTEEN
    ]
