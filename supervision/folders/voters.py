"""Folders of where deputies and voters meet: reception days, days of visits, voters' meetings. No voter is named."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Opinion, Visit, VisitFile, VoterCategory
from deliberations.transitions.news import write_visit_news
from deliberations.transitions.visit_papers import add_papers
from stations.models import Duty, ReceptionDay, ReceptionFile, Station
from stations.policies import can_keep_receptions, can_see_record, runs_station
from stations.transitions import receptions
from supervision.folders.contents import (
    ABSENT,
    KEPT,
    LEAVE,
    LEVELS,
    MASK,
    PRESENT,
    Folder,
    Link,
    Picture,
    Said,
    Somebody,
    Source,
    names_of,
    sentence_of,
)  # fmt: skip
from workflow.models import Case
from workflow.text import written_day

_R = Opinion.Route
ROUTES = {
    _R.ANSWERED: "当场答复", _R.VILLAGE: "交村（社区）", _R.TOWNSHIP: "交乡镇（街道）", _R.TO_MEETING: "提交议政会",
    _R.SUGGESTION: "形成代表建议", _R.HIGHER_DEPUTIES: "委托上级代表", _R.REFUSED: "不予受理并告知", "": "待定",
}  # fmt: skip
_CATEGORIES = {
    VoterCategory.PARTY_MEMBER: "老党员", VoterCategory.VILLAGE_CADRE: "村干部", VoterCategory.ELDER: "老同志",
    VoterCategory.BUSINESS_LEADER: "致富带头人", VoterCategory.VOTER: "选民",
}  # fmt: skip
_FILES = {"PHOTO": "照片", "SHEET": "记录表照片", "SIGN_IN": "签到表照片", "NOTICE": "公告照片", "RECORD": "登记表照片"}
_DUTIES = {Duty.State.PRESENT: PRESENT, Duty.State.LEAVE: LEAVE, Duty.State.ABSENT: ABSENT, Duty.State.DUE: "值班"}


@dataclass(frozen=True)
class Day:
    """The visits of a station on a day that the person may see; the first of them keeps the day's news and photos."""

    station: Station
    on: date
    visits: list[Visit]


def _reception(actor: Actor, key: str) -> Any:
    rows = ReceptionDay.objects.visible_to(actor).standing().select_related("station__township")
    return rows.filter(pk=int(key)).first() if _is_key(key) else None


def _reception_folder(row: ReceptionDay, actor: Actor) -> Folder:
    duties = list(row.duties.exclude(state=Duty.State.REPLACED).select_related("mandate__person", "mandate__term"))
    visits = list(_visits(actor).filter(reception_day=row).order_by("pk"))
    said, hours = _said(visits), f"{row.starts_at:%H:%M}—{row.ends_at:%H:%M}"
    place, names = row.place or row.station.name, [duty.mandate.person.name for duty in duties]
    papers = [
        Picture(_FILES[paper.kind], paper.file, reverse("stations:reception_paper", args=[row.pk, paper.pk]))
        for paper in row.papers.select_related("file")
    ]
    facts = [
        ("接待时间", hours), ("值班代表", "、".join(names)), ("接待范围", row.scope),
        ("公告张贴", written_day(row.posted_on) if row.posted_on else ""),
        ("接待选民", f"{len(visits)}人次，意见{len(said)}条" if visits else ""),
    ]  # fmt: skip
    return Folder(
        "reception", str(row.pk), "代表接待日", f"{row.station.name}代表接待日", place, row.on, row.station.name,
        [(label, value) for label, value in facts if value],
        notice=f"定于{written_day(row.on)}{hours}在{place}接待选民，值班代表：{'、'.join(names) or '待定'}。代表认真记录，不直接处理问题。",
        people=[
            Somebody(
                duty.mandate.person.name, LEVELS[duty.mandate.level], _DUTIES[Duty.State(duty.state)],  # type: ignore[index]
                duty.reason if duty.state != Duty.State.DUE else "",
            )
            for duty in duties
        ],
        record=[],
        said=said,
        pictures=papers + _pictures(visits),
        news=row.news,
        proposed=_news(row.on, row.station.name, f"在{place}开展代表接待日活动", names, len(visits), visits),
        page=Link(_("To the reception day"), reverse("stations:reception", args=[row.pk])),
        forms=[
            Link(_("Public notice"), reverse("stations:reception_notice", args=[row.pk])),
            Link(_("Sign-in sheet"), reverse("stations:reception_sign_in", args=[row.pk])),
            Link(_("Blank register"), reverse("stations:reception_register", args=[row.pk])),
        ],
    )  # fmt: skip


def _reception_photos(row: ReceptionDay, *, actor: Actor, version: int, photos: Any) -> None:
    receptions.add_papers(row, actor=actor, version=version, kind=ReceptionFile.Kind.PHOTO, photos=photos)


RECEPTION = Source(
    "reception", _("reception day"), _reception, _reception_folder,
    lambda actor, row: can_see_record(actor, row.station), lambda actor, row: can_keep_receptions(actor, row.station),
    lambda row: row.station, receptions.write_news, _reception_photos,
)  # fmt: skip


def _day(actor: Actor, key: str) -> Any:
    station, _dash, day = key.partition("-")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    if not _is_key(station):
        return None
    rows = _visits(actor).filter(station=int(station), on=on).exclude(kind__in=["RECEPTION", "VOTER_MEETING"])
    visits = list(rows.order_by("pk"))
    return Day(visits[0].station, on, visits) if visits else None


def _day_folder(row: Day, _actor: Actor) -> Folder:
    names = list(dict.fromkeys(one.mandate.person.name for visit in row.visits for one in visit.visitors.all()))
    said, places = _said(row.visits), list(dict.fromkeys(visit.place for visit in row.visits if visit.place))
    leaders = list(dict.fromkeys(person.name for visit in row.visits for person in visit.leaders.all()))
    policies = [visit.policies_conveyed for visit in row.visits if visit.policies_conveyed]
    facts = [
        ("走访代表", "、".join(names)), ("带队领导", "、".join(leaders)), ("走访地点", "、".join(places)),
        ("走访情况", f"{len(row.visits)}次，意见{len(said)}条"),
    ]  # fmt: skip
    return Folder(
        "visits", f"{row.station.pk}-{row.on.isoformat()}", "代表走访选民", f"{row.station.name}代表走访选民",
        "、".join(places), row.on, row.station.name, [(label, value) for label, value in facts if value],
        notice="",
        people=[Somebody(name, "代表", PRESENT) for name in names],
        record=[f"宣传政策：{words}" for words in policies],
        said=said,
        pictures=_pictures(row.visits),
        news=row.visits[0].news,
        proposed=_news(row.on, row.station.name, "组织代表走访选民", names, len(row.visits), row.visits),
        page=Link(_("To the visits"), f"{reverse('deliberations:visits')}?station={row.station.pk}"),
        has_sign_in=False,
    )  # fmt: skip


def _is_keeper(actor: Actor, row: Any) -> bool:
    return actor.is_staff or runs_station(actor, row.station.pk)


def _day_news(row: Day, **about: Any) -> None:
    write_visit_news(row.visits[0], **about)


def _day_photos(row: Day, *, actor: Actor, version: int, photos: Any) -> None:
    add_papers(row.visits[0], actor=actor, version=version, kind=VisitFile.Kind.PHOTO, uploads=photos)


def _first(row: Day) -> Case:
    return row.visits[0]


VISITS = Source(
    "visits", _("day of visits"), _day, _day_folder, lambda actor, row: actor.is_committee or _is_keeper(actor, row),
    _is_keeper, _first, _day_news, _day_photos,
)  # fmt: skip


def _voters_meeting(actor: Actor, key: str) -> Any:
    if not _is_key(key):
        return None
    return _visits(actor).filter(pk=int(key), kind=Visit.Kind.VOTER_MEETING).first()


def _voters_meeting_folder(row: Visit, _actor: Actor) -> Folder:
    names = [one.mandate.person.name for one in row.visitors.all()]
    guests = {one.category: one.number for one in row.guests.all()}
    invited = "、".join(f"{label}{guests.get(code, 0)}人" for code, label in _CATEGORIES.items())
    missing = "、".join(label for code, label in _CATEGORIES.items() if not guests.get(code))
    leaders = "、".join(person.name for person in row.leaders.all())
    conveyed = [f"传达：{one}" for one in row.conveyed.select_related("material")]
    facts = [
        ("主持人", row.chair), ("记录人", row.recorder), ("参加领导", leaders), ("参加代表", "、".join(names)),
        ("参加选民", invited), ("未到的类别", missing),
    ]  # fmt: skip
    total = sum(guests.values())
    return Folder(
        "voters-meeting", str(row.pk), "代表与选民见面会", f"{row.station.name}代表与选民见面会", row.place, row.on,
        row.station.name, [(label, value) for label, value in facts if value],
        notice=f"定于{written_day(row.on)}在{row.place}召开代表与选民见面会，请代表和受邀选民准时参加。",
        people=[Somebody(name, "代表", PRESENT) for name in names],
        record=conveyed,
        said=_said([row]),
        pictures=_pictures([row]),
        news=row.news,
        proposed=_news(row.on, row.station.name, f"在{row.place}召开代表与选民见面会", names, total, [row]),
        page=Link(_("To the voters' meeting"), reverse("deliberations:visit", args=[row.pk])),
        forms=[Link(_("Blank form"), reverse("deliberations:voters_meeting_blank", args=[row.station.pk]))],
    )  # fmt: skip


def _voters_photos(row: Visit, *, actor: Actor, version: int, photos: Any) -> None:
    add_papers(row, actor=actor, version=version, kind=VisitFile.Kind.PHOTO, uploads=photos)


VOTERS_MEETING = Source(
    "voters-meeting", _("voters' meeting"), _voters_meeting, _voters_meeting_folder,
    lambda actor, row: actor.is_committee or _is_keeper(actor, row), _is_keeper, lambda row: row, write_visit_news,
    _voters_photos,
)  # fmt: skip


def _visits(actor: Actor) -> Any:
    """With all that a folder reads of them."""
    rows = Visit.objects.visible_to(actor).select_related("station")
    return rows.prefetch_related(
        "visitors__mandate__person", "leaders", "guests", "opinions__voter", "opinions__field", "papers__file"
    )


def _said(visits: list[Visit]) -> list[Said]:
    """In the voters' words, those confidential left out, nobody named."""
    rows = []
    for visit in visits:
        for opinion in visit.opinions.all():
            village = opinion.voter.village if opinion.voter else ""
            words = KEPT if opinion.confidential else opinion.words
            answer = "" if opinion.confidential else opinion.on_the_spot_answer
            rows.append(Said(f"{village}选民{MASK}", words, answer, ROUTES[opinion.route]))  # type: ignore[index]
    return rows


def _pictures(visits: list[Visit]) -> list[Picture]:
    """Photos and sheets; recordings are no paper, and what was erased is gone."""
    return [
        Picture(_FILES[paper.kind], paper.file, reverse("deliberations:visit_paper", args=[visit.pk, paper.pk]))
        for visit in visits
        if not any(opinion.confidential for opinion in visit.opinions.all())
        for paper in visit.papers.all()
        if paper.kind != VisitFile.Kind.RECORDING and paper.erased_at is None
    ]


def _news(on: date, station: str, what: str, names: list[str], voters: int, visits: list[Visit]) -> str:
    """Five sentences made of facts: when and where, who, how many, about what, what came of it."""
    opinions = [opinion for visit in visits for opinion in visit.opinions.all()]
    fields = Counter(opinion.field.name for opinion in opinions if opinion.field)
    routes = Counter(ROUTES[opinion.route] for opinion in opinions)  # type: ignore[index]
    return sentence_of(
        f"{written_day(on)}，{station}{what}", f"{names_of(names)}参加" if names else "",
        f"共听取选民{voters}人次的意见{len(opinions)}条" if opinions else "",
        f"意见主要涉及{'、'.join(name for name, _n in fields.most_common(3))}" if fields else "",
        f"其中{'，'.join(f'{name}{number}条' for name, number in routes.most_common())}，办理结果将逐一反馈选民"
        if routes else "",
    )  # fmt: skip


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10
