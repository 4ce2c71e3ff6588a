"""What the progress workbook counts, on suggestions that went their way through the verbs."""

from datetime import date, timedelta

import pytest

from stations.models import CongressSession
from suggestions import transitions
from suggestions.models import Rating, Suggestion
from supervision.reports import as_of_post
from tests.factory import county_term
from tests.reports.books import by_name, summary, written
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    at_office,
    contact,
    drafted,
    evaluate,
    in_review,
    judged,
    make_scan,
    noon,
    registered,
    replied,
    sign,
    submitted,
    version_of,
)


def counts(county):
    return {name: count for name, count in summary(written(county.staff)).items() if count}


def row(county, case):
    return by_name(written(county.staff), "办理台账", "标题")[case.title]


def organ(county, actor):
    return by_name(written(county.staff), "按承办单位", "承办单位")[actor.post.organ.name]


def test_without_a_host_it_is_only_in_the_totals(county):
    submitted(county)
    registered(county)
    at_office(county)
    assert counts(county) == {"建议总数": 2, "已交办": 1}
    assert by_name(written(county.staff), "按承办单位", "承办单位") == {}


def test_the_summarys_rates_are_those_of_the_organs(county):
    registered(county)
    at_office(county)
    contact(county, accepted(county))
    accepted(county)
    rates = by_name(written(county.staff), "汇总", "项目")
    found = organ(county, county.host)
    assert rates["已面商"]["比率"] == found["面商率"] == 0.5
    assert rates["已签收"]["比率"] == 1
    assert rates["主办件(已确定主办单位)"]["件数"] == found["主办件"] == 2


def test_sessions_come_first_and_what_bears_no_number_last(county):
    session = CongressSession.objects.create(term=county_term(), number=1)
    unnumbered, between = submitted(county, title="甲"), registered(county, title="乙")
    of_session = registered(county, title="丙", origin="SESSION", session=session)
    titles = list(by_name(written(county.staff), "办理台账", "标题"))
    assert titles == [of_session.title, between.title, unnumbered.title]


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (submitted, "待登记"), (registered, "待交办"), (at_office, "待转办"), (assigned, "待签收"), (accepted, "办理中"),
        (judged, "已办结"),
    ],
)  # fmt: skip
def test_the_ledger_says_where_a_case_stands(county, build, word):
    assert row(county, build(county))["办理进展"] == word


def test_receipt_and_who_handles_it_stand_in_the_ledger(county):
    found = row(county, accepted(county))
    assert found["签收日期"] == TODAY
    assert (found["责任领导"], found["承办人"], found["联系电话"]) == ("李副局长", "周科员", "0310-5212345")
    assert organ(county, county.host)["已签收"] == 1


def test_a_co_hosts_receipt_is_not_the_hosts(county):
    case = assigned(county)
    part = case.assignments.get(part="CO_HOST")
    names = {"received_by": "孙一", "leader": "李", "handler": "周", "phone": "1"}
    transitions.sign_receipt(part, actor=county.co_host, version=version_of(case), **names)
    assert organ(county, county.host)["已签收"] == 0
    assert row(county, case)["签收日期"] == ""


def test_a_telephone_call_is_contact_but_not_in_person(county):
    contact(county, accepted(county), manner="PHONE", no_personal_reason="在外务工")
    contact(county, accepted(county), manner="TALK")
    accepted(county)
    found = counts(county)
    assert (found["已沟通(含电话、微信)"], found["已面商"]) == (2, 1)
    assert organ(county, county.host)["面商率"] == pytest.approx(1 / 3)


def test_a_draft_is_no_reply(county):
    drafted(county)
    assert "已答复" not in counts(county)


def test_a_reply_without_opinion_counts_as_not_fed_back_and_not_as_satisfied(county):
    case = replied(county).assignment.suggestion
    found = organ(county, county.host)
    assert (found["已答复"], found["按期答复"], found["A类"], found["未反馈"]) == (1, 1, 1, 1)
    assert found["满意率"] == ""
    assert row(county, case)["代表意见"] == "未反馈"


def test_the_letters_date_decides_whether_it_was_late(county):
    in_time, late = in_review(county), in_review(county)
    due_on = in_time.assignment.suggestion.clocks.get(kind="REPLY").due_on
    with noon(due_on + timedelta(days=5)):
        sign(county, in_time, letter_on=due_on)
        sign(county, late, letter_on=due_on + timedelta(days=1))
        found = organ(county, county.host)
    assert (found["按期答复"], found["超期"]) == (1, 1)


def test_unanswered_is_overdue_only_after_the_statutory_day(county):
    case = accepted(county)
    due_on = case.clocks.get(kind="REPLY").due_on
    with noon(due_on):
        assert "超期" not in counts(county)
        assert row(county, case)["备注"] == ""
    with noon(due_on + timedelta(days=1)):
        assert counts(county)["超期"] == 1
        assert row(county, case)["备注"] == "超期"


def test_a_dissatisfied_deputy_is_counted_until_the_next_reply(county):
    case = judged(county, Rating.DISSATISFIED)
    found = organ(county, county.host)
    assert (found["已答复"], found["不满意"], found["重新办理"], found["按期答复"]) == (1, 1, 1, 1)
    assert row(county, case)["办理进展"] == "第2次办理"
    reply = replied(county, Suggestion.objects.get(pk=case.pk))
    found = organ(county, county.host)
    assert (found["已答复"], found["不满意"], found["未反馈"], found["重新办理"]) == (1, 0, 1, 1)
    evaluate(county, reply)
    transitions.release_verdict(case, actor=county.staff, version=version_of(case))
    found = counts(county)
    assert (found["满意"], found["办结"], found["重新办理"]) == (1, 1, 1)
    assert "初次办理满意和基本满意" not in found


def test_the_committee_knows_a_verdict_before_the_organ_does(county):
    evaluate(county, replied(county))
    assert summary(written(county.staff))["满意"] == 1
    assert summary(written(county.host))["满意"] == 0
    assert summary(written(county.office))["满意"] == 0


def test_a_withdrawn_suggestion_counts_nowhere_else(county):
    case = replied(county).assignment.suggestion
    transitions.withdraw(case, actor=county.staff, version=version_of(case), on=TODAY, letter=make_scan())
    assert counts(county) == {"已撤回": 1}
    assert row(county, case)["办理进展"] == "已撤回"
    assert by_name(written(county.staff), "按承办单位", "承办单位") == {}


def test_a_reorganised_organ_counts_under_its_successor(county):
    accepted(county)
    county.bureau.successor = county.stranger.post.organ
    county.bureau.save(update_fields=["successor"])
    found = by_name(written(county.staff), "按承办单位", "承办单位")
    assert found[county.stranger.post.organ.name]["主办件"] == 1
    assert county.bureau.name not in found


def test_a_deputy_without_more_rights_finds_only_their_own(county):
    accepted(county)
    assert summary(written(county.deputy))["建议总数"] == 1
    assert summary(written(county.stranger))["建议总数"] == 0


def test_a_post_that_ended_gives_an_empty_workbook(county):
    accepted(county)
    post = county.host.post
    assert summary(written(as_of_post(post)))["建议总数"] == 1
    post.until = date(2022, 1, 1)
    post.save(update_fields=["until"])
    assert summary(written(as_of_post(post)))["建议总数"] == 0


def test_a_report_that_nobody_asked_for_is_not_made():
    with pytest.raises(ValueError, match="post"):
        as_of_post(None)
