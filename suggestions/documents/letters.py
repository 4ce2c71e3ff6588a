"""The reply letter (F8) and the deputies' opinion form (F9) of a host's part."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from accounts.actor import Actor
from accounts.models import Role
from stations.models import Mandate, Township
from suggestions.documents.words import commission, day, numeral, official
from suggestions.models import Assignment, ClockKind, CoHostOpinion, Reply, Suggestion
from suggestions.models.suggestion import SERIES
from suggestions.policies import can_see_opinion
from suggestions.policies.documents import can_have_letter
from suggestions.querysets import own_deputies, signatories

#: So many names are written out in a salutation.
NAMED = 3
#: So many characters of size 二号 fit between the margins, digits counted as whole ones.
WIDEST = 20
PUBLICITY = {
    Suggestion.Publicity.FULL: "同意公开",
    Suggestion.Publicity.TITLE_ONLY: "仅公开标题",
    Suggestion.Publicity.NONE: "不公开",
}


def host_part(suggestion: Suggestion, actor: Actor, pk: int) -> Assignment | None:
    """The host's part with the reply as far as the reader may see it; None when nothing of it is there for them."""
    replies = Reply.objects.visible_to(actor).select_related("result_class")
    rows = suggestion.assignments.select_related("organ").prefetch_related(Prefetch("reply", replies))
    part = rows.filter(pk=pk).first()
    if part is None:
        return None
    part.suggestion = suggestion
    return part if can_have_letter(actor, part) else None


def letter_name(part: Assignment) -> str:
    """The name of the file."""
    return f"答复函 {part.suggestion.number} {part.organ.name}.docx"


def letter(part: Assignment, actor: Actor) -> dict[str, Any]:
    """What stands in the reply letter, of draft and released letter alike."""
    case, reply = part.suggestion, getattr(part, "reply", None)
    deputies = list(signatories(case).select_related("station__township", "delegation__township"))
    helpers = _helpers(part)
    return {
        "单位名称": official(part.organ.name),
        "发文字号": (reply and reply.doc_no) or None,
        "类别": _result(reply),
        "签发人": (reply and reply.signed_by) or None,
        "公开标注": PUBLICITY[Suggestion.Publicity(case.publicity)],
        "答复标题": _heading(case),
        "称谓": _salutation([mandate.person.name for mandate in deputies]),
        "您": "您们" if len(deputies) > 1 else "您",
        "建议编号": case.number or None,
        "建议标题": case.title,
        "正文": _paragraphs(reply),
        "会办意见": _opinions(helpers, actor),
        "成文日期": day(reply.letter_on) if reply else None,
        "责任领导": part.leader or None,
        "承办人": part.handler or None,
        "联系电话": part.phone or None,
        "抄送": _copies(part, deputies[0], helpers),
    }


def opinion_forms_name(part: Assignment, forms: list[Any]) -> str:
    """The name of the file."""
    return f"征询意见表 {part.suggestion.number} 共{len(forms)}份.docx"


def opinion_forms(part: Assignment, actor: Actor) -> list[dict[str, Any]]:
    """One form for each who signed; a deputy has their own, a station those of its own deputies."""
    case, reply = part.suggestion, getattr(part, "reply", None)
    feedback = case.clocks.filter(kind=ClockKind.FEEDBACK, round=part.round, voided_on=None).first()
    told = {
        "建议编号": case.number or None,
        "建议标题": case.title,
        "承办单位": part.organ.name,
        "会办单位": "、".join(helper.organ.name for helper in _helpers(part)) or "无",
        "类别": _result(reply),
        "办理次数": f"第{part.round}次",
        "答复文号": (reply and reply.doc_no) or None,
        "答复日期": day(reply.letter_on) if reply else None,
        "反馈期限": (day(feedback.act_by) if feedback else "") or "",
        "收表单位": commission(),
    }
    return [{**told, **_who(mandate, case)} for mandate in _evaluators(case, actor)]


def _evaluators(case: Suggestion, actor: Actor) -> list[Mandate]:
    mandates = signatories(case).select_related("delegation")
    if actor.is_deputy:
        mandates = mandates.filter(person=actor.person_id)
    elif actor.role == Role.STATION:
        mandates = own_deputies(mandates, actor)
    return list(mandates)


def _who(mandate: Mandate, case: Suggestion) -> Mapping[str, Any]:
    return {
        "代表姓名": mandate.person.name,
        "代表证号": mandate.certificate_no,
        "代表身份": {case.lead_id: "领衔代表", case.continued_by_id: "接续代表"}.get(mandate.pk, "附议代表"),
        "代表团": mandate.delegation.name if mandate.delegation else "",
    }


def _helpers(part: Assignment) -> list[Assignment]:
    rows = part.suggestion.assignments.filter(round=part.round, part=Assignment.Part.CO_HOST)
    return list(rows.exclude(status=Assignment.Status.ENDED).select_related("organ", "opinion").order_by("pk"))


def _result(reply: Reply | None) -> str | None:
    return reply.result_class.code if reply and reply.result_class else None


def _heading(case: Suggestion) -> str:
    """On one line where it fits, else broken where the sense allows it."""
    parts = (f"关于{_session(case)}", f"{case.number}建议的答复")
    return ("" if sum(map(len, parts)) <= WIDEST else "\n").join(parts)


def _session(case: Suggestion) -> str:
    """Of which term and session; what came outside of a session bears its series in the number."""
    in_session = case.session is not None and case.series not in SERIES
    term = case.session.term if case.session and in_session else case.lead.term
    of_term = f"县{numeral(term.number)}届人大" if term.number else "县人大"
    return f"{of_term}{numeral(case.session.number)}次会议" if case.session and in_session else of_term


def _salutation(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{names[0]}等{len(names)}名代表"
    return f"{'、'.join(names)}代表"


def _paragraphs(reply: Reply | None) -> list[Mapping[str, Any]]:
    """The paragraphs of the draft; a single gap as long as nothing is written, or the letter stays on paper."""
    lines = [line.strip() for line in reply.body.splitlines()] if reply else []
    return [{"段落": line} for line in lines if line] or [{"段落": None}]


def _opinions(helpers: list[Assignment], actor: Actor) -> list[Mapping[str, Any]]:
    return [
        {"单位": helper.organ.name, "意见": opinion.text}
        for helper in helpers
        if (opinion := _opinion_of(helper)) and opinion.text and can_see_opinion(actor, helper)
    ]


def _opinion_of(helper: Assignment) -> CoHostOpinion | None:
    return getattr(helper, "opinion", None)


def _copies(part: Assignment, lead: Mandate, helpers: list[Assignment]) -> str:
    """The committee's body, the government office that it came through, the lead's township congress, the co-hosts."""
    township = next((place.township for place in (lead.station, lead.delegation) if place and place.township), None)
    through = part.hand_over.to
    copies = ["县人大常委会代表工作委员会", through.name if through.pk != part.organ_id else ""]
    copies += [_congress(township) if township else "", *(helper.organ.name for helper in helpers)]
    return f"{'，'.join(copy for copy in copies if copy)}。"


def _congress(township: Township) -> str:
    """A sub-district has no congress, but a working committee of the county's."""
    return f"{township.name}人大{'工委' if township.kind == Township.Kind.SUB_DISTRICT else ''}"
