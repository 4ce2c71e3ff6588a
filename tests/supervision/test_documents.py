"""The supervision card as a Word document (F3, scenario 31), and the county's own templates of every form."""

import re
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from accounts.models import Role
from accounts.transitions.accounts import Verb
from files.documents.writing import check, own_template, render
from files.models import DocumentTemplate
from supervision.documents import CARD, FORMS
from supervision.transitions.document_templates import drop_template, use_template
from tests.factory import make_actor
from tests.files.words import cells, gaps, template, words
from tests.suggestions.factory import TODAY, accepted, evaluate, make_county, noon, release, replied
from tests.suggestions.web import send, signed_in
from tests.supervision.card_factory import (
    concluded,
    current,
    filled,
    issued,
    key_case,
    make_body,
    make_leader,
    reported,
    signed,
)
from tools import documents as tool
from workflow import chain
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db

OWN = template("本县的督办卡 {{督办卡号}}", "{{建议标题}}")


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


@pytest.fixture
def leader(county):
    return make_leader()


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


def card_of(actor, card):
    return signed_in(actor).get(reverse("supervision:card_document", args=[card.pk]))


def upload(content=OWN, name="本县督办卡.docx"):
    return SimpleUploadedFile(name, content)


def page(name, *args):
    return reverse(f"supervision:{name}", args=args)


class TestCard:
    def test_issued_it_names_responsibility_time_and_room_for_the_rest(self, county, leader):
        card = issued(county, leader, make_body())
        answer = card_of(county.staff, card)
        told = cells(answer.content)
        assert (told["签发日期"], told["完成时限"]) == ("2026年3月16日", "2026年5月29日")
        assert (told["建议编号"], told["建议标题"]) == (card.suggestion.number, card.suggestion.title)
        assert (told["提出代表"], told["代表家站"]) == ("赵大海、钱小河", county.station.name)
        assert told["列为重点\n的理由"] == "事关全县民生"
        assert told["主任会议"] == "县人大主任会议纪要〔2026〕3号 2026年3月16日"
        assert told["督办领导"] == leader.user.person.name
        assert told["督办工委\n督办人"] == f"{current(card).body.name}\n冯主任"
        assert (told["责任单位"], told["责任领导"], told["承办人"]) == ("县交通运输局", "李副局长", "周科员")
        assert (told["联系电话"], told["配合单位"]) == ("0310-5212345", "县财政局")
        assert told["督办要求"] == "两个月内完工"
        assert leader.user.person.name in told["督办领导签字"]
        assert {told[label].strip() for label in ("进展情况\n（按月）", "督办记录")} == {""}
        for label in ("办结反馈", "代表意见", "督办领导意见\n（销号）"):
            assert told[label].strip().startswith("签字："), label
        assert card.number in words(answer.content)
        assert gaps(answer.content) == 0
        name = unquote(answer["Content-Disposition"].split("''")[1])
        assert name == f"督办卡 {card.number} {card.suggestion.number}.docx"

    def test_struck_off_it_tells_report_opinion_and_conclusion(self, county, leader):
        case = key_case(county, leader)
        card = signed(county, filled(county, case))
        reply = replied(county, case)
        evaluate(county, reply, text="路修好了。")
        release(county, case)
        reported(county, current(card))
        concluded(county, current(card))
        told = cells(card_of(county.host, card).content)
        assert told["办结反馈"] == "道路已拓宽并通车。\n签字：李副局长　2026年3月16日"
        assert told["代表意见"] == "满意。路修好了。"
        assert told["督办领导意见\n（销号）"].startswith("同意销号。\n签字：")

    def test_not_signed_yet_it_has_room_for_that_and_is_the_committees_only(self, county, leader):
        card = filled(county, key_case(county, leader))
        told = cells(card_of(county.staff, card).content)
        assert told["签发日期"] == ""
        assert "年　　月　　日" in told["督办领导签字"]
        assert card_of(county.host, card).status_code == 404

    def test_the_opinion_is_not_read_before_it_is_released(self, county, leader):
        case = key_case(county, leader)
        card = signed(county, filled(county, case))
        evaluate(county, replied(county, case), text="路修好了。")
        reported(county, current(card))
        assert "路修好了" not in words(card_of(county.host, card).content)
        assert "路修好了" in words(card_of(county.staff, card).content)

    def test_the_page_of_a_card_offers_it(self, county, leader):
        card = issued(county, leader)
        html = signed_in(county.host).get(page("card", card.pk)).content.decode()
        assert page("card_document", card.pk) in html

    def test_who_does_not_see_the_suggestion_has_no_card(self, county, leader):
        assert card_of(county.stranger, issued(county, leader)).status_code == 404


class TestShippedTemplates:
    @pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
    def test_each_passes_the_trial_and_uses_every_placeholder(self, form):
        check(form, f"{form.name}.docx", form.shipped())
        with ZipFile(BytesIO(form.shipped())) as package:
            text = re.sub(r"<[^>]*>", "", package.read("word/document.xml").decode())
        unused = [row.name for row in form.placeholders if row.name not in text]
        assert unused == []

    @pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
    def test_each_is_laid_out_as_gb_t_9704_has_it(self, form):
        document = Document(BytesIO(form.shipped()))
        section = document.sections[0]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        normal = document.styles["Normal"]
        assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16, 28)
        with ZipFile(BytesIO(form.shipped())) as package:
            xml = (package.read("word/document.xml") + package.read("word/styles.xml")).decode()
        assert {"仿宋_GB2312", "方正小标宋简体"} <= set(re.findall(r'w:eastAsia="([^"]+)"', xml))

    def test_they_are_what_the_tool_makes(self, tmp_path, monkeypatch):
        monkeypatch.setattr(tool, "FOLDER", tmp_path)
        tool.main()
        for form in FORMS.values():
            with ZipFile(tmp_path / f"{form.name}.docx") as made, ZipFile(BytesIO(form.shipped())) as shipped:
                assert {name: made.read(name) for name in made.namelist()} == {
                    name: shipped.read(name) for name in shipped.namelist()
                }, form.name


class TestOwnTemplate:
    def test_put_in_use_the_form_is_written_from_it(self, county, leader):
        card = issued(county, leader)
        use_template(CARD, actor=county.staff, file=upload())
        assert words(card_of(county.staff, card).content) == f"本县的督办卡 {card.number}\n{card.suggestion.title}"

    def test_the_former_one_stays(self, staff):
        first = use_template(CARD, actor=staff, file=upload())
        second = use_template(CARD, actor=staff, file=upload(template("新{{督办卡号}}")))
        first.refresh_from_db()
        assert first.until is not None
        assert own_template(CARD) == second

    def test_taken_back_the_portals_is_used(self, staff):
        use_template(CARD, actor=staff, file=upload())
        drop_template(CARD, actor=staff)
        assert own_template(CARD) is None
        assert "重点建议督办卡" in words(render(CARD, [CARD.trial()]))
        with pytest.raises(Conflict):
            drop_template(CARD, actor=staff)

    def test_both_stand_in_the_record_of_who_did_it(self, staff):
        row = use_template(CARD, actor=staff, file=upload())
        drop_template(CARD, actor=staff)
        events = list(staff.user.events.order_by("seq"))
        assert [event.verb for event in events[-2:]] == [Verb.USE_TEMPLATE, Verb.DROP_TEMPLATE]
        for event in events[-2:]:
            assert event.detail.changes == {"form": "督办卡", "file": "本县督办卡.docx", "sha256": row.file.sha256}
        staff.user.refresh_from_db()
        assert chain.faults(staff.user, events) == []

    def test_a_refused_one_changes_nothing(self, staff):
        row = use_template(CARD, actor=staff, file=upload())
        with pytest.raises(Invalid):
            use_template(CARD, actor=staff, file=upload(template("{{没有}}")))
        assert own_template(CARD) == row
        assert DocumentTemplate.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.CHAIRPERSON, Role.SYSTEM_ADMIN, Role.WORKING_BODY, Role.STATION])
    def test_only_staff_keep_templates(self, role):
        other = make_actor(role)
        with pytest.raises(NotAllowed):
            use_template(CARD, actor=other, file=upload())
        with pytest.raises(NotAllowed):
            drop_template(CARD, actor=other)

    def test_a_file_in_use_is_owned_and_not_swept_away(self, staff):
        row = use_template(CARD, actor=staff, file=upload())
        assert not type(row.file).objects.unowned().filter(pk=row.file_id).exists()


class TestPages:
    def test_the_list_names_each_form_and_its_template(self, staff):
        use_template(CARD, actor=staff, file=upload())
        html = signed_in(staff).get(page("document_templates")).content.decode()
        for form in FORMS.values():
            assert form.title in html
            assert page("document_template", form.name) in html
        assert "本县督办卡.docx" in html

    @pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
    def test_each_placeholder_is_explained(self, staff, form):
        html = signed_in(staff).get(page("document_template", form.name)).content.decode()
        for row in form.placeholders:
            assert row.meaning in html
            for part in row.parts or (row,):
                assert part.name in html

    def test_one_is_put_in_downloaded_and_taken_back_by_the_page(self, staff):
        answer = send(staff, page("document_template", "card"), file=upload())
        assert answer.status_code == 302
        row = own_template(CARD)
        client = signed_in(staff)
        html = client.get(page("document_template", "card")).content.decode()
        assert page("own_template", "card", row.pk) in html
        assert b"".join(client.get(page("own_template", "card", row.pk))) == OWN
        assert send(staff, page("drop_template", "card")).status_code == 302
        assert own_template(CARD) is None
        html = client.get(page("document_template", "card")).content.decode()
        assert page("own_template", "card", row.pk) in html

    def test_a_bad_one_is_refused_with_its_sentence_on_the_page(self, staff):
        answer = send(staff, page("document_template", "card"), file=upload(template("{{督办卡号}}{{领导名}}")))
        assert answer.status_code == 422
        assert "领导名" in answer.content.decode()
        assert own_template(CARD) is None

    def test_the_portals_own_is_downloaded_to_begin_from(self, staff):
        answer = signed_in(staff).get(page("shipped_template", "slip"))
        assert answer.content == FORMS["slip"].shipped()
        assert unquote(answer["Content-Disposition"]).endswith("交办单模板.docx")

    def test_what_was_downloaded_can_be_put_in_as_it_is(self, staff):
        for form in FORMS.values():
            use_template(form, actor=staff, file=upload(form.shipped(), f"{form.name}.docx"))
        assert DocumentTemplate.objects.filter(until=None).count() == len(FORMS)

    def test_a_form_there_is_not_has_no_page(self, staff):
        for name in ("document_template", "drop_template", "shipped_template"):
            assert signed_in(staff).get(page(name, "nothing")).status_code == 404
        row = use_template(CARD, actor=staff, file=upload())
        assert signed_in(staff).get(page("own_template", "slip", row.pk)).status_code == 404


def test_no_document_of_an_organ_tells_what_only_the_committee_reads(county, leader):
    reply = replied(county, accepted(county))
    evaluate(county, reply, private_remark="悄悄话")
    for name, args in (
        ("letter_document", [reply.assignment.suggestion_id, reply.assignment_id, "headed"]),
        ("opinion_forms", [reply.assignment.suggestion_id, reply.assignment_id]),
    ):
        for actor in (county.host, county.staff):
            answer = signed_in(actor).get(reverse(f"suggestions:{name}", args=args))
            assert "悄悄话" not in words(answer.content)
