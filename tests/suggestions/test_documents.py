"""The official forms of a suggestion as Word documents: F2, F8 and F9, whole, for whoever may have them (scenario 31)."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from accounts.models import Officer, Role
from stations.models import CongressSession, Term
from suggestions import documents, transitions
from suggestions.models import HandOver, Suggestion
from tests.deliberations.handing import attended, fresh, opened
from tests.factory import SINCE, make_actor, make_mandate, make_organ, make_person
from tests.files.words import cells, gaps, words
from tests.suggestions.factory import (
    accepted,
    assigned,
    at_office,
    contact,
    drafted,
    judged,
    opinion,
    part_of,
    registered,
    replied,
    submitted,
)
from tests.suggestions.factory import fresh as case_of
from tests.suggestions.test_hand_over_many import key
from tests.suggestions.web import signed_in

LONG = "关于" + "加快推进我县城乡供水一体化" * 5 + "的建议"


def get(actor, name, *args):
    return signed_in(actor).get(reverse(f"suggestions:{name}", args=args))


def slip(actor, case):
    return get(actor, "slip", case.pk, case.hand_overs.last().pk)


def letter(actor, part, kind="headed"):
    return get(actor, "letter_document", part.suggestion_id, part.pk, kind)


def forms(actor, part):
    return get(actor, "opinion_forms", part.suggestion_id, part.pk)


def name_of(answer):
    return unquote(answer["Content-Disposition"].split("''")[1])


def many_hands(county, number, **options):
    """A case with so many who sign along with the lead."""
    others = [make_mandate(make_person(f"代表{n}号"), station=county.station) for n in range(number)]
    return accepted(county, co_signers=others, **options)


class TestSlip:
    def test_it_names_everything_that_is_known(self, county):
        type(county.lead.person).objects.filter(pk=county.lead.person_id).update(phone="13912345678")
        liaison = make_person("吴股长")
        Officer.objects.create(organ=county.bureau, person=liaison, duty="LIAISON", since=SINCE)
        case = accepted(county)
        answer = slip(county.staff, case)
        told = cells(answer.content)
        assert told["交办会(批次)"] == "单独交办"
        assert (told["建议编号"], told["建议标题"]) == (case.number, case.title)
        assert (told["类别"], told["领衔代表"], told["附议代表"]) == (case.field.name, "赵大海", "钱小河")
        assert (told["是否重点"], told["督办领导"], told["督办工委"]) == ("否", "—", "—")
        assert (told["接收单位"], told["办理方式"]) == (county.office.post.organ.name, "主办和会办")
        assert (told["主办单位"], told["会(协)办单位"]) == ("县交通运输局", "县财政局")
        assert (told["交办日期"], told["答复期限"]) == ("2026年3月16日", "2026年6月16日")
        assert told["退办截止"].startswith("2026年3月")
        assert told["会办意见截止"] == "2026年4月16日"
        assert (told["签收人"], told["签收日期"]) == ("孙一", "2026年3月16日")
        assert (told["责任领导"], told["承办人"], told["联络员"]) == ("李副局长", "周科员", "吴股长")
        assert "13912345678" in words(answer.content)
        assert "交办〔2026〕001号" in words(answer.content)
        assert gaps(answer.content) == 0
        assert name_of(answer) == f"交办单 {case.number}.docx"
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")

    def test_what_the_office_has_not_decided_is_a_gap(self, county):
        told = cells(slip(county.staff, at_office(county)).content)
        for label in ("办理方式", "主办单位", "会(协)办单位", "退办截止", "会办意见截止"):
            assert told[label] == "【　】", label
        assert told["签收人"] == told["责任领导"] == ""

    def test_of_a_key_suggestion_it_names_who_supervises(self, county):
        body = make_organ("县人大农工委")
        case = key(registered(county), supervising_leader=make_person("李副主任"), supervising_body=body)
        meeting = opened(county.staff)
        given = {"actor": county.staff, "version": fresh(meeting).version, "to": county.office.post.organ}
        transitions.hand_over_many(meeting, suggestions=[case], requirements="当面沟通。\n按期答复。", **given)
        told = cells(slip(county.staff, case).content)
        assert (told["是否重点"], told["督办领导"], told["督办工委"]) == ("是", "李副主任", "县人大农工委")
        assert told["交办会(批次)"] == "2026年3月16日交办会（县政府三楼会议室）"
        assert told["办理要求"] == "当面沟通。\n按期答复。"

    def test_host_co_host_and_office_have_it_and_the_deputys_side_does_not(self, county):
        case = accepted(county)
        for actor in (county.host, county.head, county.co_host, county.office, make_actor(Role.CHAIRPERSON)):
            assert slip(actor, case).status_code == 200
        for actor in (county.deputy, county.liaison, county.stranger, make_actor(Role.TOWNSHIP)):
            assert slip(actor, case).status_code == 404

    def test_an_organ_has_no_slip_by_which_it_came_to_another(self, county):
        case = accepted(county)
        elsewhere = HandOver.objects.create(suggestion=case, to=make_organ("县人民法院"), on=date(2026, 3, 16))
        assert get(county.host, "slip", case.pk, elsewhere.pk).status_code == 404
        assert get(county.staff, "slip", case.pk, elsewhere.pk).status_code == 200

    def test_all_slips_of_a_meeting_stand_in_one_document(self, county):
        meeting = attended(county.staff, opened(county.staff), county.bureau)
        cases = [registered(county, title=f"关于第{number}件事的建议") for number in range(3)]
        given = {"actor": county.staff, "version": fresh(meeting).version, "to": county.office.post.organ}
        transitions.hand_over_many(meeting, suggestions=cases, **given)
        answer = get(county.staff, "slips", meeting.pk)
        assert [case.title in words(answer.content) for case in cases] == [True] * 3
        assert len(Document(BytesIO(answer.content)).sections) == 3
        assert name_of(answer) == "交办单 2026-03-16 共3份.docx"
        page = signed_in(county.staff).get(reverse("deliberations:hand_over_meeting", args=[meeting.pk]))
        assert reverse("suggestions:slips", args=[meeting.pk]) in page.content.decode()
        # the host came, but nothing has been allotted to it
        assert get(county.host, "slips", meeting.pk).status_code == 404
        assert get(county.stranger, "slips", meeting.pk).status_code == 404

    def test_sixty_slips_ask_no_more_than_two(self, county):
        def asked(number):
            meeting = opened(county.staff)
            cases = [registered(county, title=f"关于{number}之{n}的建议") for n in range(number)]
            given = {"actor": county.staff, "version": fresh(meeting).version, "to": county.bureau}
            transitions.hand_over_many(meeting, suggestions=cases, **given)
            with CaptureQueriesContext(connection) as queries:
                documents.slips(documents.slips_at(meeting, county.staff))
            return len(queries)

        type(county.bureau).objects.filter(pk=county.bureau.pk).update(forwards_through=None)
        county.bureau.refresh_from_db()
        assert asked(2) == asked(6) <= 10


class TestLetter:
    @pytest.mark.parametrize("kind", ["headed", "plain"])
    def test_before_a_word_is_written_it_holds_what_is_known_and_gaps(self, county, kind):
        case = accepted(county)
        answer = letter(county.host, part_of(case, county.host), kind)
        said = words(answer.content)
        assert f"关于县人大{case.number}建议的答复" in said
        assert "赵大海、钱小河代表：" in said
        assert f"您们提出的《{case.title}》（{case.number}）收悉，现答复如下：" in said
        assert "同意公开" in said
        assert "附件：征询意见表" in said
        assert "主管领导：李副局长　承办人：周科员\n　　　联系电话：0310-5212345）" in said
        assert "县人大常委会代表工作委员会" in said
        assert "县财政局" in said[said.index("抄送：") :]
        # document number, class, signer, body, date
        assert gaps(answer.content) == 5
        assert (said.split("\n")[0] == f"{settings.COUNTY_NAME}交通运输局") is (kind == "headed")
        assert name_of(answer) == f"答复函 {case.number} 县交通运输局.docx"

    def test_the_draft_and_the_co_hosts_opinion_stand_in_it(self, county):
        case = accepted(county)
        contact(county, case)
        opinion(county, case)
        reply = drafted(county, case)
        said = words(letter(county.host, reply.assignment).content)
        assert "已列入计划。" in said
        assert "县财政局意见：资金已安排。" in said
        assert "类别：A" in said

    def test_of_the_released_letter_everything_is_known(self, county):
        reply = replied(county)
        answer = letter(county.staff, reply.assignment)
        assert gaps(answer.content) == 0
        assert "望交函〔2026〕12号" in words(answer.content)
        assert "签发人：郑局长" in words(answer.content)

    def test_a_hostile_title_comes_out_as_it_is(self, county):
        title = "关于<b>{{ 7*7 }}</b>{% x %}的建议"
        case = accepted(county, title=title)
        assert f"《{title}》" in words(letter(county.host, part_of(case, county.host)).content)

    def test_a_draft_is_the_hosts_the_offices_and_the_committees_only(self, county):
        part = drafted(county).assignment
        for actor in (county.host, county.head, county.office, county.staff):
            assert letter(actor, part).status_code == 200
        for actor in (county.co_host, county.deputy, county.co_signer, county.liaison, county.stranger):
            assert letter(actor, part).status_code == 404

    def test_without_a_draft_only_the_host_begins_one(self, county):
        part = part_of(accepted(county), county.host)
        assert letter(county.host, part).status_code == 200
        for actor in (county.staff, county.office, county.co_host, county.deputy):
            assert letter(actor, part).status_code == 404

    def test_a_released_one_is_for_whoever_reads_the_reply(self, county):
        part = replied(county).assignment
        for actor in (county.deputy, county.co_signer, county.liaison, county.co_host, county.staff):
            assert letter(actor, part).status_code == 200
        assert letter(county.stranger, part).status_code == 404

    def test_before_receipt_and_of_a_co_hosts_part_there_is_none(self, county):
        case = assigned(county)
        assert letter(county.host, part_of(case, county.host)).status_code == 404
        assert letter(county.co_host, part_of(accepted(county), county.co_host)).status_code == 404

    def test_twelve_names_are_told_by_the_first_and_their_number(self, county):
        case = many_hands(county, 11, title=LONG)
        said = words(letter(county.host, part_of(case, county.host)).content)
        assert "赵大海等12名代表：" in said
        assert f"《{LONG}》" in said

    def test_the_case_page_offers_what_there_is_to_whom_it_is(self, county):
        case = accepted(county)
        part = part_of(case, county.host)
        urls = {
            name: reverse(f"suggestions:{name}", args=[case.pk, part.pk, *more])
            for name, more in (("letter_document", ["headed"]), ("opinion_forms", []))
        }
        urls["slip"] = reverse("suggestions:slip", args=[case.pk, case.hand_overs.get().pk])

        def offered(actor):
            page = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
            return {name for name, url in urls.items() if url in page}

        assert offered(county.host) == {"letter_document", "opinion_forms", "slip"}
        assert offered(county.staff) == offered(county.co_host) == {"slip"}
        assert offered(county.deputy) == set()


class TestOpinionForms:
    def test_each_signatory_has_one_with_what_is_known(self, county):
        reply = replied(county)
        answer = forms(county.host, reply.assignment)
        tables = Document(BytesIO(answer.content)).tables
        assert len(tables) == 2
        told = cells(answer.content)
        assert (told["建议编号"], told["建议标题"]) == (reply.assignment.suggestion.number, "关于修南门路的建议")
        assert (told["承办单位"], told["办理类别"], told["办理次数"]) == ("县交通运输局", "A", "第1次")
        assert told["答复文号、日期"] == "望交函〔2026〕12号　2026年3月16日"
        assert (told["代表姓名"], told["代表身份"], told["代表证号"]) == (
            "钱小河", "附议代表", county.second.certificate_no,
        )  # fmt: skip
        for label in (
            "走访（面商）情况",
            "对办理态度的意见",
            "对办理结果的意见",
            "对办理类别的意见",
            "答复是否针对建议",
        ):
            assert "□" in told[label], label
        assert told["代表签名"] == told["意见或建议\n（不满意的请\n写明理由）"] == ""
        assert f"{settings.COUNTY_NAME}人大常委会代表工作委员会" in words(answer.content)
        assert name_of(answer) == f"征询意见表 {reply.assignment.suggestion.number} 共2份.docx"

    def test_a_second_round_says_so(self, county):
        case = case_of(judged(county, "DISSATISFIED"))
        assert cells(forms(county.host, part_of(case, county.host)).content)["办理次数"] == "第2次"

    def test_a_deputy_has_their_own_and_a_station_those_of_its_deputies(self, county):
        elsewhere = make_mandate(make_person("孙远山"))
        case = accepted(county, co_signers=[county.second, elsewhere])
        part = replied(county, case).assignment

        def named(actor):
            answer = forms(actor, part)
            return {name for name in ("赵大海", "钱小河", "孙远山") if name in words(answer.content)}

        assert named(county.host) == {"赵大海", "钱小河", "孙远山"}
        assert named(county.co_signer) == {"钱小河"}
        assert named(county.liaison) == {"赵大海", "钱小河"}

    def test_who_continues_for_the_lead_is_named_so(self, county):
        case = accepted(county)
        Suggestion.objects.filter(pk=case.pk).update(continued_by=county.second)
        told = cells(forms(county.host, part_of(case_of(case), county.host)).content)
        assert (told["代表姓名"], told["代表身份"]) == ("钱小河", "接续代表")

    def test_twelve_stand_in_one_document(self, county):
        part = part_of(many_hands(county, 11), county.host)
        assert len(Document(BytesIO(forms(county.host, part).content)).sections) == 12

    def test_signatories_cost_no_queries_of_their_own(self, county):
        def asked(number):
            part = part_of(many_hands(county, number), county.host)
            with CaptureQueriesContext(connection) as queries:
                documents.opinion_forms(part, county.host)
            return len(queries)

        assert asked(1) == asked(9)


class TestHeading:
    def of(self, county, **options):
        return documents.letter(part_of(accepted(county, **options), county.host), county.host)["答复标题"]

    def test_in_session_it_names_term_and_session_and_is_broken_where_the_sense_allows_it(self, county):
        Term.objects.filter(pk=county.lead.term_id).update(number=18)
        county.lead.refresh_from_db()
        session = CongressSession.objects.create(term=county.lead.term, number=5)
        heading = self.of(county, origin="SESSION", session=session)
        assert heading == "关于县十八届人大五次会议\n第001号建议的答复"

    def test_between_sessions_it_names_the_term_and_the_series_of_the_number(self, county):
        Term.objects.filter(pk=county.lead.term_id).update(number=18)
        county.lead.refresh_from_db()
        assert self.of(county) == "关于县十八届人大闭会第001号建议的答复"


def test_a_suggestion_not_handed_over_has_no_document(county):
    case = submitted(county)
    page = signed_in(county.staff).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
    assert ".docx" not in page


def test_a_reply_deadline_moves_with_the_slip(county):
    case = accepted(county)
    limit = case.clocks.get(kind="REPLY")
    type(limit).objects.filter(pk=limit.pk).update(due_on=limit.due_on + timedelta(30))
    assert cells(slip(county.staff, case).content)["答复期限"] == "2026年7月16日"
