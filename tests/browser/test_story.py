"""The main job as people do it: entered, handed over, answered, not satisfied, answered again, closed."""

import re

import pytest

from suggestions.defaults import CLASSES
from suggestions.models import Suggestion
from supervision.demo import letters
from supervision.demo.cast import FINANCE, OFFICE, WATER
from tests.browser.watching import PHONE, picture, sign_in

pytestmark = pytest.mark.browser

SOLVED = " ".join(CLASSES[0][:2])
TITLE = "关于疏通石桥镇中心小学门前排水沟的建议"


class Desk:
    """One person at their own browser."""

    def __init__(self, visitor, username, size=None):
        self.page = visitor(size, has_touch=True, is_mobile=True) if size else visitor()
        sign_in(self.page, username)

    def act(self, case, verb, /, *, label=None, pick=None, tick=None, boxes=(), file=None, **fields):
        """Open the case, press the act's button, fill its page, send it, and be back at the case."""
        page = self.page
        page.goto(case)
        page.click(f".acts-bar a[href$='/{verb}/']")
        for name, value in fields.items():
            page.fill(f"main [name={name}]", value)
        for name, words in (label or {}).items():
            page.select_option(f"main [name={name}]", label=words)
        for name, value in (pick or {}).items():
            page.select_option(f"main [name={name}]", value)
        for name, value in (tick or {}).items():
            page.locator(
                f"main label:has([name={name}][value={value}]), main [name={name}][value={value}]"
            ).first.click()
        for words in boxes:
            page.get_by_label(words, exact=True).check()
        if file:
            page.set_input_files("main [type=file]", file)
        page.click("main form:has([name=version]) button[type=submit]")
        page.wait_for_url(re.compile(re.escape(case) + "$"))


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.pdf(WATER, "望水函〔2026〕90号", ["　　您提出的建议收悉。"]))
    return path


def enter(staff):
    page = staff.page
    page.goto("/suggestions/new/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=lead]", "X0034")
    page.fill("[name=co_signers]", "X0124")
    page.fill("[name=facts]", "一下雨校门口积水没过脚面，孩子们踩着砖头进校门。")
    page.fill("[name=demand]", "建议疏通排水沟并加盖板。")
    page.select_option("[name=origin]", "BETWEEN")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_url(re.compile("/register/$"))
    case = re.search(r"/suggestions/\d+/", page.url)[0]
    page.select_option("[name=field]", label="教科文卫")
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_url(re.compile(re.escape(case) + "$"))
    return case


def answer(unit, case, letter, doc_no):
    """Contact, draft, signature."""
    unit.act(case, "record_contact", people="史浩志（办公室）", points="到校门口现场查看。", pick={"manner": "TALK"})
    unit.act(case, "draft_reply", body="排水沟已疏通，盖板已铺设。", label={"result_class": SOLVED})
    unit.act(case, "submit_reply")
    unit.act(case, "sign_reply", doc_no=doc_no, signed_by="龙凯福", file=letter)


def judge(deputy, case, result, text=""):
    """The deputy comes by the notification, on the phone."""
    page = deputy.page
    page.goto("/inbox/")
    picture(page, f"story-inbox-{result}")
    page.click(f"td.key a:has-text('{TITLE}')")
    page.wait_for_url(re.compile(re.escape(case) + "$"))
    picture(page, f"story-answered-{result}")
    deputy.act(case, "evaluate", text=text, tick={"attitude": "SATISFIED", "result": result})
    picture(page, f"story-judged-{result}")


def test_a_suggestion_from_paper_to_its_end(visitor, letter):
    staff, office = Desk(visitor, "staff"), Desk(visitor, "govoffice")
    unit, finance, deputy = Desk(visitor, "unit"), Desk(visitor, "unit2"), Desk(visitor, "deputy", PHONE)
    case = enter(staff)
    staff.act(case, "hand_over", label={"to": OFFICE})
    office.act(case, "allot", label={"host": WATER}, boxes=[FINANCE])
    unit.act(case, "sign_receipt")
    finance.act(case, "sign_receipt")
    finance.act(case, "give_opinion", text="所需资金从校舍维修经费中安排。", signed_by="郭志")
    answer(unit, case, letter, "望水函〔2026〕90号")
    judge(deputy, case, "DISSATISFIED", text="沟通了，盖板没有铺到校门口。")
    staff.act(case, "release_verdict")
    picture(staff.page, "story-second-round")
    finance.act(case, "give_opinion", text="同意追加。", signed_by="郭志")
    answer(unit, case, letter, "望水函〔2026〕91号")
    unit.act(case, "deliver", pick={"way": "HAND"})
    judge(deputy, case, "SATISFIED")
    staff.act(case, "release_verdict")
    picture(staff.page, "story-closed")
    ended = Suggestion.objects.get(title=TITLE)
    assert (ended.status, ended.closing_basis, ended.round) == ("CLOSED", "SATISFIED", 2)
