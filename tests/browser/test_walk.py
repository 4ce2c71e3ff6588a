"""The whole walk as people do it: from a voter's words to the telling, by clicks, on phones and desks."""

import re

import pytest

from suggestions.defaults import CLASSES
from supervision.demo import letters
from supervision.demo.cast import DEPUTY, DEPUTY2, FINANCE, OFFICE, WATER, county_mandate
from tests.browser.desk import Desk
from workflow import clock

pytestmark = pytest.mark.browser

CYCLE = "农村饮水安全专题议政"
TITLE = "关于解决石桥镇下庄村夏季供水不足的建议"
THIN = "下庄村夏天水压低，三个组每天断水。"
FROZEN = "入冬水管冻裂，报修电话打不通。"
SOURCE = "镇区主管道老化，漏水严重。"
SOLVED = " ".join(CLASSES[0][:2])
WORDS = "一到夏天水就跟线一样细，接一桶水要半个钟头，做饭都不够。"


@pytest.fixture
def people(visitor):
    """Everybody who takes part, each called when first needed."""
    return People(visitor)


@pytest.fixture
def letter(tmp_path):
    """The sealed letter as the bureau scans it."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.pdf(WATER, "望水函〔2026〕90号", ["　　您提出的建议收悉。"]))
    return path


class People:
    PHONES = ("deputy", "deputy2", "station")

    def __init__(self, visitor):
        self.visitor, self.known = visitor, {}

    def __getattr__(self, username):
        if username not in self.known:
            self.known[username] = Desk(self.visitor, username, phone=username in self.PHONES)
        return self.known[username]


def prepare(people):
    staff, today = people.staff, clock.today().isoformat()
    staff.menu("/deliberations/cycles/").see("walk-01-cycles").press("/cycles/new/")
    staff.see("walk-02-plan").send(title=CYCLE, first_meeting_on=today, stations=["石桥镇代表之家"])
    for title in ("农村饮水安全", "农村客运班线"):
        staff.act(
            "/add_topic/", title=title, source="PUBLIC_HOT_ISSUE", reasons="群众反映集中，去年走访记录中多次提到。",
            proposing_body="县人大农业农村委",
        )  # fmt: skip
    staff.see("walk-03-pool").act("/select_topics/", topics=["农村饮水安全"], number="望人主会〔2026〕11号")
    staff.press("/drop_topic/").see("walk-04-drop").send(
        reason="县政府已列入明年民生实事。", number="望人主会〔2026〕11号"
    )
    staff.see("walk-05-gate").act("/move_on/")
    staff.press("/issue_notice/").see("walk-06-notice").send(override_reason="汛期抢修", agreed_by="李建华副主任")
    people.station.mail(CYCLE).see("walk-07-notice-phone").press("/receive_notice/")
    people.station.see("walk-08-received").act("/convey_notice/")


def train_and_visit(people):
    staff = people.staff.menu("/deliberations/cycles/").follow(CYCLE)
    staff.act(
        "/record_training/", title="议政代表培训", place="石桥镇代表之家", lecturer="王芳",
        content="怎样走访、怎样记原话、怎样提意见。", hours="2", due="12", present="11",
    )  # fmt: skip
    staff.act("/record_publicity/", channel="WECHAT", title="石桥镇请您来说说吃水的事", topics=["农村饮水安全"])
    staff.act("/move_on/").see("walk-09-visiting")
    deputy = people.deputy
    deputy.see("walk-10-deputy-home").press("/visits/new/").see("walk-11-note")
    deputy.note(words=WORDS, who="王秀英", tell_wish="yes").see("walk-12-noted")
    liaison = people.station.menu("/").see("walk-13-liaison-home")
    liaison.menu("/deliberations/visits/").see("walk-14-visits").row().see("walk-15-note-of-deputy")
    liaison.press("/complete/").see("walk-16-complete")
    liaison.send(
        place="下庄村王家院子", topics=["农村饮水安全"], wish="夏天也有水用。", field="农业农村", topic="农村饮水安全",
        route="TO_MEETING", village="下庄村", category="VOTER",
    ).see("walk-17-completed")  # fmt: skip
    deputy.mail("走访").see("walk-18-to-confirm").press("/confirm/").send().see("walk-19-confirmed")


def deliberate(people):
    liaison, lead = people.station, lead_name()
    liaison.menu("/deliberations/cycles/").row(CYCLE).see("walk-20-cycle-of-liaison").press("/meeting/")
    liaison.see("walk-21-convene").send(time="09:00", chair="姜林波").see("walk-22-convened")
    people.deputy.mail("议政座谈会").see("walk-23-invited")
    liaison.press("/open_meeting/").send().press("/note_attendance/").see("walk-24-attendance")
    liaison.send(present=f"{WATER} 史浩志 办公室主任", recorder="姜林波")
    for text in (THIN, FROZEN, SOURCE):
        liaison.send(
            speaker=lead, text=text, topic="农村饮水安全", field="农业农村", basis=["一到夏天"] if text == THIN else []
        )
    liaison.see("walk-25-three-opinions").at(FROZEN, "/explain/").see("walk-26-explain").send(
        text="冬季集中检修，水管员电话已在村务栏公布。", acknowledgement="ACCEPTS"
    )
    liaison.at(SOURCE, "/promise/").see("walk-27-promise").send(text="更换镇区老化主管道三百米")
    liaison.at(THIN, "/forward/").see("walk-28-forward").send(way="COUNTY_LEAD", county_lead=lead)
    liaison.see("walk-29-decided").follow("承诺清单").see("walk-30-promise-sheet").press("/deliberations/meetings/")
    liaison.press("/close_meeting/").send().see("walk-31-closed")
    people.unit.mail("承诺").see("walk-32-promise-of-unit")


def draft(people):
    staff, deputy = people.staff, people.deputy
    staff.menu("/suggestions/intake/").see("walk-33-intake").press("/collect/meetings/").see("walk-34-collected")
    deputy.menu("/").see("walk-35-deputy-has-a-draft").mail("草稿").see("walk-36-draft")
    deputy.press("/edit_draft/").see("walk-37-write").send(
        title=TITLE, facts="下庄村三个组夏季水压不足，每天断水四五个小时。", demand="建议增设加压泵站，入夏前通水。"
    )
    deputy.see("walk-38-written").press("/invite/").see("walk-39-invite").send(nearby=[second_name()])
    people.deputy2.mail("联名").see("walk-40-asked").press("/co_sign/").see("walk-41-signed-along")
    deputy.menu("/").mail("联名").see("walk-42-lead-sees").press("/submit/").see("walk-43-hand-in").send()
    deputy.see("walk-44-handed-in")


def register(people):
    staff = people.staff.menu("/suggestions/intake/").see("walk-45-handed-in-at-staff")
    staff.row(TITLE).see("walk-46-to-register").press("/register/").see("walk-47-register").send(field="农业农村")
    staff.act("/nominate_key/", reason="涉及三个村的吃水，群众反映多年。").see("walk-48-nominated")
    pk = re.search(r"/suggestions/(\d+)/", staff.page.url)[1]
    staff.menu("/suggestions/key/").see("walk-49-key-list").send(
        **{f"key_{pk}": True, f"why_{pk}": "HOT", f"leader_{pk}": "李建华", f"body_{pk}": "农业农村"},
        number="望人主会〔2026〕12号",
    )
    staff.see("walk-50-designated").row(TITLE)
    staff.see("walk-51-key").press("/cards/fill/").see("walk-52-card").send(organ=WATER, organ_leader="姚宏").see(
        "walk-53-card-filled"
    )
    staff.press("/sheet/").see("walk-54-card-sheet")
    vice = people.vice.see("walk-55-today").follow(TITLE).see("walk-56-card-of-vice")
    vice.press("/sign_card/").see("walk-57-sign-card").send().see("walk-58-card-issued")


def hand_over(people):
    staff, office = people.staff, people.govoffice
    staff.menu("/deliberations/hand-over-meetings/").press("/new/").see("walk-59-plan-hand-over").send(
        place="县政府二楼会议室", convenor="县政府办公室", key_only=True
    )
    staff.press("/open/").send().press("/note_attendance/").see("walk-60-sheet").send(present=f"{OFFICE} 刘强 副主任")
    staff.see("walk-61-hand-over-meeting").press("/hand-overs/").see("walk-62-hand-over-many").send()
    staff.see("walk-63-handed-over").press("/sheet/").see("walk-64-hand-over-sheet")
    staff.page.go_back()
    staff.press("/close/").send()
    office.mail(TITLE).see("walk-65-at-office").press("/allot/").see("walk-66-allot").send(
        host=WATER, co_hosts=[FINANCE]
    )
    office.see("walk-67-allotted")


def answer(people, letter):
    unit, finance = people.unit, people.unit2
    unit.see("walk-68-desk-of-unit").mail(TITLE).see("walk-69-case-of-unit").act("/sign_receipt/")
    contact(unit, "walk-70-contact")
    finance.mail(TITLE).act("/sign_receipt/").press("/give_opinion/").see("walk-71-opinion").send(
        text="资金从水利专项中安排。", signed_by="郭志"
    )
    reply(unit, letter, "望水函〔2026〕90号", "walk-72-reply", "walk-73-letter")
    unit.see("walk-74-answered").act("/deliver/", way="HAND")
    judge(people.deputy, "DISSATISFIED", "只写了研究，没有写哪天装泵。", "walk-75")
    people.staff.menu("/").see("walk-78-desk-of-staff").mail(TITLE).press("/release_verdict/").see(
        "walk-79-release"
    ).send()
    people.staff.see("walk-80-second-round")


def contact(unit, name):
    unit.press("/record_contact/").see(name).send(
        manner="VISIT", people="史浩志（办公室）", points="到下庄村看了水压，约定入夏前通水。"
    )


def reply(unit, letter, doc_no, *names):
    unit.press("/draft_reply/")
    unit.see(names[0]).send(result_class=SOLVED, body="泵站已经立项，五月底前通水。")
    unit.act("/submit_reply/").press("/sign_reply/")
    unit.see(names[1]).send(doc_no=doc_no, scan=letter)


def judge(deputy, result, text, name):
    number = int(name[-2:])
    deputy.menu("/").see(f"walk-{number}-deputy-has-an-answer").mail(TITLE).see(f"walk-{number + 1}-answer")
    deputy.press("/evaluate/").see(f"walk-{number + 2}-evaluate").send(attitude="SATISFIED", result=result, text=text)


def end(people, letter):
    unit, finance = people.unit, people.unit2
    unit.mail(TITLE).see("walk-81-again")
    finance.mail(TITLE).act("/give_opinion/", text="同意追加。", signed_by="郭志")
    contact(unit, "walk-82-contact-again")
    reply(unit, letter, "望水函〔2026〕91号", "walk-83-reply-again", "walk-83-letter-again")
    unit.act("/deliver/", way="HAND")
    judge(people.deputy, "SATISFIED", "", "walk-84")
    people.staff.mail(TITLE).act("/release_verdict/").see("walk-87-closed")
    unit.follow("督办〔").press("/report_completion/").see("walk-88-report").send(report="泵站已经立项，工期写进合同。")
    people.vice.menu("/cards/").see("walk-89-cards").row(TITLE).press("/conclude/").see("walk-90-conclude").send(
        accepted="yes", conclusion="同意销号，明年五月回头看。"
    )
    liaison = (
        people.station.menu("/")
        .see("walk-91-liaison-tells")
        .follow("结果待告诉选民")
        .row(TITLE)
        .see("walk-92-case-of-liaison")
    )
    liaison.press("/tell/").see("walk-93-tell").send().see("walk-94-told")
    for username in ("station", "staff", "deputy", "unit"):
        desk = getattr(people, username)
        desk.menu("/suggestions/").row(TITLE).press("/chain/").see(f"walk-95-chain-{username}")


def lead_name():
    return county_mandate(DEPUTY).person.name


def second_name():
    return county_mandate(DEPUTY2).person.name


STAGES = (prepare, train_and_visit, deliberate, draft, register, hand_over, answer, end)


def test_the_walk(people, letter):
    for stage in STAGES:
        stage(people, *([letter] if stage in (answer, end) else []))
