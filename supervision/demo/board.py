"""A voters' meeting, and what voters said on the board of the township: given on, settled, overdue."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import uuid4

from deliberations.models import Opinion, SubjectField, TownshipTask, Visit
from deliberations.transitions import board, visiting, voters_meetings
from deliberations.transitions.visit_facts import OpinionFacts, VisitFacts, VoterFacts
from deliberations.transitions.visit_parts import Conveyed, Parts
from supervision.demo.cast import mandate
from supervision.demo.preparing import Preparation
from supervision.demo.visits import Walk

#: Days before today.
MET = 47
GUESTS = {"VILLAGE_CADRE": 3, "ELDER": 2, "BUSINESS_LEADER": 1, "VOTER": 14}
SAID = (
    ("机耕道雨后走不了车，收谷子只能肩挑。", "请镇里把路面铺一铺。", Opinion.Route.TOWNSHIP, "agriculture", "ELDER"),
    ("村里的健身器材坏了两件，怕伤着娃。", "换新的或者拆掉。", Opinion.Route.VILLAGE, "livelihood", "VOTER"),
)


def play(round_: Preparation, walks: Mapping[str, Walk]) -> None:
    """After the visits, before any voter is told."""
    case = _meeting(round_)
    lamp, bridge = _task(walks["lamp"].case, "VILLAGE"), _task(walks["road"].case, "TOWNSHIP")
    _on(round_, lamp, 55, board.assign_task, assignee="石桥社区居委会", handler="王主任", due=20)
    _on(round_, lamp, 52, board.finish_task, result="三盏路灯已更换，当晚试亮。", handler="王主任")
    _on(round_, bridge, 48, board.assign_task, assignee="镇村镇建设办", handler="周立民", due=25)
    _on(round_, _task(case, "TOWNSHIP"), 45, board.assign_task, assignee="镇农业农村办", handler="吴永贵", due=0)


def _meeting(round_: Preparation) -> Visit:
    """Of the five kinds of invitees the senior Party members could not come."""
    cast, moments = round_.cast, round_.moments
    facts = VisitFacts(
        moments.day(MET),
        "下庄村村部",
        time=time(9, 0),
        companions="镇人大办工作人员",
        chair="石桥镇代表之家",
        recorder="联络员",
    )
    told = (Conveyed("DECISION", "县委关于农村供水保障的决定"), Conveyed("BENEFIT", "城乡居民医保缴费政策"))
    with moments.at(MET):
        case = voters_meetings.record_voters_meeting(
            actor=cast["station"], client_id=uuid4(), deputies=[mandate("X0034"), mandate("X0124")], visit=facts,
            topics=(), parts=Parts(guests=GUESTS, conveyed=told),
        )  # fmt: skip
    for words, wish, route, field, category in SAID:
        with moments.at(MET, case):
            current = Visit.objects.get(pk=case.pk)
            said = OpinionFacts(route, wish=wish, field=SubjectField.objects.get(code=field))
            voter = VoterFacts(village="下庄村", category=category)
            about: dict[str, Any] = {"words": words, "opinion": said, "voter": voter}
            visiting.add_opinion(current, actor=cast["station"], version=current.version, **about)
    return case


def _task(case: Visit, route: str) -> TownshipTask:
    return TownshipTask.objects.select_related("opinion__visit").get(opinion__visit=case, opinion__route=route)


def _on(round_: Preparation, task: TownshipTask, ago: int, verb: Any, *, due: int | None = None, **about: Any) -> None:
    """The presidium of the township works on it; ``due`` is so many days before today."""
    assert task.opinion is not None
    case = Visit.objects.get(pk=task.opinion.visit_id)
    days = {"due_on": round_.moments.day(due)} if due is not None else {}
    with round_.moments.at(ago, case):
        verb(task, actor=round_.cast["presidium"], version=case.version, on=round_.moments.day(ago), **days, **about)
