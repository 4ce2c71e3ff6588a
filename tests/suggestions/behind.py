"""What is behind a suggestion: the voter's words, the meeting where they were put forward, a promise made there."""

from datetime import timedelta

from deliberations.models import Meeting, MeetingOpinion, Promise
from suggestions.models import Source
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.visiting import completed, fresh, logged
from workflow import clock


def visited(county, **options):
    """A visit of the lead deputy, completed by the liaison, whose opinion goes to the meeting."""
    return fresh(completed(county, logged(county, **options)))


def met(county, **options):
    """A deliberation meeting at the county's station, which has closed."""
    facts = {"kind": "DELIBERATION", "status": "CLOSED", "place": "镇政府会议室", "held_on": clock.today()} | options
    cycle = facts.pop("cycle", None) or make_round().cycle
    return Meeting.objects.create(cycle=cycle, station=county.station, created_at=clock.now(), **facts)


def said(county, meeting, *visits, **options):
    """What the lead put forward there on the ground of what voters said; forwarded, unless told otherwise."""
    facts = {"outcome": "FORWARDED", "way": "COUNTY_LEAD", "county_lead": county.lead, "speaker": county.lead} | options
    order = meeting.opinions.count() + 1
    row = MeetingOpinion.objects.create(meeting=meeting, order=order, **({"text": "南门路要修。"} | facts))
    row.basis.set([opinion for visit in visits for opinion in visit.opinions.all()])
    return row


def promised(county, meeting, *visits, **options):
    """What the host promised on the spot, and did not keep."""
    row = said(county, meeting, *visits, outcome="PROMISED", way="", county_lead=None)
    facts = {"text": "月底前修好。", "organ": county.bureau, "person": "李局长", "status": "TAKEN_UP"} | options
    made = {"made_on": meeting.held_on, "due_on": meeting.held_on + timedelta(15), "created_at": clock.now()}
    return Promise.objects.create(meeting_opinion=row, **(made | facts))


def comes_from(case, **what):
    """The suggestion was collected from this meeting opinion, promise or voter's opinion."""
    return Source.objects.create(suggestion=case, **what)
