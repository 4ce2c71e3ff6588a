"""What stands in the plan, the grouping table, the schedule and the notice of a cycle; None is what is not known yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from deliberations.models import Cycle, CycleStation, CycleStep, Resolution, Topic
from files.documents.words import commission, day, numeral, span
from files.documents.writing import Form
from workflow import clock

_SOURCES = {
    Topic.Source.PARTY_PLAN: "县委安排部署",
    Topic.Source.GOVERNMENT_KEY_WORK: "县政府重点工作",
    Topic.Source.PUBLIC_HOT_ISSUE: "群众关心的热点、难点问题",
    Topic.Source.OTHER: "其他",
}
_STEPS = {
    CycleStep.Step.TOPICS: "精选议题",
    CycleStep.Step.TRAINING: "深入培训",
    CycleStep.Step.MOBILISATION: "广泛动员",
    CycleStep.Step.VISITS: "走访选民",
}
_BODIES = {
    Resolution.Body.PARTY_GROUP: "县人大常委会党组会议",
    Resolution.Body.COUNCIL_OF_CHAIRPERSONS: "县人大常委会主任会议",
    Resolution.Body.COUNTY_PARTY_COMMITTEE: "县委",
}

Row = Mapping[str, str | None]


def document_name(form: Form, cycle: Cycle) -> str:
    """The name of the file."""
    return f"{cycle.title}{form.title.removeprefix('议政活动')}.docx"


def plan_context(form: Form, cycle: Cycle) -> dict[str, Any]:
    """What the form takes of everything that is known of the plan."""
    steps = {row.step: row for row in cycle.steps.all()}
    stations = _stations(cycle)
    told = {
        "县名": str(settings.COUNTY_NAME),
        "年度": str(cycle.year),
        "活动名称": cycle.title,
        "依据": " ".join(cycle.policy_basis.split()) or None,
        "指导思想": [{"内容": line} for line in _lines(cycle.purpose)],
        "时间": _time(cycle, steps),
        "批准情况": _approvals(cycle),
        "首场日期": day(cycle.first_meeting_on),
        "议题": _topics(cycle),
        "步骤": [
            {"序号": numeral(place), "名称": _STEPS[step], "时间": _planned(steps.get(step))}
            for place, step in enumerate(CycleStep.Step, 1)
        ],
        "分组": _groups(cycle),
        "家站安排": stations,
        "要求": [{"序号": numeral(place), "内容": line} for place, line in enumerate(_lines(cycle.requirements), 1)],
        "走访时间": _planned(steps.get(CycleStep.Step.VISITS)),
        "落款单位": commission(),
        "成文日期": day(clock.today()),
    }
    return {name: told[name] for name in form.known}


def _lines(text: str) -> Sequence[str | None]:
    """Paragraphs; a gap where nothing was written."""
    return [line.strip() for line in text.splitlines() if line.strip()] or [None]


def _planned(step: CycleStep | None) -> str | None:
    return span(step.starts_on, step.ends_on) if step else None


def _time(cycle: Cycle, steps: Mapping[str, CycleStep]) -> str | None:
    begun = min((row.starts_on for row in steps.values()), default=cycle.first_meeting_on)
    days = [planned for planned in cycle.stations.values_list("planned_on", flat=True) if planned]
    return span(begun, max([cycle.first_meeting_on, *days]))


def _approvals(cycle: Cycle) -> list[Row]:
    rows = {row.body: row for row in cycle.approvals.all()}
    found = [rows[body] for body in _BODIES if body in rows]
    told: list[Row] = [
        {"机构": _BODIES[Resolution.Body(row.body)], "文号": row.number, "日期": day(row.on)} for row in found
    ]
    return told or [dict.fromkeys(("机构", "文号", "日期"))]


def _topics(cycle: Cycle) -> list[Row]:
    rows = cycle.topics.filter(status=Topic.Status.SELECTED)
    told: list[Row] = [
        {
            "序号": numeral(place),
            "名称": row.title,
            "内容": row.text or None,
            "来源": _SOURCES[Topic.Source(row.source)],
            "提出单位": row.proposing_body,
        }
        for place, row in enumerate(rows, 1)
    ]
    return told or [{"序号": numeral(1), **dict.fromkeys(("名称", "内容", "来源", "提出单位"))}]


def _groups(cycle: Cycle) -> list[Row]:
    rows = cycle.groups.select_related("leader").prefetch_related("organs", "stations__station")
    told: list[Row] = [
        {
            "组名": row.name,
            "组长": row.leader.name,
            "成员": row.members or None,
            "家站": "、".join(place.station.name for place in row.stations.all()) or None,
            "部门": "、".join(organ.name for organ in row.organs.all()) or None,
            "时间": span(row.starts_on, row.ends_on),
        }
        for row in rows
    ]
    return told or [dict.fromkeys(("组名", "组长", "成员", "家站", "部门", "时间"))]


def _stations(cycle: Cycle) -> list[Row]:
    """By the day of the meeting; the leader is the station's own, else that of its group."""
    contacts: dict[int, list[str]] = {}
    for contact in cycle.leader_contacts.select_related("person"):
        contacts.setdefault(contact.station_id, []).append(contact.person.name)
    rows = list(cycle.stations.select_related("station", "group__leader").order_by("station__code"))
    rows.sort(key=lambda row: row.planned_on or cycle.first_meeting_on)
    return [
        {
            "序号": str(place),
            "家站": row.station.name,
            "日期": day(row.planned_on or cycle.first_meeting_on),
            "组名": row.group.name if row.group else None,
            "领导": "、".join(contacts.get(row.station_id, [])) or _leader(row),
        }
        for place, row in enumerate(rows, 1)
    ]


def _leader(row: CycleStation) -> str | None:
    return row.group.leader.name if row.group else None
