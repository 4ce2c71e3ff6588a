"""A small county and suggestions at every point of their life, brought there by the verbs themselves."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from zoneinfo import ZoneInfo

from accounts.actor import Actor
from accounts.models import Organ, Role
from accounts.querysets import acting_for
from deliberations.models import SubjectField
from files.models import Attachment
from stations.models import Mandate, Station
from suggestions import transitions
from suggestions.models import Assignment, Evaluation, Rating, Reply, ResultClass, Suggestion
from tests.factory import make_actor, make_mandate, make_organ, make_person, make_station
from workflow import clock

#: The day on which most tests take place, a Monday without a holiday near it.
TODAY = date(2026, 3, 16)
_numbers = count(1)


def noon(day: date):
    """Look from noon of that day."""
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai")))


@dataclass
class County:
    """Who takes part: staff, the government office, a host, a co-host, a lead and a co-signing deputy of one station."""

    staff: Actor
    office: Actor
    host: Actor
    head: Actor
    co_host: Actor
    stranger: Actor
    liaison: Actor
    deputy: Actor
    co_signer: Actor
    lead: Mandate
    second: Mandate
    station: Station
    field: SubjectField = field(default_factory=lambda: SubjectField.objects.first())

    @property
    def bureau(self) -> Organ:
        """The host organ."""
        return self.host.post.organ

    @property
    def helper(self) -> Organ:
        """The co-host organ."""
        return self.co_host.post.organ


def make_county() -> County:
    """One of everybody who takes part in the life of a suggestion."""
    office = make_actor(Role.GOVERNMENT_OFFICE)
    bureau, helper = (make_organ(name, forwards_through=office.post.organ) for name in ("县交通运输局", "县财政局"))
    station = make_station()
    people = [make_person("赵大海"), make_person("钱小河")]
    lead, second = (make_mandate(person, station=station) for person in people)
    return County(
        staff=make_actor(Role.COMMITTEE_STAFF),
        office=office,
        host=make_actor(Role.ORGAN_HANDLER, organ=bureau),
        head=make_actor(Role.ORGAN_HEAD, organ=bureau),
        co_host=make_actor(Role.ORGAN_HANDLER, organ=helper),
        stranger=make_actor(Role.ORGAN_HANDLER),
        liaison=make_actor(Role.STATION, station=station),
        deputy=make_actor(Role.DEPUTY, person=people[0]),
        co_signer=make_actor(Role.DEPUTY, person=people[1]),
        lead=lead,
        second=second,
        station=station,
    )


def make_scan(name: str = "函.pdf") -> Attachment:
    """A stored file that no test opens."""
    number = next(_numbers)
    return Attachment.objects.create(
        name=name, content_type="application/pdf", size=1, sha256=sha256(str(number).encode()).hexdigest(),
        path=f"t/{number}", at=clock.now(),
    )  # fmt: skip


def version_of(row) -> int:
    """The present version of the case that the row is, or belongs to."""
    case = row if isinstance(row, Suggestion) else getattr(row, "suggestion", None) or row.assignment.suggestion
    return Suggestion.objects.values_list("version", flat=True).get(pk=case.pk)


def fresh(case: Suggestion) -> Suggestion:
    """The case as the database has it."""
    return Suggestion.objects.get(pk=case.pk)


def submitted(county: County, **options) -> Suggestion:
    """Entered from paper by staff."""
    words = {
        "title": "关于修南门路的建议",
        "facts": "道路窄，两车会不开。",
        "demand": "请加宽。",
        "co_signers": [county.second],
    }
    return transitions.submit(actor=county.staff, lead=county.lead, **(words | options))


def registered(county: County, *, reply_term: str = "NORMAL", serial: int | None = None, **options) -> Suggestion:
    """Numbered and classified."""
    case = submitted(county, **options)
    return transitions.register(
        case, actor=county.staff, version=version_of(case), field=county.field, reply_term=reply_term, serial=serial
    )


def at_office(county: County, *, on: date | None = None, **options) -> Suggestion:
    """Handed over to the government office."""
    case = registered(county, **options)
    transitions.hand_over(
        case, actor=county.staff, version=version_of(case), to=county.office.post.organ, on=on or clock.today()
    )
    return fresh(case)


def assigned(county: County, *, co_hosts=None, **options) -> Suggestion:
    """Allotted to the host and, unless told otherwise, the co-host."""
    case = at_office(county, **options)
    co_hosts = [county.helper] if co_hosts is None else co_hosts
    transitions.allot(case, actor=county.office, version=version_of(case), host=county.bureau, co_hosts=co_hosts)
    return fresh(case)


def part_of(case: Suggestion, actor: Actor) -> Assignment:
    """The assignment of the actor's organ, or of one that went over into it, in the present round."""
    return Assignment.objects.get(acting_for(actor.organ_id), suggestion=case, round=fresh(case).round)


RECEIPT = {"received_by": "孙一", "leader": "李副局长", "handler": "周科员", "phone": "0310-5212345"}


def accepted(county: County, **options) -> Suggestion:
    """Receipt signed by the host."""
    case = assigned(county, **options)
    transitions.sign_receipt(part_of(case, county.host), actor=county.host, version=version_of(case), **RECEIPT)
    return fresh(case)


def contact(county: County, case: Suggestion, **options):
    """The host's talk with the deputy."""
    words = {
        "stage": "DURING", "on": clock.today(), "manner": "VISIT", "people": "周科员", "points": "一起看了现场。",
    }  # fmt: skip
    words |= {"assignment": part_of(case, county.host), "actor": county.host}
    return transitions.record_contact(version=version_of(case), **(words | options))


def opinion(county: County, case: Suggestion, **options):
    """The co-host's opinion, if there is one to give."""
    words = {"text": "资金已安排。", "on": clock.today(), "signed_by": "吴局长"}
    part = part_of(case, county.co_host)
    return transitions.give_opinion(part, actor=county.co_host, version=version_of(case), **(words | options))


def drafted(county: County, case: Suggestion | None = None, **options) -> Reply:
    """A draft with its class; nothing else needed for a signature is there."""
    case = case or accepted(county, **options)
    chosen = ResultClass.objects.get(code="A")
    return transitions.draft_reply(
        part_of(case, county.host),
        actor=county.host,
        version=version_of(case),
        result_class=chosen,
        body="已列入计划。",
    )


def in_review(county: County, case: Suggestion | None = None, **options) -> Reply:
    """Put up for signature."""
    reply = drafted(county, case, **options)
    case = reply.assignment.suggestion
    contact(county, case)
    if case.assignments.filter(part=Assignment.Part.CO_HOST, round=reply.assignment.round).exists():
        opinion(county, case)
    return transitions.submit_reply(reply, actor=county.host, version=version_of(reply))


LETTER = {"doc_no": "望交函〔2026〕12号", "signed_by": "郑局长"}


def sign(county: County, reply: Reply, **options) -> Reply:
    """Sign what is put up, and so release it."""
    words = {**LETTER, "actor": county.host, "letter_on": clock.today(), "scan": make_scan()}
    return transitions.sign_reply(reply, version=version_of(reply), **(words | options))


def replied(county: County, case: Suggestion | None = None, **options) -> Reply:
    """Signed, sealed and released."""
    return sign(county, in_review(county, case, **options))


def evaluate(county: County, reply: Reply, result: str = Rating.SATISFIED, **options) -> Evaluation:
    """The lead deputy judges."""
    words = {
        "actor": county.deputy, "mandate": county.lead, "source": Evaluation.Source.OWN, "attitude": Rating.SATISFIED,
        "on": clock.today(), "text": "路还是没修。" if result == Rating.DISSATISFIED else "",
    }  # fmt: skip
    return transitions.evaluate(reply, version=version_of(reply), result=result, **(words | options))


def release(county: County, case: Suggestion) -> Suggestion:
    """Staff release the verdict."""
    return transitions.release_verdict(case, actor=county.staff, version=version_of(case))


def judged(county: County, result: str = Rating.SATISFIED, **options) -> Suggestion:
    """Replied, judged by the lead and released by staff."""
    reply = replied(county, **options)
    evaluate(county, reply, result)
    return release(county, reply.assignment.suggestion)
