"""Folders of what deputies do among themselves: trainings and deliberation meetings."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Attendance, Meeting, MeetingOpinion, Topic, Training, TrainingFile
from deliberations.policies import meetings as meeting_policies
from deliberations.policies import training as training_policies
from deliberations.transitions.news import write_meeting_news
from deliberations.transitions.training_papers import add_files, write_news
from supervision.folders.contents import (
    ABSENT,
    LEAVE,
    LEVELS,
    PRESENT,
    Folder,
    Link,
    Picture,
    Said,
    Somebody,
    Source,
    sentence_of,
)  # fmt: skip
from workflow.text import written_day

_S = Attendance.State
_STATES = {_S.PRESENT: PRESENT, _S.LEAVE: LEAVE, _S.ABSENT: ABSENT, _S.GOING: "报名参加", _S.EXPECTED: "未答复"}
_WAYS = {"LIST": "纸质签到", "QR": "扫码签到", "PROXY": "代签", "PHOTO": "按签到表照片勾选"}
_KINDS = {"CONTENT": "培训资料", "SIGN_IN": "签到表照片", "PHOTO": "照片"}
_OUTCOMES = {"EXPLAINED": "当场解释", "PROMISED": "现场承诺", "FORWARDED": "提交", "": "未定"}


def _training(actor: Actor, key: str) -> Any:
    rows = Training.objects.visible_to(actor).select_related("cycle", "station")
    return rows.filter(pk=int(key)).first() if _is_key(key) else None


def _training_folder(row: Training, _actor: Actor) -> Folder:
    lines = list(
        row.attendance.select_related("mandate__station", "mandate__term").order_by("mandate__station__code", "pk")
    )
    host = row.station.name if row.station else "县人大常委会代表工委"
    facts = [
        ("培训方式", "家站培训" if row.station else "集中培训"), ("所属活动", row.cycle.title), ("主讲人", row.lecturer),
        ("学时", f"{row.hours.normalize():f}"), ("应到、实到", f"{row.due}、{row.present}"),
    ]  # fmt: skip
    papers = row.papers.select_related("file")
    deputies = f"{row.present}名代表参加了培训" if row.present else ""
    return Folder(
        "training", str(row.pk), "代表培训", row.title, row.place, row.on, host, facts,
        notice=f"定于{written_day(row.on)}在{row.place}举办“{row.title}”，主讲：{row.lecturer}，请应到代表准时参加；不能参加的请先请假。",
        people=[_line(line) for line in lines],
        record=[part for part in row.content.splitlines() if part.strip()],
        said=[],
        pictures=[
            Picture(_KINDS[paper.kind], paper.file, reverse("deliberations:training_file", args=[row.pk, paper.pk]))
            for paper in papers
        ],
        news=row.news,
        proposed=sentence_of(
            f"{written_day(row.on)}，{host}在{row.place}举办“{row.title}”", f"{row.lecturer}作辅导",
            f"培训内容为{'；'.join(part.strip('。 ') for part in row.content.splitlines() if part.strip())}", deputies,
            f"共{row.hours.normalize():f}学时",
        ),
        page=Link(_("To the training"), reverse("deliberations:training", args=[row.pk])),
        forms=[Link(_("Sign-in sheet"), reverse("deliberations:training_sheet", args=[row.pk]))] if lines else [],
    )  # fmt: skip


def _line(line: Attendance) -> Somebody:
    station = line.mandate.station if line.mandate else None
    post = LEVELS.get(line.mandate.level, "") if line.mandate else line.post  # type: ignore[call-overload]
    remark = line.leave_reason or _WAYS.get(line.way, "")
    return Somebody(line.name, f"{post} {station.name if station else ''}".strip(), _STATES[_S(line.state)], remark)


def _training_photos(row: Training, *, actor: Actor, version: int, photos: Any) -> None:
    add_files(row, actor=actor, version=version, kind=TrainingFile.Kind.PHOTO, uploads=photos)


TRAINING = Source(
    "training", _("training"), _training, _training_folder, training_policies.can_see_sheet,
    training_policies.can_keep_training, lambda row: row.cycle, write_news, _training_photos,
)  # fmt: skip


def _meeting(actor: Actor, key: str) -> Any:
    rows = Meeting.objects.visible_to(actor).deliberations().select_related("cycle", "station")
    return rows.filter(pk=int(key)).first() if _is_key(key) else None


def _meeting_folder(row: Any, _actor: Actor) -> Folder:
    lines = list(row.attendance.select_related("mandate__station", "mandate__term", "organ"))
    opinions = list(row.opinions.select_related("speaker__person", "promise"))
    topics = "、".join(row.cycle.topics.filter(status=Topic.Status.SELECTED).values_list("title", flat=True))
    hour = f" {row.time:%H:%M}" if row.time else ""
    when = f"{written_day(row.held_on)}{hour}"
    facts = [("所属活动", row.cycle.title), ("议题", topics), ("主持人", row.chair), ("记录人", row.recorder)]
    states = [opinion.outcome for opinion in opinions]
    organs = {line.organ_id for line in lines if line.organ_id and line.state == _S.PRESENT}
    came = sum(1 for line in lines if line.mandate_id and line.state == _S.PRESENT)
    return Folder(
        "meeting", str(row.pk), "代表议政座谈会", f"{row.station.name}代表议政座谈会", row.place, row.held_on,
        row.station.name, [(label, value) for label, value in facts if value],
        notice=f"定于{when}在{row.place}召开代表议政座谈会，议题：{topics or row.cycle.title}。请代表提前走访选民，准时参加。",
        people=[_line(line) for line in lines],
        record=[],
        said=[_said(opinion) for opinion in opinions],
        pictures=[],
        news=row.news,
        proposed=sentence_of(
            f"{written_day(row.held_on)}，{row.station.name}在{row.place}召开代表议政座谈会",
            f"会议围绕{topics}进行" if topics else "", f"{came}名代表、{len(organs)}个部门参加" if came else "",
            f"代表提出意见{len(states)}条，当场解释{states.count('EXPLAINED')}条、现场承诺{states.count('PROMISED')}条、"
            f"提交{states.count('FORWARDED')}条" if states else "",
            "承诺和提交的事项将逐件跟踪、逐件答复代表" if states else "",
        ),
        page=Link(_("To the meeting"), reverse("deliberations:meeting", args=[row.pk])),
        forms=[Link(_("List of promises to print and sign"), reverse("deliberations:meeting_promises", args=[row.pk]))],
    )  # fmt: skip


def _said(opinion: MeetingOpinion) -> Said:
    promise: Any = getattr(opinion, "promise", None)
    answer = f"{promise.text}（{written_day(promise.due_on)}前）" if promise else opinion.basis_text
    return Said(opinion.speaker.person.name, opinion.text, answer, _OUTCOMES[opinion.outcome])


def _may_see_meeting(actor: Actor, row: Meeting) -> bool:
    return actor.is_committee or meeting_policies.can_keep(actor, row)


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10


MEETING = Source(
    "meeting", _("deliberation meeting"), _meeting, _meeting_folder, _may_see_meeting, meeting_policies.can_keep,
    lambda row: row, write_meeting_news,
)  # fmt: skip
