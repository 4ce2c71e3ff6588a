"""The list of what did not satisfy, round by round, on suggestions that went their way through the verbs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suggestions import transitions
from suggestions.models import Rating
from supervision.reports import dissatisfied
from tests.factory import make_organ
from tests.reports.books import rows_of, tables, written
from tests.suggestions.factory import (
    TODAY,
    accepted,
    evaluate,
    fresh,
    judged,
    make_scan,
    noon,
    release,
    replied,
    version_of,
)

BAD, GOOD = Rating.DISSATISFIED, Rating.SATISFIED


def rows(actor):
    return rows_of(written(actor, "dissatisfied"), "不满意件清单")


def told(row):
    return [row[name] for name in ("不满意原因", "第几轮", "重新办理期限", "再次答复日期", "再次评价")]


def test_its_headings_are_the_customary_ones(county):
    heading, _rows = tables(written(county.staff, "dissatisfied"))["不满意件清单"]
    assert tuple(heading) == dissatisfied.HEADINGS


@pytest.mark.parametrize(
    ("attitude", "result", "reason"), [(GOOD, BAD, "结果"), (BAD, GOOD, "态度"), (BAD, BAD, "态度、结果")]
)
def test_why_it_did_not_satisfy(county, attitude, result, reason):
    reply = replied(county)
    evaluate(county, reply, result, attitude=attitude, text="没有当面沟通。")
    release(county, reply.assignment.suggestion)
    [row] = rows(county.staff)
    assert row["不满意原因"] == reason
    assert (row["编号"], row["代表"], row["承办单位"]) == ("闭会第001号", "赵大海", county.bureau.name)


def test_what_the_next_round_came_to(county):
    case = judged(county, BAD)
    due_on = case.clocks.get(kind="REPLY", round=2).due_on
    [row] = rows(county.staff)
    assert told(row) == ["结果", 1, due_on, "", ""]
    reply = replied(county, fresh(case))
    [row] = rows(county.staff)
    assert told(row) == ["结果", 1, due_on, TODAY, "未反馈"]
    evaluate(county, reply, BAD)
    release(county, case)
    first, second = rows(county.staff)
    assert told(first) == ["结果", 1, due_on, TODAY, "不满意"]
    assert told(second)[:2] == ["结果", 2]


def test_no_answer_by_its_day_is_a_row_of_its_own(county):
    case = accepted(county)
    due_on = case.clocks.get(kind="REPLY").due_on
    with noon(due_on):
        assert rows(county.staff) == []
    with noon(due_on + timedelta(days=1)):
        [row] = rows(county.staff)
        assert told(row) == ["未答复", 1, due_on, "", ""]
        reply = replied(county, fresh(case))
        assert rows(county.staff) == []
        evaluate(county, reply)
        assert rows(county.staff) == []


def test_after_a_round_in_vain_the_silence_of_the_next_is_told_too(county):
    case = judged(county, BAD)
    with noon(case.clocks.get(kind="REPLY", round=2).due_on + timedelta(days=1)):
        assert [told(row)[:2] for row in rows(county.staff)] == [["结果", 1], ["未答复", 2]]


def test_a_verdict_that_is_held_back_is_read_by_the_committee_alone(county):
    evaluate(county, replied(county), BAD)
    assert len(rows(county.staff)) == 1
    assert rows(county.host) == rows(county.office) == []


def test_what_was_withdrawn_is_left_out(county):
    case = judged(county, BAD)
    transitions.withdraw(case, actor=county.staff, version=version_of(case), on=TODAY, letter=make_scan())
    assert rows(county.staff) == []


def test_a_reorganised_organ_stands_under_its_successor(county):
    judged(county, BAD)
    county.bureau.successor = make_organ("县交通和建设局")
    county.bureau.save(update_fields=["successor"])
    assert [row["承办单位"] for row in rows(county.staff)] == ["县交通和建设局"]


def test_the_number_of_queries_does_not_grow_with_the_rows(county):
    counts = []
    for _time in range(2):
        for _case in range(5):
            judged(county, BAD)
        with CaptureQueriesContext(connection) as queries:
            written(county.staff, "dissatisfied")
        counts.append(len(queries))
    assert len(rows(county.staff)) == 10
    assert counts[0] == counts[1] <= 7
