"""Odd rows and odd ledgers: what is understood, what is refused, and for which column."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from stations.models import Term
from suggestions import transitions
from suggestions.importers.ledger import session_of
from suggestions.models import Evaluation, ResultClass, Suggestion, Verdict
from tests.factory import make_actor
from tests.suggestions.factory import make_scan, noon, version_of
from tests.suggestions.ledgers import ANSWERED, COLUMNS, IN_HAND, make_small_county, numbered, read, refusals
from workflow import chain
from workflow.engine import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    make_small_county()


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"建议编号": ""}, "建议编号", "number_missing"),
        ({"建议编号": "一号"}, "建议编号", "not_a_number"),
        ({"标题": ""}, "标题", "title_missing"),
        ({"标题": "长" * 121}, "标题", "too_long"),
        ({"领衔代表": ""}, "领衔代表", "lead_missing"),
        ({"领衔代表": "钱多"}, "领衔代表", "not_a_county_deputy"),
        ({"领衔代表": "无此人"}, "领衔代表", "not_a_county_deputy"),
        ({"代表证号": "X0002"}, "代表证号", "other_certificate"),
        ({"代表团": "白沙镇代表团"}, "代表团", "other_delegation"),
        ({"领衔代表": "周敏", "代表证号": "", "代表团": ""}, "领衔代表", "ambiguous_deputy"),
        ({"附议代表": "汤永、钱多"}, "附议代表", "not_a_county_deputy"),
        ({"附议代表": "周敏"}, "附议代表", "ambiguous_deputy"),
        ({"附议代表": "汤永、王小明"}, "附议代表", "person_twice"),
        ({"主办单位": ""}, "主办单位", "host_missing"),
        ({"主办单位": "县不存在局"}, "主办单位", "unknown_organ"),
        ({"会(协)办单位": "县公安局、县不存在局"}, "会(协)办单位", "unknown_organ"),
        ({"会(协)办单位": "县公安局、县公安局"}, "会(协)办单位", "organ_twice"),
        ({"会(协)办单位": "县交通运输局"}, "会(协)办单位", "organ_twice"),
        ({"交办日期": ""}, "交办日期", "hand_over_missing"),
        ({"交办日期": "2026年2月30日"}, "交办日期", "impossible_date"),
        ({"答复期限": "2026.13.1"}, "答复期限", "impossible_date"),
        ({"答复日期": "2026.3.17"}, "答复日期", "before_hand_over"),
        ({"答复日期": ""}, "答复日期", "reply_date_missing"),
        ({"类别": "天文地理"}, "类别", "unknown_field"),
        ({"办理类别": "E类"}, "办理类别", "unknown_result_class"),
        ({"办理类别": ""}, "办理类别", "result_class_missing"),
        ({"代表意见": "很好"}, "代表意见", "unknown_opinion"),
        ({"是否重点": "也许"}, "是否重点", "unknown_mark"),
        ({"办理进展": "快了"}, "办理进展", "unknown_state"),
        ({"办理进展": "办理中"}, "办理进展", "not_answered"),
        ({"答复文号": ""}, "答复文号", "document_number_missing"),
    ],
)
def test_a_wrong_row_is_refused_for_its_first_wrong_column(county, changes, column, code):
    outcome = read(ANSWERED | changes)
    assert refusals(outcome) == [(3, column, code)]
    assert str(outcome.refused[0].reason)
    assert not Suggestion.objects.exists()


def test_of_several_faults_the_first_in_the_order_of_meaning_counts(county):
    outcome = read(ANSWERED | {"办理类别": "E", "交办日期": "2026.2.30", "领衔代表": "无此人"})
    assert refusals(outcome) == [(3, "领衔代表", "not_a_county_deputy")]


def test_of_equal_numbers_the_first_row_stands(county):
    outcome = read(ANSWERED, ANSWERED | {"建议编号": "１", "标题": "另一件"})
    assert refusals(outcome) == [(4, "建议编号", "duplicate_number")]
    assert Suggestion.objects.get().title == ANSWERED["标题"]


def test_a_list_of_what_was_handed_over_is_taken_over_as_in_hand_and_refused_by_number_row_by_row(county):
    """Scenario 30: the customary headings of the hand-over list, which knows of no answers."""
    columns = (
        "序号", "建议编号", "标题", "领衔代表", "附议代表", "代表团", "联系电话", "类别", "是否重点", "主办单位", "会办单位",
        "主管县领导", "督办领导", "交办日期", "答复期限",
    )  # fmt: skip
    first = dict.fromkeys(columns, "") | IN_HAND
    rows = [first | {"建议编号": number} for number in ("第001号", "1", "2", "002")]
    outcome = read(*rows, columns=columns)
    assert refusals(outcome) == [(4, "建议编号", "duplicate_number"), (6, "建议编号", "duplicate_number")]
    assert list(Suggestion.objects.order_by("serial").values_list("serial", "status")) == [
        (1, "HANDLING"),
        (2, "HANDLING"),
    ]


def test_an_answer_on_a_list_without_progress_is_refused_rather_than_lost(county):
    columns = tuple(column for column in COLUMNS if column != "办理进展")
    assert refusals(read(ANSWERED, columns=columns)) == [(3, "办理进展", "not_answered")]
    assert not Suggestion.objects.exists()


def test_columns_stand_in_any_order_and_some_may_lack(county):
    lacking = {"建议内容", "代表证号", "附议代表", "代表团", "是否重点", "会(协)办单位", "答复期限", "备注"}
    columns = tuple(column for column in reversed(COLUMNS) if column not in lacking)
    outcome = read(ANSWERED, columns=columns)
    assert (outcome.counts["suggestions"], outcome.refused) == (1, [])


def test_a_ledger_that_lacks_a_needed_column_is_refused_as_a_whole(county):
    columns = tuple(column for column in COLUMNS if column != "主办单位")
    with pytest.raises(Refused, check=lambda refused: refused.code == "missing_column"):
        read(ANSWERED, columns=columns)


def test_without_a_roster_one_sentence_is_said():
    with pytest.raises(Refused, check=lambda refused: refused.code == "no_roster" and refused.sentence):
        read(ANSWERED)


@pytest.mark.parametrize("given", ["", "17", "第18届"])
def test_a_title_without_a_session_asks_for_it(county, given):
    with pytest.raises(Refused, check=lambda refused: refused.code == "no_session"):
        read(ANSWERED, title="办理情况台账", session=given)


@pytest.mark.parametrize(
    ("title", "session"),
    [
        ("望川县第十八届人大第五次会议代表建议台账", (18, 5)),
        ("县十八届人大五次会议建议", (18, 5)),
        ("第２０届人民代表大会第1次会议", (20, 1)),
        ("第三十一届人民代表大会第十次会议", (31, 10)),
    ],
)
def test_term_and_session_are_read_from_the_title(title, session):
    assert session_of(["填报单位:代工委", title], "") == session


def test_the_session_may_be_given_instead(county):
    read(ANSWERED, title="办理情况台账", session="18-4")
    assert str(Suggestion.objects.get().session) == "18-4"


def test_another_session_than_the_title_says_is_refused(county):
    with pytest.raises(Refused, check=lambda refused: refused.code == "other_session"):
        read(ANSWERED, session="18-4")


def test_a_ledger_of_another_term_is_refused(county):
    Term.objects.filter(level="COUNTY").update(number=19)
    with pytest.raises(Refused, check=lambda refused: refused.code == "other_term"):
        read(ANSWERED)
    assert Term.objects.get(level="COUNTY").number == 19


def test_the_lead_may_be_named_without_a_certificate(county):
    read(ANSWERED | {"领衔代表": "李伟", "代表证号": "", "代表团": "白沙镇代表团"})
    assert Suggestion.objects.get().lead.certificate_no == "X0003"


def test_co_signers_are_looked_for_in_the_delegation_first_then_in_the_county(county):
    read(ANSWERED | {"附议代表": "李  伟\n汤  永\n赵燕"})
    signed = Suggestion.objects.get().cosignatures.order_by("id")
    assert [row.mandate.certificate_no for row in signed] == ["X0002", "X0004", "X0005"]


def test_a_stated_six_months_means_the_complex_term(county):
    read(ANSWERED | {"答复期限": "2026年9月18日"})
    case = Suggestion.objects.get()
    assert (case.reply_term, str(case.clocks.get().due_on)) == ("COMPLEX", "2026-09-18")


def test_any_other_stated_date_changes_nothing_but_is_told(county):
    read(ANSWERED | {"答复期限": "2026年5月31日"})
    clock = Suggestion.objects.get().clocks.get()
    assert (clock.suggestion.reply_term, str(clock.due_on)) == ("NORMAL", "2026-06-18")
    assert clock.trace[-1] == {"code": "ledger_states", "stated": "2026-05-31"}


def test_closed_without_an_opinion_is_closed_on_the_ledgers_word(county):
    read(ANSWERED | {"办理进展": "已办结", "代表意见": ""})
    case = Suggestion.objects.get()
    assert (case.status, case.closing_basis) == ("CLOSED", "REPORTED")
    assert not Evaluation.objects.exists()


def test_nobody_closes_over_a_dissatisfied_deputy(county):
    outcome = read(ANSWERED | {"办理进展": "已办结", "代表意见": "不满意"})
    case = Suggestion.objects.get()
    assert (case.status, case.closing_basis) == ("REPLIED", "")
    assert case.events.get().detail.changes["reported"] == "CLOSED"
    assert Verdict.objects.get().released_on is None
    assert outcome.counts["dissatisfied"] == 1


def test_answered_without_an_opinion_waits_for_the_evaluation(county):
    read(ANSWERED | {"代表意见": "未反馈"})
    assert Suggestion.objects.get().status == "REPLIED"
    assert not Verdict.objects.exists()


def test_in_hand_is_in_hand_without_a_second_receipt(county):
    read(IN_HAND | {"会(协)办单位": "县公安局"})
    case = Suggestion.objects.get()
    assert {(row.part, row.status) for row in case.assignments.all()} == {
        ("HOST", "ACCEPTED"),
        ("CO_HOST", "ACCEPTED"),
    }
    assert case.clocks.get().met_on is None


def test_what_is_in_hand_goes_on_by_the_verbs(county):
    today = date(2026, 4, 1)
    with noon(today):
        read(IN_HAND)
        case = Suggestion.objects.get()
        part = case.assignments.get()
        host = make_actor(Role.ORGAN_HANDLER, organ=part.organ)
        words = {"stage": "DURING", "on": today, "manner": "VISIT", "people": "周科员", "points": "看了现场。"}
        transitions.record_contact(part, actor=host, version=version_of(case), **words)
        chosen = ResultClass.objects.get(code="A")
        reply = transitions.draft_reply(part, actor=host, version=version_of(case), result_class=chosen, body="")
        transitions.submit_reply(reply, actor=host, version=version_of(case))
        letter = {"doc_no": "望交通函〔2026〕9号", "signed_by": "郑局长", "letter_on": today, "scan": make_scan()}
        transitions.sign_reply(reply, actor=host, version=version_of(case), **letter)
    case.refresh_from_db()
    assert (case.status, case.clocks.get(kind="REPLY").met_on) == ("REPLIED", today)
    assert chain.faults(case, list(case.events.select_related("detail"))) == []


def test_a_remark_is_kept_with_the_event(county):
    read(ANSWERED | {"备注": "代表要求现场答复"})
    assert Suggestion.objects.get().events.get().detail.reason == "代表要求现场答复"


def test_each_row_takes_three_statements(county):
    counts = []
    for size, session in ((2, "18-1"), (22, "18-2")):
        with CaptureQueriesContext(connection) as queries:
            assert read(*numbered(size), title="台账", session=session).refused == []
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 3 * 20


def test_the_letter_of_a_case_closed_by_the_ledger_may_be_delivered_and_no_evaluation_is_waited_for(county):
    read(ANSWERED | {"代表意见": "", "办理进展": "已办结"})
    case = Suggestion.objects.get()
    assert (case.status, case.closing_basis) == ("CLOSED", "REPORTED")
    reply = case.assignments.exclude(part="CO_HOST").get().reply
    staff = make_actor(Role.COMMITTEE_STAFF)
    words = {"mandate": case.lead, "way": "HAND", "on": reply.letter_on}
    transitions.deliver(reply, actor=staff, version=version_of(reply), **words)
    assert not case.clocks.running().exists()
