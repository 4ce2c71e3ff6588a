"""Objections, commitments, merged cases and later dates in the progress workbook, after the verbs that make them."""

from datetime import date, timedelta

import pytest

from suggestions.models import Rating
from tests.reports.books import by_name, rows_of, summary, tables, unpacked, written
from tests.reports.formulas import totals
from tests.suggestions.commitment_factory import commitment_of, committed, confirm, line, report
from tests.suggestions.council_factory import agree, ask, grant
from tests.suggestions.factory import (
    accepted,
    assigned,
    evaluate,
    fresh,
    in_review,
    judged,
    noon,
    registered,
    release,
    replied,
    sign,
)
from tests.suggestions.objection_factory import agreed, education, granted, merged, objected, refused


def counts(county, actor=None):
    return {name: count for name, count in summary(written(actor or county.staff)).items() if count}


def organ(county, name):
    return by_name(written(county.staff), "按承办单位", "承办单位")[name]


def test_what_was_given_back_counts_for_who_gave_it_and_is_hosted_by_who_has_it(county):
    granted(county, agreed(county, objected(county, assigned(county))))
    assert (organ(county, county.bureau.name)["退办"], organ(county, county.bureau.name)["主办件"]) == (1, 0)
    assert (organ(county, education().name)["退办"], organ(county, education().name)["主办件"]) == (0, 1)
    found = counts(county)
    assert (found["退办申请"], found["其中同意退办"]) == (1, 1)


def test_an_objection_that_waits_or_was_refused_is_no_return(county):
    case = assigned(county)
    objection = objected(county, case)
    found = counts(county)
    assert (found["退办申请"], found["其中尚未决定"], organ(county, county.bureau.name)["退办"]) == (1, 1, 0)
    assert by_name(written(county.staff), "办理台账", "标题")[case.title]["办理进展"] == "退办申请"
    refused(county, agreed(county, objection))
    found = counts(county)
    assert (found["退办申请"], found["其中不予退办"]) == (1, 1)
    assert "其中同意退办" not in found


def test_the_return_rate_is_of_the_parts_that_were_given_out(county):
    objected(county, assigned(county))
    assigned(county)
    assert by_name(written(county.staff), "汇总", "项目")["退办申请"]["比率"] == 1 / 4


def test_merged_suggestions_count_each_and_are_told_as_one_case(county):
    merged(county, 3)
    registered(county)
    rows = by_name(written(county.staff), "汇总", "项目")
    assert (rows["建议总数"]["件数"], rows["其中并案办理"]["件数"]) == (4, 3)
    assert rows["其中并案办理"]["比率的算法"].startswith("3件并为1案")
    marks = [row["备注"] for row in rows_of(written(county.staff), "办理台账")]
    assert marks.count("并案办理") == 3


def test_commitments_are_running_broken_reported_or_kept(county):
    lines = [line("人行道", date(2026, 12, 31)), line("路灯", date(2026, 6, 30)), line("护栏", date(2026, 7, 31))]
    reply = committed(county, *lines)
    with noon(date(2026, 7, 15)):
        found = counts(county)
        assert (found["承诺事项(项)"], found["其中办理中"], found["其中逾期未兑现"]) == (3, 2, 1)
        report(county, commitment_of(reply))
        assert counts(county)["其中已报完成、待代表确认"] == 1
        confirm(county, commitment_of(reply))
        found = counts(county)
    assert (found["其中已兑现"], found["其中办理中"], found["其中逾期未兑现"]) == (1, 1, 1)
    assert "B类转A类" not in found


def test_next_steps_are_what_the_reply_commits_to(county):
    committed(county, line("人行道", date(2026, 12, 31)), line("路灯", date(2026, 6, 30)))
    [row] = rows_of(written(county.staff), "办理台账")
    assert row["下步措施"] == "2026-06-30前：路灯\n2026-12-31前：人行道"
    assert row["存在问题"] == ""


def test_a_matter_of_class_b_whose_every_commitment_is_kept_has_become_class_a(county):
    reply = committed(county)
    assert "B类转A类" not in counts(county)
    report(county, commitment_of(reply))
    confirm(county, commitment_of(reply))
    rows = by_name(written(county.staff), "汇总", "项目")
    assert (rows["B类"]["件数"], rows["B类转A类"]["件数"], rows["B类转A类"]["比率"]) == (1, 1, 1)
    assert rows_of(written(county.staff), "办理台账")[0]["下步措施"].endswith("(已兑现)")


def test_answered_again_as_class_a_it_has_become_class_a_too(county):
    reply = committed(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    case = release(county, reply.assignment.suggestion)
    replied(county, fresh(case))
    found = counts(county)
    assert (found["A类"], found["B类转A类"]) == (1, 1)
    # of the answer that did not satisfy nothing is followed any more
    assert "承诺事项(项)" not in found


def test_a_later_date_is_in_time_and_late_by_the_first_one(county):
    case = accepted(county)
    first = case.clocks.get(kind="REPLY").due_on
    grant(county, agree(county, ask(county, case, first + timedelta(days=30))))
    reply = in_review(county, fresh(case))
    with noon(first + timedelta(days=10)):
        sign(county, reply, letter_on=first + timedelta(days=10))
        found = counts(county)
        [row] = rows_of(written(county.staff), "办理台账")
    assert (found["按期答复"], found["经批准延期"]) == (1, 1)
    assert not {"按期答复(按延期前的原期限)", "超期"} & set(found)
    assert f"延期至{first + timedelta(days=30)}" in row["备注"]


def test_by_field_the_cases_add_up_to_all(county):
    judged(county)
    accepted(county)
    content = written(county.staff)
    [row] = rows_of(content, "按类别")
    assert (row["类别"], row["件数"], row["占比"], row["已答复"], row["A"]) == (county.field.name, 2, 1, 1, 1)
    assert (row["落实率"], row["满意率"]) == (1, 1)
    assert summary(content)["建议总数"] == 2


def test_the_list_of_what_was_handed_over_names_everybody(county):
    case = accepted(county, co_hosts=[county.helper])
    registered(county)
    county.lead.person.phone = "13811112222"
    county.lead.person.save()
    [row] = rows_of(written(county.staff), "交办清单")
    assert (row["建议编号"], row["领衔代表"], row["附议代表"], row["联系电话"]) == (
        case.number, "赵大海", "钱小河", "13811112222",
    )  # fmt: skip
    assert (row["主办单位"], row["会办单位"], row["是否重点"]) == (county.bureau.name, county.helper.name, "否")
    assert (row["交办日期"], row["答复期限"]) == (
        case.first_handed_over_on,
        case.clocks.get(kind="REPLY").due_on,
    )


@pytest.mark.parametrize(("who", "reads"), [("host", True), ("office", True), ("deputy", False), ("liaison", False)])
def test_a_deputys_number_is_read_by_those_who_must_talk_with_them(county, who, reads):
    accepted(county)
    county.lead.person.phone = "13811112222"
    county.lead.person.save()
    assert ("13811112222" in unpacked(written(getattr(county, who)))) == reads


def test_a_reorganised_organ_stands_under_its_successor_in_every_table(county):
    accepted(county, co_hosts=[county.helper])
    education()
    for organ_ in (county.bureau, county.helper):
        organ_.successor = education()
        organ_.save(update_fields=["successor"])
    content = written(county.staff)
    former = {county.bureau.name, county.helper.name}
    [handed], [ledger] = rows_of(content, "交办清单"), rows_of(content, "办理台账")
    assert (handed["主办单位"], handed["会办单位"], ledger["承办单位"]) == (education().name,) * 3
    assert ledger["备注"] == f"原承办单位{county.bureau.name}"
    assert not former & {row["承办单位"] for row in rows_of(content, "按承办单位")}


def test_what_stands_beside_a_formula_is_what_it_gives(county):
    judged(county)
    judged(county, Rating.DISSATISFIED)
    replied(county)
    found = totals(written(county.staff))
    assert len(found["按承办单位"]) == 22 and len(found["按类别"]) == 10
    for pairs in found.values():
        for calculated, kept in pairs:
            assert kept == pytest.approx(calculated)


def test_tables_without_rows_say_so(county):
    content = written(county.stranger)
    assert all(not rows for name, (_heading, rows) in tables(content).items() if name not in ("汇总", "统计口径"))
    assert unpacked(content).count("没有符合条件的记录") == 4
