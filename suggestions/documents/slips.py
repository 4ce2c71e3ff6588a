"""The slip of a hand-over (F2): what the receiving organ is handed, with limits and who is responsible."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from accounts.actor import Actor
from accounts.models import Officer
from accounts.querysets import acting_for
from deliberations.models import Meeting
from suggestions.documents.words import commission, day
from suggestions.models import Assignment, ClockKind, CoSignature, HandOver, Suggestion, SuggestionClock
from suggestions.policies.documents import can_have_slips
from workflow import clock

_NO, _NONE = "—", "无"
_RESPONSIBLE = {"签收人": "received_by", "责任领导": "leader", "承办人": "handler", "单位电话": "phone"}


def slips_of(suggestion: int, actor: Actor) -> list[HandOver]:
    """The slips of one suggestion that the reader may have, the oldest first."""
    return _slips(HandOver.objects.filter(suggestion=suggestion), actor)


def slips_at(meeting: Meeting, actor: Actor) -> list[HandOver]:
    """The slips of a hand-over meeting that the reader may have, in their order."""
    return _slips(HandOver.objects.filter(meeting=meeting), actor)


def slips(rows: Iterable[HandOver]) -> list[dict[str, Any]]:
    """What stands on each slip."""
    return [_slip(row) for row in rows]


def slip_names(rows: list[HandOver]) -> str:
    """The name of the file."""
    if len(rows) == 1:
        return f"交办单 {rows[0].suggestion.number or rows[0].slip_no}.docx"
    return f"交办单 {rows[0].on.isoformat()} 共{len(rows)}份.docx"


def _slips(rows: Any, actor: Actor) -> list[HandOver]:
    return list(_with_everything(_mine(rows, actor)).order_by("pk"))


def _mine(rows: Any, actor: Actor) -> Any:
    """Those of what one may see; an organ has only the slips by which something came to it."""
    if not can_have_slips(actor):
        return rows.none()
    rows = rows.filter(suggestion__in=Suggestion.objects.visible_to(actor).values("pk"))
    if actor.is_committee:
        return rows
    parts = Assignment.objects.filter(acting_for(actor.organ_id), hand_over=OuterRef("pk"))
    return rows.filter(acting_for(actor.organ_id, "to") | Exists(parts.exclude(status=Assignment.Status.ENDED)))


def _with_everything(rows: Any) -> Any:
    signed = CoSignature.objects.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate__person")
    liaisons = Officer.objects.current(clock.today()).filter(duty=Officer.Duty.LIAISON).select_related("person")
    parts = Assignment.objects.exclude(status=Assignment.Status.ENDED).select_related("organ")
    limits = SuggestionClock.objects.filter(kind__in=(ClockKind.REPLY, ClockKind.CO_HOST), voided_on=None)
    return rows.select_related(
        "to", "meeting", "suggestion__lead__person", "suggestion__field", "suggestion__supervising_leader",
        "suggestion__supervising_body",
    ).prefetch_related(
        Prefetch("suggestion__cosignatures", signed, to_attr="signed"),
        Prefetch("suggestion__clocks", limits, to_attr="limits"),
        Prefetch("assignments", parts.order_by("round", "pk"), to_attr="parts"),
        Prefetch("parts__organ__officers", liaisons, to_attr="liaisons"),
    )  # fmt: skip


def _slip(row: Any) -> dict[str, Any]:
    case = row.suggestion
    last = max((part.round for part in row.parts), default=1)
    parts = [part for part in row.parts if part.round == last]
    host = next((part for part in parts if part.is_host), None)
    return {
        "交办单号": row.slip_no or None,
        "年度": str(row.on.year),
        "交办单位": commission(),
        "接收单位": row.to.name,
        "交办会": _meeting(row.meeting),
        "建议编号": case.number or None,
        "建议标题": case.title,
        "类别": case.field.name if case.field else None,
        "领衔代表": case.lead.person.name,
        "代表电话": case.lead.person.phone or None,
        "附议代表": "、".join(signature.mandate.person.name for signature in case.signed) or _NONE,
        **_key(case),
        **_handling(host, [part for part in parts if not part.is_host]),
        "主管县领导": "",
        "交办日期": day(row.on),
        **_limits(row, parts, host, last),
        "办理要求": row.requirements,
        **_responsible(host),
    }


def _meeting(meeting: Meeting | None) -> str:
    if meeting is None:
        return "单独交办"
    kind = "重点建议交办会" if meeting.key_only else "交办会"
    return f"{day(meeting.held_on)}{kind}（{meeting.place}）"


def _key(case: Suggestion) -> Mapping[str, Any]:
    if not case.is_key:
        return {"重点": "否", "督办领导": _NO, "督办工委": _NO}
    leader, body = case.supervising_leader, case.supervising_body
    return {"重点": "是", "督办领导": leader.name if leader else None, "督办工委": body.name if body else None}


def _handling(host: Assignment | None, helpers: list[Assignment]) -> Mapping[str, Any]:
    """Host and co-hosts; gaps as long as the office has not allotted it."""
    if host is None:
        return dict.fromkeys(("办理方式", "主办单位", "会办单位"))
    return {
        "办理方式": "主办和会办" if helpers else "独办",
        "主办单位": host.organ.name,
        "会办单位": "、".join(part.organ.name for part in helpers) or _NONE,
    }


def _limits(row: Any, parts: list[Assignment], host: Assignment | None, of_round: int) -> Mapping[str, Any]:
    running = [limit for limit in row.suggestion.limits if limit.round == of_round]
    reply = next((limit.due_on for limit in running if limit.kind == ClockKind.REPLY), None)
    helpers = {part.pk for part in parts if not part.is_host}
    opinions = [limit.due_on for limit in running if limit.assignment_id in helpers]
    none = _NO if host is not None and not helpers else None
    return {
        "退办截止": (day(host.objection_until) or _NO) if host else None,
        "会办意见截止": day(max(opinions)) if opinions else none,
        "答复期限": day(reply),
    }


def _responsible(host: Any) -> Mapping[str, str]:
    """Who answers for it at the host, as far as the organ has said so; the rest is filled in by hand."""
    if host is None:
        return {**dict.fromkeys(_RESPONSIBLE, ""), "签收日期": "", "联络员": ""}
    told = {name: getattr(host, column) for name, column in _RESPONSIBLE.items()}
    liaison = next((officer.person.name for officer in host.organ.liaisons), "")
    return {**told, "签收日期": day(host.received_on) or "", "联络员": liaison}
