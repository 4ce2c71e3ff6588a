"""Every act of the walk as anybody may try it: ``ACTS`` by name, each given the world, who tries, and what to choose by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from accounts.models import Role
from deliberations.models import Meeting, MeetingOpinion, Promise
from deliberations.transitions import meetings, outcomes, promises
from deliberations.transitions.resolutions import Paper
from stations.transitions import standing
from suggestions import transitions
from suggestions.models import (
    Assignment,
    Commitment,
    CoSignature,
    Evaluation,
    Objection,
    Rating,
    Reply,
    ResultClass,
    Suggestion,
)
from suggestions.transitions import (
    collected_forms,
    collecting,
    commitments,
    continuing,
    cosigning,
    council,
    deciding,
    drafting,
    extending,
    key,
    merging,
    objecting,
    screening,
)
from supervision.models import Card
from supervision.transitions import cards
from supervision.transitions.card_facts import CardWords
from tests.deliberations.meeting_factory import House
from tests.factory import make_actor, make_organ
from tests.suggestions.commitment_factory import line
from tests.suggestions.factory import LETTER, RECEIPT, make_county, make_scan, version_of
from workflow import clock


class World:
    """A county, a station in its meeting, and whoever may try something; ``hand`` chooses what is left open."""

    def __init__(self) -> None:
        self.county, self.house = make_county(), House()
        self.vice, self.chair = make_actor(Role.DEPUTY_CHAIRPERSON), make_actor(Role.CHAIRPERSON)
        self.body = make_organ("县人大农业农村工委", "CONGRESS_BODY")
        county, house = self.county, self.house
        self.people = [
            county.staff, county.office, county.host, county.head, county.co_host, county.stranger, county.liaison,
            county.deputy, county.co_signer, house.liaison, house.deputy, house.local_deputy, house.handler,
            house.presidium, self.vice, self.chair,
        ]  # fmt: skip

    def paper(self) -> Paper:
        """Minutes of today."""
        return Paper(f"主任会议纪要〔{clock.today()}〕", clock.today())


Choose = Callable[[list[Any]], Any]


def draft(world: World, actor: Any, choose: Choose) -> None:
    """Anybody for any lead."""
    lead = choose([world.county.lead, world.county.second, world.house.lead, world.house.local])
    facts = choose(["道路窄，两车会不开。", ""])
    drafting.draft(actor=actor, lead=lead, title="关于修南门路的建议", facts=facts, how=_road(actor))


def edit_draft(world: World, actor: Any, choose: Choose) -> None:
    """Write on one of the drafts."""
    case = choose(_cases())
    words = {"title": case.title, "facts": "路窄，且没有路灯。", "demand": "请加宽。", "publicity": "FULL"}
    drafting.edit_draft(case, actor=actor, version=case.version, **words)


def confirm_draft(world: World, actor: Any, choose: Choose) -> None:
    """The lead, or whoever says to have heard it."""
    case = choose(_cases())
    drafting.confirm_draft(case, actor=actor, version=case.version, how=_road(actor))


def invite(world: World, actor: Any, choose: Choose) -> None:
    """Any deputy to sign along."""
    case = choose(_cases())
    deputy = choose([world.county.second, world.house.second, world.house.local])
    cosigning.invite(case, actor=actor, version=case.version, deputies=[deputy])


def co_sign(world: World, actor: Any, choose: Choose) -> None:
    """One of those asked."""
    cosigning.co_sign(choose(list(CoSignature.objects.order_by("pk"))), actor=actor, how=_road(actor))


def decline(world: World, actor: Any, choose: Choose) -> None:
    """One of those asked."""
    cosigning.decline(choose(list(CoSignature.objects.order_by("pk"))), actor=actor, how=_road(actor))


def discard(world: World, actor: Any, choose: Choose) -> None:
    """A draft."""
    case = choose(_cases())
    drafting.discard(case, actor=actor, version=case.version)


def hand_in(world: World, actor: Any, choose: Choose) -> None:
    """A draft."""
    case = choose(_cases())
    drafting.hand_in(case, actor=actor, version=case.version, how=_road(actor))


def submit(world: World, actor: Any, choose: Choose) -> None:
    """From paper."""
    lead = choose([world.county.lead, world.house.lead, world.house.local])
    transitions.submit(actor=actor, lead=lead, title="关于路灯的建议", facts="天黑看不见。")


def send_back_to_deputy(world: World, actor: Any, choose: Choose) -> None:
    """What was handed in."""
    case = choose(_cases())
    screening.return_for_completion(case, actor=actor, version=case.version, reason="请写明地点")


def refuse(world: World, actor: Any, choose: Choose) -> None:
    """What was handed in."""
    case = choose(_cases())
    screening.refuse(case, actor=actor, version=case.version, refusal="IN_COURT", reason="已在法院审理")


def refer(world: World, actor: Any, choose: Choose) -> None:
    """What was handed in."""
    case = choose(_cases())
    screening.refer(case, actor=actor, version=case.version, to="市人大代表", reason="超出县级职权")


def register(world: World, actor: Any, choose: Choose) -> None:
    """Under the next number, or under one that may be taken."""
    case = choose(_cases())
    options = {"field": world.county.field, "reply_term": choose(["NORMAL", "COMPLEX"]), "serial": choose([None, 1])}
    transitions.register(case, actor=actor, version=case.version, **options)


def correct(world: World, actor: Any, choose: Choose) -> None:
    """The title."""
    case = choose(_cases())
    words = {"title": choose(["关于南门路的建议", case.title]), "publicity": "FULL", "reason": "错字"}
    transitions.correct(case, actor=actor, version=case.version, **words)


def nominate_key(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    key.nominate_key(case, actor=actor, version=case.version, reason="涉及全县群众")


def designate_key(world: World, actor: Any, choose: Choose) -> None:
    """Any, under the deputy chairperson or under somebody who is none."""
    case = choose(_cases())
    leader = choose([world.vice, world.county.host]).user.person
    key.designate_key(
        case, actor=actor, version=case.version, paper=world.paper(), leader=leader, body=world.body, key_reason="HOT"
    )


def decline_key(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    key.decline_key(case, actor=actor, version=case.version, paper=world.paper())


def hand_over(world: World, actor: Any, choose: Choose) -> None:
    """To the office, or directly."""
    case = choose(_cases())
    to = choose([world.county.office.post.organ, world.county.bureau])
    transitions.hand_over(case, actor=actor, version=case.version, to=to, on=clock.today())


def allot(world: World, actor: Any, choose: Choose) -> None:
    """To the host, with or without a co-host."""
    case = choose(_cases())
    co_hosts = choose([[], [world.county.helper]])
    transitions.allot(case, actor=actor, version=case.version, host=world.county.bureau, co_hosts=co_hosts)


def send_back(world: World, actor: Any, choose: Choose) -> None:
    """To the committee."""
    case = choose(_cases())
    transitions.send_back(case, actor=actor, version=case.version, reason="不属政府职责")


def sign_receipt(world: World, actor: Any, choose: Choose) -> None:
    """Of any assignment."""
    part = choose(_parts())
    transitions.sign_receipt(part, actor=actor, version=version_of(part), **RECEIPT)


def raise_objection(world: World, actor: Any, choose: Choose) -> None:
    """To any part, for any reason, with or without who should handle it and who signs."""
    words = {"reason": choose(list(Objection.Reason)), "basis": "不属我局职责", "signed_by": choose(["", "郑局长"])}
    proposed = choose([None, world.county.helper, world.county.stranger.post.organ])
    part = choose(_parts())
    objecting.raise_objection(part, actor=actor, version=version_of(part), proposed=proposed, **words)


def reopen_objection(world: World, actor: Any, choose: Choose) -> None:
    """Of any part, for today or a day gone by."""
    part, until = choose(_parts()), clock.today() - timedelta(choose([0, 1]))
    objecting.reopen_objection(part, actor=actor, version=version_of(part), until=until, reason="材料来迟")


def agree_objection(world: World, actor: Any, choose: Choose) -> None:
    """The open one."""
    found = objecting.require_open_objection(choose(_parts()))
    objecting.agree_objection(found, actor=actor, version=found.assignment.suggestion.version)


def grant_objection(world: World, actor: Any, choose: Choose) -> None:
    """The open one, to whatever host, with or without the names that it may need."""
    county = world.county
    found = objecting.require_open_objection(choose(_parts()))
    word = choose([{}, {"agreed_by": world.vice.user.person, "how": "TELEPHONE"}])
    words = {"host": choose([county.bureau, county.helper, county.stranger.post.organ]), "decision": "另行交办"}
    words |= {"co_hosts": choose([[], [county.bureau], [county.helper]]), "decided_by": choose(["", "陈副县长"])}
    version = found.assignment.suggestion.version
    deciding.grant_objection(found, actor=actor, version=version, **words, **word)


def refuse_objection(world: World, actor: Any, choose: Choose) -> None:
    """The open one."""
    found = objecting.require_open_objection(choose(_parts()))
    words = {"decision": "属你局职责", "decided_by": choose(["", "陈副县长"])}
    deciding.refuse_objection(found, actor=actor, version=found.assignment.suggestion.version, **words)


def merge(world: World, actor: Any, choose: Choose) -> None:
    """Any two."""
    case, other = choose(_cases()), choose(_cases())
    merging.merge(case, actor=actor, version=case.version, members=[other], reason="同一个村的路")


def dissolve(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    merging.dissolve(case, actor=actor, version=case.version, reason="不是同一条路")


def record_contact(world: World, actor: Any, choose: Choose) -> None:
    """A talk in person."""
    part = choose(_parts())
    words = {"stage": "DURING", "on": clock.today(), "manner": "TALK", "people": "周科员", "points": "看了现场"}
    transitions.record_contact(part, actor=actor, version=version_of(part), **words)


def give_opinion(world: World, actor: Any, choose: Choose) -> None:
    """Of any assignment."""
    part = choose(_parts())
    words = {"text": "资金已安排", "on": clock.today(), "signed_by": "吴局长"}
    transitions.give_opinion(part, actor=actor, version=version_of(part), **words)


def draft_reply(world: World, actor: Any, choose: Choose) -> None:
    """With or without its class; of class B with what the organ commits itself to, or without."""
    part = choose(_parts())
    chosen = choose([ResultClass.objects.get(code="A"), ResultClass.objects.get(code="B"), None])
    lines = choose([[line(due_on=clock.today() + timedelta(20))], []])
    words = {"result_class": chosen, "body": "已列入计划", "commitments": lines}
    transitions.draft_reply(part, actor=actor, version=version_of(part), **words)


def submit_reply(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    reply = choose(_replies())
    transitions.submit_reply(reply, actor=actor, version=version_of(reply))


def sign_reply(world: World, actor: Any, choose: Choose) -> None:
    """Any, with the scan or without."""
    reply = choose(_replies())
    words = {**LETTER, "letter_on": clock.today(), "scan": choose([make_scan(), None])}
    transitions.sign_reply(reply, actor=actor, version=version_of(reply), **words)


def evaluate(world: World, actor: Any, choose: Choose) -> None:
    """Any source, any judgement."""
    reply = choose(_replies())
    lead = reply.assignment.suggestion.lead
    words = {
        "mandate": choose([lead, world.county.second]), "source": choose(list(Evaluation.Source)), "text": "没修",
        "attitude": choose(list(Rating)), "result": choose(list(Rating)), "on": clock.today(),
        "number_called": "13900000000", "scan": make_scan(),
    }  # fmt: skip
    transitions.evaluate(reply, actor=actor, version=version_of(reply), **words)


def hand_in_form(world: World, actor: Any, choose: Choose) -> None:
    """For any of those who signed."""
    reply = choose(_replies())
    words = {"mandate": choose([world.county.lead, world.county.second]), "scan": make_scan(), "on": clock.today()}
    words |= {"attitude": choose(list(Rating)), "result": choose(list(Rating))}
    collected_forms.hand_in_form(reply, actor=actor, version=version_of(reply), **words)


def confirm_form(world: World, actor: Any, choose: Choose) -> None:
    """Of any of those who signed."""
    reply = choose(_replies())
    words = {"mandate": choose([world.county.lead, world.county.second]), "number_called": "13900000000"}
    collected_forms.confirm_form(reply, actor=actor, version=version_of(reply), **words)


def report_commitment(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    row = choose(_commitments())
    words = {"text": "已建成", "on": clock.today(), "how": _road(actor)}
    commitments.report_commitment(row, actor=actor, version=_version(row), **words)


def confirm_commitment(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    row = choose(_commitments())
    commitments.confirm_commitment(row, actor=actor, version=_version(row), how=_road(actor))


def deny_commitment(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    row = choose(_commitments())
    commitments.deny_commitment(row, actor=actor, version=_version(row), words="没修完", how=_road(actor))


def note_broken(world: World, actor: Any, choose: Choose) -> None:
    """Any, due or not."""
    row = choose(_commitments())
    commitments.note_broken(row, actor=actor, version=_version(row), reason="没动工")


def leave_office(world: World, actor: Any, choose: Choose) -> None:
    """The lead dies."""
    lead = world.county.lead
    station = type(lead.station).objects.get(pk=lead.station_id)
    standing.end(lead, actor=actor, version=station.version, on=clock.today(), end_reason="DIED")


def continue_with(world: World, actor: Any, choose: Choose) -> None:
    """By the co-signer or by somebody else, with the minutes or without."""
    case = choose(_cases())
    words = {"mandate": choose([world.county.second, world.house.lead]), "paper": choose([world.paper(), None])}
    continuing.continue_with(case, actor=actor, version=case.version, reason="DIED", **words)


def release_verdict(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    transitions.release_verdict(case, actor=actor, version=case.version)


def request_extension(world: World, actor: Any, choose: Choose) -> None:
    """By a month, or far beyond what the law allows."""
    part = choose(_parts())
    due = part.suggestion.clocks.filter(kind="REPLY").latest("pk").due_on
    words = {"reason": "施工许可未批", "measures": "已招标", "explained_how": "PHONE", "signed_by": "郑局长"}
    later = due + timedelta(choose([30, 89, 200]))
    extending.request_extension(
        part, actor=actor, version=version_of(part), new_due_on=later, explained_on=clock.today(), **words
    )


def agree_extension(world: World, actor: Any, choose: Choose) -> None:
    """The open one."""
    found = extending.require_open_extension(choose(_parts()))
    extending.agree_extension(found, actor=actor, version=found.assignment.suggestion.version)


def grant_extension(world: World, actor: Any, choose: Choose) -> None:
    """The open one, with the deputy chairperson's word or without."""
    found = extending.require_open_extension(choose(_parts()))
    word = choose([{}, {"agreed_by": world.vice.user.person, "how": "TELEPHONE"}])
    extending.grant_extension(found, actor=actor, version=found.assignment.suggestion.version, **word)


def put_on_agenda(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    council.put_on_agenda(case, actor=actor, version=case.version, reason="群众反映强烈")


def go_on(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    case = choose(_cases())
    council.go_on(case, actor=actor, version=case.version, paper=world.paper())


def end_by_resolution(world: World, actor: Any, choose: Choose) -> None:
    """On any basis, a satisfied one too."""
    case = choose(_cases())
    basis = choose(["UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN", "SATISFIED"])
    words = {"paper": world.paper(), "reason": "依法不能办理，已解释"}
    council.end_by_resolution(case, actor=actor, version=case.version, basis=basis, **words)


def withdraw(world: World, actor: Any, choose: Choose) -> None:
    """By a letter."""
    case = choose(_cases())
    transitions.withdraw(case, actor=actor, version=case.version, on=clock.today(), letter=make_scan())


def fill_card(world: World, actor: Any, choose: Choose) -> None:
    """For any suggestion, with a day that may be too late."""
    case = choose(_cases())
    day = clock.today() + timedelta(choose([20, 400]))
    words = CardWords("群众关注", "按期办结", world.county.bureau, "李副局长", day)
    cards.fill_card(case, actor=actor, words=words)


def sign_card(world: World, actor: Any, choose: Choose) -> None:
    """With the signed sheet or in person."""
    card = choose(list(Card.objects.order_by("pk")))
    sheet = choose([make_scan(), None])
    cards.sign_card(card, actor=actor, version=card.version, signed_on=clock.today(), sheet=sheet)


def report_completion(world: World, actor: Any, choose: Choose) -> None:
    """Of any card."""
    card = choose(list(Card.objects.order_by("pk")))
    cards.report_completion(
        card, actor=actor, version=card.version, report="已办结", on=clock.today(), signed_by="郑局长"
    )


def conclude(world: World, actor: Any, choose: Choose) -> None:
    """Accepted or not."""
    card = choose(list(Card.objects.order_by("pk")))
    cards.conclude(
        card, actor=actor, version=card.version, accepted=choose([True, False]), conclusion="同意", on=clock.today()
    )


def convene(world: World, actor: Any, choose: Choose) -> None:
    """At the station of the round."""
    house = world.house
    place = {"station": house.station, "place": "会议室"}
    meetings.convene(actor=actor, cycle=house.cycle, held_on=clock.today(), **place)


def open_meeting(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    meeting = choose(_meetings())
    meetings.open_meeting(meeting, actor=actor, version=meeting.version)


def speak(world: World, actor: Any, choose: Choose) -> None:
    """An opinion of a county or a township deputy."""
    meeting = choose(_meetings())
    speaker = choose([world.house.lead, world.house.local])
    meetings.add_opinion(meeting, actor=actor, version=meeting.version, speaker=speaker, text="南门村管网漏水")


def explain(world: World, actor: Any, choose: Choose) -> None:
    """Any, accepted or not."""
    row = choose(_opinions())
    words = {"text": "《农村供水条例》", "acknowledgement": choose(["UNDERSTANDS", "NOT"])}
    outcomes.explain(row, actor=actor, version=row.meeting.version, **words)


def promise(world: World, actor: Any, choose: Choose) -> None:
    """Any, for a day to come or one gone by."""
    row = choose(_opinions())
    words = {"text": "换管80米", "person": "钱局长", "due_on": clock.today() + timedelta(choose([15, -1]))}
    outcomes.promise(row, actor=actor, version=row.meeting.version, organ=world.house.bureau, **words)


def forward(world: World, actor: Any, choose: Choose) -> None:
    """On any of the ways, led by somebody who may or may not."""
    row = choose(_opinions())
    way = choose(["COUNTY_LEAD", "TOWNSHIP", "COMMITTEE"])
    lead = choose([world.house.lead, world.house.local]) if way == "COUNTY_LEAD" else None
    due = clock.today() + timedelta(30) if way == "TOWNSHIP" else None
    outcomes.forward(row, actor=actor, version=row.meeting.version, way=way, county_lead=lead, due_on=due)


def close_meeting(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    meeting = choose(_meetings())
    meetings.close_meeting(meeting, actor=actor, version=meeting.version)


def reopen_meeting(world: World, actor: Any, choose: Choose) -> None:
    """Any."""
    meeting = choose(_meetings())
    meetings.reopen_meeting(meeting, actor=actor, version=meeting.version, reason="漏录一条")


def collect_meeting(world: World, actor: Any, choose: Choose) -> None:
    """What it forwarded."""
    collecting.collect_meeting(choose(_meetings()), actor=actor)


def collect_promise(world: World, actor: Any, choose: Choose) -> None:
    """A promise, kept or not."""
    collecting.collect(actor=actor, promise=choose(_promises()))


def report_done(world: World, actor: Any, choose: Choose) -> None:
    """By whoever."""
    row = choose(_promises())
    words = {"text": "已换管", "on": clock.today(), "how": _road(actor)}
    promises.report_done(row, actor=actor, version=row.version, **words)


def confirm_kept(world: World, actor: Any, choose: Choose) -> None:
    """By whoever."""
    row = choose(_promises())
    promises.confirm_kept(row, actor=actor, version=row.version, how=_road(actor))


def deny(world: World, actor: Any, choose: Choose) -> None:
    """By whoever."""
    row = choose(_promises())
    promises.deny(row, actor=actor, version=row.version, words="还在漏", how=_road(actor))


def declare_not_kept(world: World, actor: Any, choose: Choose) -> None:
    """Before its day or after."""
    row = choose(_promises())
    promises.declare_not_kept(row, actor=actor, version=row.version, reason="逾期未办")


#: Who is meant to do each act; whoever else tries must be refused or do no harm.
ACTS: dict[Callable[[World, Any, Choose], None], tuple[str, ...]] = {
    draft: ("deputy", "staff"),
    edit_draft: ("deputy", "staff"),
    confirm_draft: ("deputy", "staff"),
    invite: ("deputy", "staff"),
    co_sign: ("co_signer", "staff"),
    decline: ("co_signer",),
    discard: ("deputy",),
    hand_in: ("deputy", "staff"),
    submit: ("staff",),
    send_back_to_deputy: ("staff",),
    refuse: ("staff",),
    refer: ("staff",),
    register: ("staff",),
    correct: ("staff",),
    nominate_key: ("staff",),
    designate_key: ("staff",),
    decline_key: ("staff",),
    hand_over: ("staff",),
    allot: ("office",),
    send_back: ("office",),
    sign_receipt: ("host", "co_host"),
    raise_objection: ("host", "co_host"),
    reopen_objection: ("office", "staff"),
    agree_objection: ("office",),
    grant_objection: ("staff", "vice"),
    refuse_objection: ("staff", "office"),
    merge: ("staff",),
    dissolve: ("staff",),
    record_contact: ("host",),
    give_opinion: ("co_host",),
    draft_reply: ("host",),
    submit_reply: ("host",),
    sign_reply: ("host",),
    evaluate: ("deputy", "staff"),
    release_verdict: ("staff",),
    hand_in_form: ("host",),
    confirm_form: ("staff",),
    report_commitment: ("host", "staff"),
    confirm_commitment: ("deputy", "co_signer", "staff"),
    deny_commitment: ("deputy", "co_signer"),
    note_broken: ("staff",),
    leave_office: ("staff",),
    continue_with: ("staff",),
    request_extension: ("host",),
    agree_extension: ("office",),
    grant_extension: ("staff", "vice"),
    put_on_agenda: ("staff", "vice"),
    go_on: ("staff",),
    end_by_resolution: ("staff",),
    withdraw: ("staff",),
    fill_card: ("staff", "vice"),
    sign_card: ("vice", "staff"),
    report_completion: ("host",),
    conclude: ("vice", "staff"),
    convene: ("meeting_liaison", "staff"),
    open_meeting: ("meeting_liaison", "staff"),
    speak: ("meeting_liaison", "staff"),
    explain: ("meeting_liaison", "staff"),
    promise: ("meeting_liaison", "staff"),
    forward: ("meeting_liaison", "staff"),
    close_meeting: ("meeting_liaison", "staff"),
    reopen_meeting: ("staff",),
    collect_meeting: ("staff",),
    collect_promise: ("staff",),
    report_done: ("handler",),
    confirm_kept: ("speaker", "staff"),
    deny: ("speaker",),
    declare_not_kept: ("staff",),
}


def actor_called(world: World, name: str) -> Any:
    """Somebody of the world by the part they play."""
    own = {
        "vice": world.vice, "meeting_liaison": world.house.liaison, "handler": world.house.handler,
        "speaker": world.house.deputy,
    }  # fmt: skip
    return own.get(name) or getattr(world.county, name)


def _road(actor: Any) -> str:
    return "IN_SYSTEM" if actor.is_deputy or actor.is_organ else "PAPER"


def _cases() -> list[Suggestion]:
    return list(Suggestion.objects.select_related("lead__person").order_by("-pk"))


def _parts() -> list[Assignment]:
    return list(Assignment.objects.select_related("suggestion", "organ").order_by("-pk"))


def _replies() -> list[Reply]:
    return list(Reply.objects.select_related("assignment__suggestion__lead", "assignment__organ").order_by("-pk"))


def _commitments() -> list[Commitment]:
    return list(Commitment.objects.select_related("organ", "reply__assignment__suggestion").order_by("-pk"))


def _version(row: Commitment) -> int:
    return row.reply.assignment.suggestion.version


def _meetings() -> list[Meeting]:
    return list(Meeting.objects.select_related("cycle", "station").order_by("-pk"))


def _opinions() -> list[MeetingOpinion]:
    return list(MeetingOpinion.objects.select_related("meeting").order_by("-pk"))


def _promises() -> list[Promise]:
    return list(Promise.objects.select_related("organ", "meeting_opinion__meeting").order_by("-pk"))
