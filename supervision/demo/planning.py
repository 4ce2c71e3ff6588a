"""The plan of the running round, the papers for its deputies, and who has read them; all of it invented."""

from typing import Any

from accounts.models import Organ
from deliberations.models import CycleStep, Resolution
from deliberations.transitions import materials, planning
from deliberations.transitions.materials import MaterialFacts
from deliberations.transitions.planning import GroupRow, StationRow
from deliberations.transitions.resolutions import Paper
from stations.models import Station
from supervision.demo.cast import EDUCATION, TRAFFIC, WATER

PURPOSE = (
    "坚持以习近平新时代中国特色社会主义思想为指导，践行全过程人民民主，充分发挥代表家站作用，组织代表进家进站、走访选民、议政督政，"
    "推动解决一批群众急难愁盼的问题。"
)
REQUIREMENTS = (
    "高度重视。各代表家站要把议政活动摆上重要日程，明确专人负责。\n"
    "精心组织。提前走访选民，带着议题问、带着问题来，做到每个村（社区）都走到。\n"
    "注重实效。座谈会上的意见件件有着落，结果及时告诉选民。"
)
SECOND_GROUP = ("JZ05", "JZ08")


def words(story: Any, ago: int) -> None:
    """What the plan is for, and the days of the four steps."""
    story.act(ago, planning.write_plan, purpose=PURPOSE, requirements=REQUIREMENTS)
    day = story.moments.day
    first = story.cycle.first_meeting_on
    visits_end = story.moments.calendar.last_working_on_or_before(first)
    days = {
        CycleStep.Step.TOPICS.value: (day(ago), day(ago - 4)),
        CycleStep.Step.TRAINING.value: (day(ago - 8), day(ago - 20)),
        CycleStep.Step.MOBILISATION.value: (day(ago - 8), day(ago - 16)),
        CycleStep.Step.VISITS.value: (day(ago - 12), visits_end),
    }
    story.act(ago, planning.plan_steps, days=days)


def approve(story: Any, ago: int, minutes: Paper) -> None:
    """Party group, council of chairpersons by the minutes that selected the topics, county Party committee."""
    body, on = Resolution.Body, minutes.on
    papers = (
        Paper(f"县人大党组会议纪要〔{on.year}〕2号", on, body.PARTY_GROUP),
        minutes,
        Paper(f"县委批示〔{on.year}〕15号", on, body.COUNTY_PARTY_COMMITTEE),
    )
    for paper in papers:
        story.act(ago, planning.record_approval, paper)


def arrange(story: Any, ago: int) -> None:
    """Two groups; the chairperson keeps contact with a station of the second group, too."""
    chair, vice = (story.cast[name].user.person for name in ("chair", "vice"))
    organs = {name: Organ.objects.get(name=name) for name in (WATER, TRAFFIC, EDUCATION)}
    groups = {
        0: GroupRow("第一组", chair, "王芳、代表工作委员会干部", (organs[WATER], organs[TRAFFIC])),
        1: GroupRow("第二组", vice, "赵文静、农业农村工作委员会干部", (organs[EDUCATION], organs[WATER])),
    }
    rows = {
        row.pk: StationRow(
            int(row.station.code in SECOND_GROUP),
            [chair] if row.station.code == SECOND_GROUP[0] else (),
            row.planned_on,
        )
        for row in story.cycle.stations.select_related("station")
    }
    story.act(ago, planning.arrange, groups=groups, stations=rows)


def hand_out(story: Any, ago: int) -> None:
    """A decision, a policy and the guidance: told to deputies, printed for two stations, read by one deputy."""
    staff, moments = story.cast["staff"], story.moments
    issued = moments.day(ago + 1)
    with moments.at(ago, staff.user):
        decision = materials.add_material(
            MaterialFacts(
                "县委关于加强农村供水保障的意见", "PARTY_DECISION", "县委", issued, "县发〔2026〕7号".replace("2026", str(issued.year)),
                "三年内建成规模化供水工程五处，村级水厂专人管护；请代表走访时征求群众对管护和水价的意见。", story.cycle, True,
            ),
            actor=staff,
        )  # fmt: skip
        stations = list(Station.objects.filter(code__in=("JZ04", "JZ05")).order_by("code"))
        copies = materials.send_copies(decision, actor=staff, stations=stations, copies=30, on=moments.day(ago))
    with moments.at(ago - 1, staff.user):
        materials.add_material(
            MaterialFacts("惠民政策一册通", "POLICY", "县民政局", issued, summary="医保、养老、低保、助学四类政策的条件、标准和办理地点。"),
            actor=staff,
        )  # fmt: skip
        own = next(row for row in copies if row.station.code == "JZ04")
        materials.receive_copies(own, actor=story.cast["station"], received_by="联络员", on=moments.day(ago - 1))
        materials.note_reading(decision, actor=story.cast["deputy"])
