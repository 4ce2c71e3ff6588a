"""What a liaison adds to a visit: leaders, further deputies, papers, what was told, a voters' meeting, the board."""

from uuid import uuid4

from deliberations.models import Material, TownshipTask, Visit, VisitFile
from deliberations.transitions import board, voters_meetings
from deliberations.transitions.visit_facts import VisitFacts
from deliberations.transitions.visit_parts import Parts
from tests.deliberations.visiting import fresh
from workflow import clock


def met(village, **options) -> Visit:
    """A voters' meeting at the station, of the five kinds all but the senior Party members."""
    facts = {"on": clock.today(), "place": "村部", "chair": "邱小燕", "recorder": "小周"} | options.pop("visit", {})
    guests = {"VILLAGE_CADRE": 2, "ELDER": 3, "BUSINESS_LEADER": 1, "VOTER": 12}
    given = {"actor": village.liaison, "client_id": uuid4(), "deputies": [village.lead, village.second], "topics": ()}
    given |= {"parts": Parts(guests=guests)} | options
    return fresh(voters_meetings.record_voters_meeting(visit=VisitFacts(**facts), **given))


def paper_of(village, title="县委关于农村供水的决定", **options) -> Material:
    """A key document of the library."""
    given = {"kind": "PARTY_DECISION", "issuer": "县委", "issued_on": clock.today(), "is_key": True}
    given |= {"added_by": village.staff.user, "added_at": clock.now()} | options
    return Material.objects.create(title=title, **given)


def task_of(case) -> TownshipTask:
    """What the visit put on the board."""
    return TownshipTask.objects.get(opinion__visit=case)


def settled(village, task, *, actor=None, **options) -> TownshipTask:
    """By the liaison, today."""
    case = fresh(task.opinion.visit)
    given = {"actor": actor or village.liaison, "version": case.version, "on": clock.today(), "handler": ""}
    return board.finish_task(task, **given | {"result": "沟已清，路灯已修。"} | options)


def kept(case, attachment, kind="RECORDING") -> VisitFile:
    """A file of the visit."""
    return VisitFile.objects.create(visit=case, file=attachment, kind=kind)
