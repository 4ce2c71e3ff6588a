"""A station in a cycle that is at its meetings, and a meeting at every point of its life, brought there by the verbs."""

from datetime import timedelta

from accounts.models import Role
from deliberations.models import Attendance, Cycle, Meeting, Opinion, SubjectField
from deliberations.transitions import cycles, meetings, outcomes
from deliberations.transitions.meetings import Presence
from stations.models import Level, Township
from tests.deliberations.cycle_factory import issue, make_round, move_on, propose, select
from tests.deliberations.visiting import recorded
from tests.factory import make_actor, make_mandate, make_organ, make_person, make_township
from workflow import chain, clock

#: Days from planning to the first meeting; tests stand on the day of the meeting.
AHEAD = 40
LAW = "《农村供水条例》第十二条"


class House:
    """A cycle at its visits on the day of its first meeting, with one station's people, an organ and the presidium."""

    def __init__(self, kind: str = Township.Kind.TOWN, name: str = "石桥镇"):
        today = clock.today()
        with clock.at(clock.now() - timedelta(AHEAD)):
            self.round = make_round(AHEAD)
            self.topic = propose(self.round)
            select(self.round, self.topic)
            move_on(self.round)
            issue(self.round)
            move_on(self.round)
        assert self.round.cycle.first_meeting_on == today
        self.station, self.staff, self.liaison = self.round.station, self.round.staff, self.round.liaison
        self.other_liaison = self.round.other_liaison
        self.township = make_township(name, kind)
        type(self.station).objects.filter(pk=self.station.pk).update(township=self.township)
        self.station.refresh_from_db()
        people = [make_person("周大爷"), make_person("王秀兰"), make_person("李乡亲")]
        self.lead, self.second = (make_mandate(person, station=self.station) for person in people[:2])
        self.local = make_mandate(people[2], Level.TOWNSHIP, self.station)
        self.deputy, self.local_deputy = (
            make_actor(Role.DEPUTY, person=people[0]),
            make_actor(Role.DEPUTY, person=people[2]),
        )
        self.bureau = make_organ("县水务局")
        self.handler = make_actor(Role.ORGAN_HANDLER, organ=self.bureau)
        presiding = make_person("吴主席")
        make_mandate(presiding, Level.TOWNSHIP, self.station)
        self.presidium = make_actor(Role.TOWNSHIP, person=presiding)
        self.field = SubjectField.objects.first()

    @property
    def cycle(self) -> Cycle:
        """As the database has it."""
        return Cycle.objects.get(pk=self.round.cycle.pk)


def convened(house: House, **options) -> Meeting:
    """By the liaison, for today."""
    given = {"actor": house.liaison, "cycle": house.cycle, "station": house.station, "held_on": clock.today()}
    return meetings.convene(**given | {"place": "石桥镇代表之家会议室", "chair": "李组长"} | options)


def opened(house: House, meeting: Meeting | None = None) -> Meeting:
    """Begun by the liaison."""
    meeting = meeting or convened(house)
    return meetings.open_meeting(meeting, actor=house.liaison, version=fresh(meeting).version)


def present(house: House) -> list[Presence]:
    """Two came, one is on leave; the bureau sent its head, and a leader was there."""
    deputy, organ, leader = Attendance.Part.DEPUTY, Attendance.Part.ORGAN, Attendance.Part.LEADER
    return [
        Presence(deputy, house.lead.person.name, mandate=house.lead),
        Presence(deputy, house.local.person.name, mandate=house.local),
        Presence(deputy, house.second.person.name, "", "LEAVE", "住院", mandate=house.second),
        Presence(organ, "钱局长", "局长", organ=house.bureau),
        Presence(leader, "李主任", "县人大常委会副主任"),
    ]


def attended(house: House, meeting: Meeting) -> Meeting:
    """With its attendance sheet."""
    return meetings.note_attendance(
        meeting, actor=house.liaison, version=fresh(meeting).version, rows=present(house), recorder="邱小燕"
    )


def said(house: House, meeting: Meeting, text: str = "南门村管网漏水", **options):
    """Put forward by the county deputy."""
    given = {"actor": house.liaison, "version": fresh(meeting).version, "speaker": house.lead, "field": house.field}
    return meetings.add_opinion(meeting, **given | {"text": text, "topic": house.topic} | options)


def voter_opinion(house: House, **options) -> Opinion:
    """A voter's, recorded at a visit of the station and sent to the meeting."""
    village = _Village(house)
    return recorded(village, topics=[house.topic], **options).opinions.get()


class _Village:
    """What the factory of visits asks for."""

    def __init__(self, house: House):
        self.liaison, self.lead, self.field = house.liaison, house.lead, house.field


def explained(house: House, opinion, **options):
    """With the law, and the deputy understands."""
    given = {"actor": house.liaison, "version": version_of(opinion), "text": LAW, "acknowledgement": "UNDERSTANDS"}
    return outcomes.explain(opinion, **given | options)


def promised(house: House, opinion, *, days: int = 15, **options):
    """By the bureau, within fifteen days."""
    given = {"actor": house.liaison, "version": version_of(opinion), "text": "换管80米", "organ": house.bureau}
    return outcomes.promise(
        opinion, **given | {"person": "钱局长", "due_on": clock.today() + timedelta(days)} | options
    )


def forwarded(house: House, opinion, way: str = "COUNTY_LEAD", **options):
    """As the way asks."""
    given = {"actor": house.liaison, "version": version_of(opinion), "way": way}
    if way == "TOWNSHIP":
        given["due_on"] = clock.today() + timedelta(30)
    return outcomes.forward(opinion, **given | options)


def closed(house: House, meeting: Meeting) -> Meeting:
    """By the liaison."""
    return meetings.close_meeting(fresh(meeting), actor=house.liaison, version=fresh(meeting).version)


def reopened(house: House, meeting: Meeting) -> Meeting:
    """By staff."""
    return meetings.reopen_meeting(meeting, actor=house.staff, version=fresh(meeting).version, reason="漏录一条")


def cancelled(house: House, meeting: Meeting) -> Meeting:
    """By the liaison, for the flood."""
    return meetings.cancel_meeting(meeting, actor=house.liaison, version=fresh(meeting).version, reason="防汛")


def stepped(house: House) -> Cycle:
    """The cycle's next step."""
    return cycles.move_on(house.cycle, actor=house.staff, version=house.cycle.version)


def meeting_of_twelve(house: House) -> Meeting:
    """Scenario 3: five explained, two of them because conditions are limited, three promised, four forwarded."""
    meeting = attended(house, opened(house))
    for number in range(12):
        opinion = said(house, meeting, f"意见{number}")
        if number < 5:
            explained(house, opinion, conditions_limited=number < 2)
        elif number < 8:
            promised(house, opinion)
        else:
            forwarded(house, opinion)
    return fresh(meeting)


def fresh(meeting: Meeting) -> Meeting:
    """As the database has it."""
    return Meeting.objects.select_related("station__township", "cycle").get(pk=meeting.pk)


def version_of(opinion) -> int:
    """The present version of the meeting of an opinion."""
    return Meeting.objects.values_list("version", flat=True).get(pk=opinion.meeting_id)


def last(case):
    """The newest event."""
    return case.events.select_related("detail", "on_behalf_of").order_by("-seq").first()


def assert_chain_holds(case):
    """No fault in the record."""
    found = type(case).objects.get(pk=case.pk)
    assert (
        chain.faults(
            found, list(found.events.select_related("detail", "actor", "post", "on_behalf_of").order_by("seq"))
        )
        == []
    )
