"""Every kind of visitor, and one of every thing that has an address."""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.actor import Actor
from accounts.models import ApiToken, Officer, Person, Post, Role, TrustedDevice, User
from accounts.transitions import accounts
from accounts.transitions.keys import make_key
from deliberations.models import (
    Material,
    Meeting,
    MeetingOpinion,
    NoticeReceipt,
    Opinion,
    Promise,
    PublicityRecord,
    Topic,
    TownshipTask,
    Training,
    Visit,
)
from deliberations.transitions import materials, meetings
from deliberations.transitions.outcomes import forward, promise
from deliberations.transitions.promises import report_done
from deliberations.transitions.training import TrainingPlan, plan_training
from files.models import Attachment, DocumentTemplate, ImportBatch, Job
from files.transitions import keep_workbook
from notifications.models import Notification
from notifications.transitions import notify
from stations.models import DeputyPage, Duty, ElectoralDistrict, ReceptionFile, StandardCheck, StandardItem, Station
from stations.transitions.cards import ask, print_card
from stations.transitions.reception_rules import RuleFacts, set_rule
from stations.transitions.standards import check_item
from suggestions.models import Commitment, CoSignature, Evaluation, Suggestion
from suggestions.transitions import cosigning, drafting
from supervision.models import Call, Card, PerformanceEntry, Proposal
from supervision.transitions.performance import enter as enter_performance
from tests.deliberations.cycle_factory import Round, issue, make_round, move_on, paper, propose, receipt_of, select
from tests.deliberations.handing import attended, opened
from tests.deliberations.visiting import completed, logged
from tests.factory import SINCE, make_actor, make_mandate, make_person, make_station
from tests.suggestions.behind import comes_from
from tests.suggestions.commitment_factory import followed, report
from tests.suggestions.factory import (
    County,
    accepted,
    assigned,
    evaluate,
    make_county,
    make_scan,
    replied,
    submitted,
)
from tests.supervision.card_factory import issued, key_case
from tests.supervision.pressing_factory import called, proposed
from workflow import clock

ANONYMOUS = "anonymous"

#: Roles that take no part in the small county but visit all the same.
BYSTANDERS = {
    "chair": Role.CHAIRPERSON,
    "vice": Role.DEPUTY_CHAIRPERSON,
    "body": Role.WORKING_BODY,
    "delegation": Role.DELEGATION_OFFICER,
    "township": Role.TOWNSHIP,
    "leader": Role.COUNTY_LEADER,
    "party": Role.PARTY_OFFICE,
    "admin": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "auditor": Role.AUDIT_ADMIN,
}


@dataclass
class World:
    """The cast by label, and what the addresses of the sweep lead to."""

    county: County
    cast: dict[str, Actor]
    entered: Suggestion
    handed_out: Suggestion
    answered: Suggestion
    evaluation: Evaluation
    job: Job
    batch: ImportBatch
    workbook: Attachment
    notification: Notification
    account: User
    account_post: Post
    officer: Officer
    link: str
    token: ApiToken
    performed: PerformanceEntry
    binding_code: str
    phone: TrustedDevice
    round: Round
    topic: Topic
    receipt: NoticeReceipt
    publicity: PublicityRecord
    material: Material
    training: Training
    noted: Visit
    visited: Visit
    held: Meeting
    said: MeetingOpinion
    task: TownshipTask
    voice: Opinion
    invitation: CoSignature
    promise: Promise
    handing: Meeting
    keyed: Suggestion
    card: Card
    commitment: Commitment
    template: DocumentTemplate
    step: Proposal
    call: Call
    page: DeputyPage
    duty: Duty
    paper: ReceptionFile
    district: ElectoralDistrict
    finding: StandardCheck

    @property
    def labels(self) -> list[str]:
        """Everybody, those who are not signed in first."""
        return [ANONYMOUS, *self.cast]


def make_world() -> World:
    """The small county with a case not yet registered, one to be signed for, and one that was answered and judged."""
    county = make_county()
    cast = {name: getattr(county, name) for name in ("staff", "office", "host", "head", "co_host", "stranger")}
    cast |= {name: getattr(county, name) for name in ("liaison", "deputy", "co_signer")}
    cast |= {name: make_actor(role) for name, role in BYSTANDERS.items()}
    elsewhere = make_station()
    other = make_person("孙远山")
    make_mandate(other, station=elsewhere)
    cast["other_liaison"] = make_actor(Role.STATION, station=elsewhere)
    cast["other_deputy"] = make_actor(Role.DEPUTY, person=other)
    cast["postless"] = _without_post()
    reply = replied(county, accepted(county))
    account = make_actor(Role.ORGAN_HANDLER, organ=county.bureau).user
    notify([county.staff.post], fact="assigned:suggestion:1:1", kind="suggestion.assigned", params={}, url="/")
    return World(
        county=county,
        cast=cast,
        entered=submitted(county),
        handed_out=assigned(county),
        answered=reply.assignment.suggestion,
        evaluation=evaluate(
            county, reply, actor=county.liaison, source=Evaluation.Source.LIAISON_SCAN, scan=make_scan()
        ),
        job=_job(county.staff),
        workbook=keep_workbook(SimpleUploadedFile("走访.xlsx", b"PK"), actor=county.staff),
        batch=ImportBatch.objects.create(kind="roster", name="名册.xlsx", sha256="0" * 64, at=clock.now()),
        notification=Notification.objects.get(recipient=county.staff.user, fact="assigned:suggestion:1:1"),
        account=account,
        account_post=account.posts.get(),
        officer=Officer.objects.create(organ=county.bureau, person=make_person(), duty="HANDLER", since=SINCE),
        link=accounts.reset_password(account, actor=cast["security"], version=account.version),
        token=make_key(county.staff.user, actor=county.staff, post=county.staff.post, name="抄送程序")[0],
        **_waiting_phone(county),
        performed=enter_performance(
            county.lead, actor=county.liaison, kind="CONGRESS", on=clock.today(), text="县人代会"
        ),
        **(deliberated := _deliberation(county.station)),
        material=_material(county.staff, county.station),
        noted=logged(county),
        visited=_visited(county),
        **_meetings(county),
        voice=_behind(county, reply.assignment.suggestion),
        invitation=_invited(county),
        keyed=key_case(county, cast["vice"]),
        card=issued(county, cast["vice"]),
        template=_former_template(county.staff),
        step=proposed(county),
        district=ElectoralDistrict.objects.create(term=county.lead.term, number=1, name="第1选区"),
        finding=check_item(
            county.station, actor=county.staff, item=StandardItem.objects.first(), met=True, photo=_picture()
        ),
        call=called(county, county.station, deliberated["receipt"]),
        promise=_promise(county),
        commitment=_commitment(county),
        page=_public_page(county),
        **_reception(county),
        handing=attended(county.staff, opened(county.staff), county.bureau),
    )


def _public_page(county: County) -> DeputyPage:
    """What voters see of the lead deputy, with a photo."""
    photo = make_scan("代表.jpg")
    Attachment.objects.filter(pk=photo.pk).update(content_type="image/jpeg")
    return DeputyPage.objects.create(mandate=county.lead, words="为大家跑路。", photo=photo)


def _waiting_phone(county: County) -> dict[str, Any]:
    """A card of the lead deputy, and a phone that waits to be confirmed by it."""
    Person.objects.filter(pk=county.lead.person_id).update(phone="13800001234")
    card = print_card(county.lead, actor=county.liaison)
    return {"binding_code": card.code, "phone": ask(card.code, digits="1234", agent="", address="")[0]}


def _picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "JPEG")
    return SimpleUploadedFile("门牌.jpg", drawn.getvalue(), "image/jpeg")


def _commitment(county: County) -> Commitment:
    """What a reply committed the bureau to, reported as kept with a picture."""
    return report(county, followed(county), picture=make_scan("人行道.jpg"))


def _behind(county: County, case: Suggestion) -> Opinion:
    """A voter's opinion that the suggestion was collected from."""
    voice = completed(county).opinions.get()
    comes_from(case, opinion=voice)
    return voice


def _deliberation(station: Station) -> dict[str, Any]:
    """A round of deliberation whose notice the liaison's station has not confirmed, with a file of every kind."""
    round_ = make_round()
    round_.cycle.stations.create(station=station)
    topic = propose(round_)
    select(round_, topic, minutes=replace(paper(), scan=make_scan("纪要.pdf")))
    move_on(round_)
    notice = issue(round_, guidance=make_scan("指南.pdf"))
    publicity = PublicityRecord.objects.create(
        cycle=round_.cycle, channel="WECHAT", title="公布", on=clock.today(), picture=make_scan("图.png")
    )
    return {"round": round_, "topic": topic, "receipt": receipt_of(station, notice), "publicity": publicity,
            "training": _training(round_, station)}  # fmt: skip


def _training(round_: Round, station: Station) -> Training:
    """At the station today, with a file of what is taught."""
    facts = TrainingPlan("培训", clock.today(), "活动室", "李老师", "走访", Decimal(1), station)
    made = plan_training(round_.cycle, facts, actor=round_.staff, version=round_.version)
    made.papers.create(file=make_scan("讲义.pdf"), kind="CONTENT")
    return made


def _material(staff: Actor, station: Station) -> Material:
    """A paper of the library, printed for the liaison's station."""
    facts = materials.MaterialFacts("县委关于农村供水的决定", "PARTY_DECISION", "县委", clock.today())
    material = materials.add_material(facts, actor=staff, file=make_scan("决定.pdf"))
    materials.send_copies(material, actor=staff, stations=[station], copies=20, on=clock.today())
    return material


def _visited(county: County) -> Visit:
    """Completed, with a sheet of paper."""
    case = completed(county)
    case.papers.create(file=make_scan("登记表.pdf"), kind="SHEET")
    return case


def _meetings(county: County) -> dict[str, Any]:
    """A meeting that is being recorded, with an opinion not decided yet; and a task of the township from a closed one."""
    held, decided = _held(county, "供水议政"), _held(county, "道路议政")
    row = _said(county, decided, "门前路灯")
    due_on = clock.today() + timedelta(30)
    forward(row, actor=county.liaison, version=_version(decided), way="TOWNSHIP", due_on=due_on)
    meetings.close_meeting(decided, actor=county.liaison, version=_version(decided))
    return {"held": held, "said": _said(county, held, "南门村漏水"), "task": row.township_task}


def _held(county: County, title: str) -> Meeting:
    """Today, by the liaison's station, in a cycle of that title; the bureau came."""
    with clock.at(clock.now() - timedelta(40)):
        round_ = make_round(40, title)
        round_.cycle.stations.create(station=county.station)
        select(round_, propose(round_), minutes=paper(title))
        move_on(round_)
        issue(round_)
        cycle = move_on(round_)
    given = {"cycle": cycle, "station": county.station, "held_on": clock.today(), "place": "会议室"}
    meeting = meetings.convene(actor=county.liaison, **given)
    meeting = meetings.open_meeting(meeting, actor=county.liaison, version=meeting.version)
    rows = [meetings.Presence("ORGAN", "钱局长", "局长", organ=county.bureau)]
    return meetings.note_attendance(meeting, actor=county.liaison, version=meeting.version, rows=rows)


def _promise(county: County) -> Promise:
    """Made by the bureau to the lead deputy, and reported as done with a picture."""
    meeting = _held(county, "路灯议政")
    row = _said(county, meeting, "夜里没有路灯")
    given = {"text": "装路灯八盏", "organ": county.bureau, "person": "钱局长", "due_on": clock.today() + timedelta(15)}
    made = promise(row, actor=county.liaison, version=_version(meeting), **given)
    meetings.close_meeting(meeting, actor=county.liaison, version=_version(meeting))
    done = {"text": "装好了。", "on": clock.today(), "picture": make_scan("路灯.png")}
    return report_done(made, actor=county.host, version=made.version, **done)


def _version(meeting: Meeting) -> int:
    return Meeting.objects.values_list("version", flat=True).get(pk=meeting.pk)


def _said(county: County, meeting: Meeting, text: str) -> MeetingOpinion:
    version = _version(meeting)
    return meetings.add_opinion(meeting, actor=county.liaison, version=version, speaker=county.lead, text=text)


def _reception(county: County) -> dict[str, Any]:
    """A day by rule, the lead deputy's duty on it, and a photo that shows voters."""
    facts = RuleFacts(time(9), time(11), day=10)
    about = {"actor": county.liaison, "version": Station.objects.get(pk=county.station.pk).version}
    set_rule(county.station, facts, since=clock.today(), **about)
    duty = Duty.objects.filter(mandate=county.lead).order_by("day__on", "pk")[0]
    picture = make_scan()
    Attachment.objects.filter(pk=picture.pk).update(content_type="image/jpeg")
    return {"duty": duty, "paper": ReceptionFile.objects.create(day=duty.day, file=picture, kind="SIGN_IN")}


def _invited(county: County) -> CoSignature:
    """The co-signer is asked to sign along a draft of the lead that began as a photo."""
    words = {"title": "关于南门路的建议", "facts": "道路窄，两车会不开。", "sheet": make_scan("手稿.pdf")}
    case = drafting.draft(actor=county.deputy, lead=county.lead, **words)
    cosigning.invite(case, actor=county.deputy, version=case.version, deputies=[county.second])
    return case.cosignatures.get()


def _without_post() -> Actor:
    former = make_actor(Role.COMMITTEE_STAFF)
    Post.objects.filter(pk=former.post.pk).update(until=SINCE)
    return Actor(former.user, None)


def _former_template(actor: Actor) -> DocumentTemplate:
    """A county's own template of the card that is no longer in use."""
    now, file = clock.now(), make_scan("督办卡.docx")
    return DocumentTemplate.objects.create(name="card", file=file, by=actor.user, since=now, until=now)


def _job(actor: Actor) -> Job:
    now = clock.now()
    return Job.objects.create(
        kind="report", key="sweep", args={"name": "progress"}, state="DONE", asked_by=actor.user, post=actor.post,
        created_at=now, issued_at=now, finished_at=now, result=make_scan("进度.xlsx"),
    )  # fmt: skip
