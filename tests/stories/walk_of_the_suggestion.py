"""The second half of the walk, by its pages: from intake over two rounds of handling to the voter's being told."""

from datetime import date
from typing import Any

from django.urls import reverse

from deliberations.models import Meeting, Visit
from suggestions.models import Assignment, Reply, ResultClass, Suggestion
from supervision.models import Card
from tests.stories.walking import VOTER, WORDS, People, heap, press, read, refused, text, tile, told
from tests.suggestions.checks import clock_of
from tests.suggestions.web import act_url, pdf, signed_in

LIST, KEY_LIST, CARDS = reverse("suggestions:list"), reverse("suggestions:key_list"), reverse("supervision:cards")
MINUTES = {"number": "县人大主任会议纪要〔2026〕4号", "on": "2026-03-27"}
TALK = {"stage": "DURING", "people": "周科员", "points": "一起看了现场，说明了征地的难处。"}


def part_of(case: Suggestion, actor: Any) -> Assignment:
    """The part of the actor's organ in the present round."""
    case.refresh_from_db()
    return Assignment.objects.get(suggestion=case, round=case.round, organ=actor.organ_id)


def detail(case: Suggestion) -> str:
    """The page of the suggestion."""
    return reverse("suggestions:detail", args=[case.pk])


def of_card(card: Card, verb: str) -> str:
    """The page of an act of the card."""
    return reverse("supervision:card_act", args=[card.pk, verb])


def register_and_nominate(people: People, case: Suggestion) -> None:
    """20 March: staff find it on their desk, number and classify it, and nominate it as key (R57)."""
    staff = people.county.staff
    assert tile(staff, f"{LIST}?status=SUBMITTED") == 1
    told(staff, "suggestion.handed_in")
    press(staff, act_url(case, "register"), field=people.field.pk, reply_term="NORMAL")
    press(staff, act_url(case, "nominate_key"), reason="涉及全县群众出行")
    case.refresh_from_db()
    assert (case.number, case.status, case.is_key) == ("议政第001号", "REGISTERED", False)
    assert heap(staff, KEY_LIST) == 1
    assert signed_in(staff).get(act_url(case, "hand_over")).status_code == 409


def designate(people: People, case: Suggestion) -> None:
    """27 March: the council's resolution names who is in charge and which body follows it (R58)."""
    staff, leader, body = people.county.staff, people.vice.user.person, people.body.post.organ
    press(
        staff, act_url(case, "designate_key"), leader=leader.pk, body=body.pk, key_reason="HOT", scan=pdf("纪要.pdf"),
        **MINUTES,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.is_key, case.supervising_leader, case.supervising_body) == (True, leader, body)
    assert heap(staff, KEY_LIST) == 0
    assert heap(staff, CARDS) == 1
    told(people.vice, "suggestion.designate_key")
    told(people.body, "suggestion.designate_key")


def hold_hand_over_meeting(people: People) -> Meeting:
    """30 March: planned, opened, and who came is noted."""
    county = people.county
    press(
        county.staff, reverse("deliberations:plan_hand_over_meeting"), held_on="2026-03-30", place="县政府三楼会议室",
        convenor="县人大常委会",
    )  # fmt: skip
    meeting = Meeting.objects.get(kind="HAND_OVER")
    told(county.office, "meeting.hand_over_planned")
    press(county.staff, _of_handing(meeting, "open"))
    present = f"{county.office.post.organ.name} 吴主任 主任\n{county.bureau.name} 郑局长 局长"
    press(county.staff, _of_handing(meeting, "note_attendance"), present=present)
    return meeting


def hand_over(people: People, case: Suggestion, meeting: Meeting) -> None:
    """The same day, ticked at the meeting: the reply term runs from the meeting, three months (scenario 6)."""
    staff, office = people.county.staff, people.county.office
    assert tile(staff, f"{LIST}?status=REGISTERED") == 1
    press(staff, reverse("suggestions:hand_over_many", args=[meeting.pk]), requirements="请与代表当面沟通。")
    press(staff, _of_handing(meeting, "close"))
    case.refresh_from_db()
    given = case.hand_overs.get()
    assert (case.status, given.meeting, given.slip_no) == ("AT_FORWARDER", meeting, "交办〔2026〕001号")
    assert tile(office, f"{LIST}?status=AT_FORWARDER") == 1
    told(office, "suggestion.hand_over")
    assert_reply_term(
        people, case, "自2026-03-30起3个月：2026-06-30（", round=1, start=date(2026, 3, 30), due=date(2026, 6, 30)
    )


def assert_reply_term(people: People, case: Suggestion, counted: str, *, round: int, start: date, due: date) -> None:
    """The clock of the round; deputy and staff read on the page how it was counted, up to the clause or the holiday."""
    term = clock_of(case, "REPLY", round=round)
    assert (term.start_on, term.due_on, term.original_due_on) == (start, due, due)
    for actor in (people.county.staff, people.county.deputy):
        clocks = [row for row in read(actor, detail(case)).context["clocks"] if row.pk == term.pk]
        assert [row.due_on for row in clocks] == [due]
        assert counted in text(actor, detail(case))


def allot_and_sign(people: People, case: Suggestion) -> None:
    """2 and 3 April: the office chooses host and co-host; both sign for receipt. The reply term stays as it was."""
    county = people.county
    press(county.office, act_url(case, "allot"), host=county.bureau.pk, co_hosts=[county.helper.pk])
    assert clock_of(case, "REPLY", round=1).due_on == date(2026, 6, 30)
    sign_receipts(people, case)
    assert tile(county.host, f"{LIST}?waits=reply") == 1
    assert tile(county.co_host, f"{LIST}?waits=opinion") == 1


def sign_receipts(people: People, case: Suggestion) -> None:
    """Host and co-host say who is responsible and who handles it."""
    county = people.county
    for actor in (county.host, county.co_host):
        assert tile(actor, f"{LIST}?waits=receipt") == 1
        press(
            actor, act_url(case, "sign_receipt", part_of(case, actor)), leader="李副局长", handler="周科员",
            phone="0310-5212345",
        )  # fmt: skip
        assert tile(actor, f"{LIST}?waits=receipt") == 0


def sign_the_card(people: People, case: Suggestion) -> Card:
    """7 April: staff fill in what the case does not tell already; the deputy chairperson signs with one click (R59)."""
    staff, vice = people.county.staff, people.vice
    fill = reverse("supervision:fill_card", args=[case.pk])
    form = read(staff, fill).context["form"]
    assert (form.initial["organ"], form.initial["organ_leader"]) == (people.county.bureau.pk, "李副局长")
    assert form.initial["co_organs"] == [people.county.helper.pk]
    assert MINUTES["number"] in form.initial["why_key"]
    press(staff, fill, milestones="五月底完成征地", due_on="2026-06-20")
    card = Card.objects.get(suggestion=case)
    assert tile(staff, f"{CARDS}?status=DRAFT") == 1
    page = reverse("supervision:card", args=[card.pk])
    assert page in text(vice, reverse("supervision:workbench"))
    assert signed_in(people.county.host).get(page).status_code == 404
    press(vice, of_card(card, "sign_card"))
    card.refresh_from_db()
    assert (card.status, card.versions.get().signed_by) == ("ISSUED", vice.user.person)
    told(people.county.host, "card.signed")
    assert tile(people.county.host, f"{CARDS}?status=ISSUED") == 1
    return card


def answer(people: People, case: Suggestion, *, on: str, code: str, number: str) -> None:
    """Contact in person, the co-host's opinion, the reply with its class, the sealed letter, delivered to both."""
    county = people.county
    host, co_host = part_of(case, county.host), part_of(case, county.co_host)
    draft = {"result_class": ResultClass.objects.get(code=code).pk, "body": "南门路年内加宽到七米。"}
    press(county.host, act_url(case, "draft_reply", host), **draft)
    # neither without a contact nor before the co-host's opinion (scenarios 10 and 14)
    assert refused(county.host, act_url(case, "submit_reply", host)) == 409
    press(county.host, act_url(case, "record_contact", host), on=on, manner="VISIT", **TALK)
    assert refused(county.host, act_url(case, "submit_reply", host)) == 409
    press(county.co_host, act_url(case, "give_opinion", co_host), text="资金可以安排。", on=on, signed_by="吴局长")
    if code == "B":
        # nor, of what is solved only in time, without saying what will be done, by when and by whom (scenario 20)
        assert refused(county.host, act_url(case, "submit_reply", host)) == 409
        line = {"text_0": "南门路加宽到七米", "due_on_0": f"{on[:4]}-12-31", "person_0": "周科员"}
        press(county.host, act_url(case, "draft_reply", host), **draft, **line)
    press(county.host, act_url(case, "submit_reply", host))
    letter = {"doc_no": number, "letter_on": on, "signed_by": "郑局长"}
    press(county.host, act_url(case, "sign_reply", host), **letter, scan=pdf("答复函.pdf"))
    for mandate in (county.lead, county.second):
        press(county.host, act_url(case, "deliver", host), mandate=mandate.pk, way="HAND", on=on)
    reply = Reply.objects.get(assignment=host)
    assert (reply.status, reply.letter_on.isoformat(), reply.doc_no) == ("RELEASED", on, number)
    assert clock_of(case, "REPLY", round=case.round).met_on == date.fromisoformat(on)
    assert tile(county.deputy, f"{LIST}?waits=evaluation") == 1


def judge(people: People, case: Suggestion, result: str, words: str, organ: Any = None) -> None:
    """The deputy's two answers; the organ does not read them, staff are asked to release the verdict."""
    county = people.county
    organ = organ or county.host
    part = part_of(case, organ)
    judged = {"attitude": "SATISFIED", "result": result, "text": words}
    assert part.reply.body in text(county.deputy, act_url(case, "evaluate", part))
    press(county.deputy, act_url(case, "evaluate", part), **judged)
    assert words in text(county.staff, detail(case))
    assert words not in text(organ, detail(case))
    assert tile(county.deputy, f"{LIST}?waits=evaluation") == 0
    assert tile(county.staff, f"{LIST}?waits=verdict") == 1


def open_the_second_round(people: People, case: Suggestion) -> None:
    """18 June: staff release the verdict; the second round has one month of its own (R61)."""
    press(people.county.staff, act_url(case, "release_verdict"))
    case.refresh_from_db()
    assert (case.status, case.round) == ("HANDLING", 2)
    assert_reply_term(
        people, case, "自2026-06-18起1个月：2026-07-18（", round=2, start=date(2026, 6, 18), due=date(2026, 7, 20)
    )
    told(people.county.host, "suggestion.next_round")
    assert "只修了一半" in text(people.county.host, detail(case))
    assert tile(people.county.host, f"{LIST}?waits=reply") == 1


def strike_the_card_off(people: People, card: Card) -> None:
    """The organ reports completion; the deputy chairperson, who reads the deputy's opinion there, strikes it off."""
    press(people.county.host, of_card(card, "report_completion"), report="南门路已加宽通车。")
    told(people.body, "card.reported")
    sections = read(people.vice, reverse("supervision:workbench")).context["sections"]
    assert reverse("supervision:card", args=[card.pk]) in [line.url for part in sections for line in part.lines]
    press(people.vice, of_card(card, "conclude"), accepted="yes", conclusion="同意销号。")
    card.refresh_from_db()
    assert card.status == "STRUCK_OFF"
    told(people.county.host, "card.struck_off")


def close(people: People, case: Suggestion, on: date) -> None:
    """Satisfied and released, it is closed; what is left is to tell the voter."""
    county = people.county
    press(county.staff, act_url(case, "release_verdict"))
    case.refresh_from_db()
    assert (case.status, case.closing_basis, case.closed_on) == ("CLOSED", "SATISFIED", on)
    told(county.deputy, "suggestion.closed")
    assert tile(county.deputy, f"{LIST}?waits=telling") == tile(county.liaison, f"{LIST}?waits=telling") == 1


def tell_the_voter(people: People, case: Suggestion, by: Any) -> None:
    """In words that the page proposes from the answer; then nothing waits any more, and the visit can be settled."""
    visit = Visit.objects.get()
    page = reverse("suggestions:tell", args=[case.pk, visit.opinions.get().pk])
    proposed = read(by, page).context["form"].initial
    assert proposed["final"] == "yes"
    assert "南门路年内加宽到七米。" in proposed["text"]
    assert WORDS in text(by, page)
    assert VOTER not in text(by, page)
    press(by, page, how="PHONE")
    for actor in (people.county.deputy, people.county.liaison):
        assert tile(actor, f"{LIST}?waits=telling") == 0
    press(people.county.liaison, reverse("deliberations:visit_act", args=[visit.pk, "close"]))
    visit.refresh_from_db()
    assert visit.status == "CLOSED"


def _of_handing(meeting: Meeting, verb: str) -> str:
    return reverse("deliberations:hand_over_meeting_act", args=[meeting.pk, verb])
