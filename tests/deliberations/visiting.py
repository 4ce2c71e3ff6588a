"""A station with its deputies and liaison, and visits at every point of their life, brought there by the verbs."""

from uuid import uuid4

from accounts.models import How, Role
from deliberations.models import Opinion, SubjectField, Visit
from deliberations.transitions import noting, settling, visiting
from deliberations.transitions.visit_facts import OpinionFacts, VisitFacts, VoterFacts
from tests.factory import make_actor, make_mandate, make_person, make_station
from workflow import chain, clock

#: A name and a number that stand nowhere else; no page, event or notification may show them.
NAME, PHONE = "欧阳秋菊", "13912345678"
WORDS = "村口那段路下雨就积水，娃上学要绕道。"


class Village:
    """One station with two deputies, its liaison, and people from elsewhere."""

    def __init__(self):
        self.station, self.elsewhere = make_station("石桥镇代表之家"), make_station("柳林镇代表之家")
        people = [make_person("周大爷"), make_person("王秀兰"), make_person("孙远山")]
        self.lead, self.second = (make_mandate(person, station=self.station) for person in people[:2])
        self.stranger = make_mandate(people[2], station=self.elsewhere)
        self.deputy, self.companion, self.other_deputy = (make_actor(Role.DEPUTY, person=who) for who in people)
        self.liaison = make_actor(Role.STATION, station=self.station, person=make_person("邱小燕"))
        self.other_liaison = make_actor(Role.STATION, station=self.elsewhere)
        self.staff, self.chair = make_actor(Role.COMMITTEE_STAFF), make_actor(Role.CHAIRPERSON)
        self.vice, self.body = make_actor(Role.DEPUTY_CHAIRPERSON), make_actor(Role.WORKING_BODY)
        self.field = SubjectField.objects.first()

    def strangers(self):
        """Everybody to whom the visits of this station are nothing."""
        known = {Role.COMMITTEE_STAFF, Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.WORKING_BODY}
        others = [make_actor(role) for role in Role if role not in known]
        return [self.other_deputy, self.other_liaison, *others]


def logged(village, *, words=WORDS, who=NAME, tell_wish=True, **options):
    """Noted by the deputy."""
    given = {"actor": village.deputy, "client_id": uuid4(), "mandate": village.lead} | options
    return noting.log_visit(words=words, who=who, tell_wish=tell_wish, **given)


def facts(village, **options):
    """What the liaison adds: where, which way, who."""
    visit = {"on": clock.today(), "place": "南门村"} | options.pop("visit", {})
    opinion = {"route": Opinion.Route.TO_MEETING, "field": village.field} | options.pop("opinion", {})
    voter = {"phone": PHONE, "village": "南门村", "category": "ELDER", "sex": "F"} | options.pop("voter", {})
    told = {"visit": VisitFacts(**visit), "opinion": OpinionFacts(**opinion), "voter": VoterFacts(**voter)}
    return {"topics": (), **told, **options}


def completed(village, case=None, **options):
    """Completed by the liaison."""
    case = case or logged(village)
    given = {"actor": village.liaison, "version": case.version} | options
    return fresh(visiting.complete_visit(case, **facts(village, **given)))


def recorded(village, **options):
    """Written down for the deputy by the liaison, from paper."""
    given = {"actor": village.liaison, "client_id": uuid4(), "how": How.PAPER, "deputies": [village.lead]}
    given |= {"words": WORDS, "voter": {"name": NAME}} | options
    return fresh(visiting.record_visit(**facts(village, **given)))


def told(village, case, *, actor=None, **options):
    """The voter of the first opinion was told the last word."""
    words = {"on": clock.today(), "how": "PHONE", "text": "下月就修。", "final": True} | options
    return settling.tell_voter(opinion_of(case), actor=actor or village.liaison, version=fresh(case).version, **words)


def closed(village, case=None):
    """Told and settled."""
    case = case or completed(village)
    told(village, case)
    return fresh(settling.close(case, actor=village.liaison, version=fresh(case).version))


def opinion_of(case):
    """The first opinion of a visit."""
    return case.opinions.select_related("voter", "visit").first()


def fresh(case):
    """As the database has it."""
    return Visit.objects.select_related("station").get(pk=case.pk)


def events(case):
    """The events of the visit, in order."""
    return list(case.events.select_related("actor__person", "on_behalf_of", "detail", "post").order_by("seq"))


def assert_chain_holds(case):
    """No fault in the record of the visit."""
    assert chain.faults(fresh(case), events(case)) == []
