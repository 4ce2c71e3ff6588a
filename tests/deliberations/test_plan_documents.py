"""Plan, grouping table, schedule and notice as Word documents: what is known stands there, the rest is a yellow gap."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from accounts.models import Role
from deliberations.documents import PLAN_FORMS
from deliberations.transitions import planning
from files.documents.writing import WORD
from tests.deliberations.cycle_factory import make_round, propose, select
from tests.deliberations.planning_factory import approved, arranged, make_leader, planned
from tests.factory import make_actor
from tests.files.words import gaps, words
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def written(actor, round_, kind):
    return signed_in(actor).get(reverse("deliberations:plan_document", args=[round_.cycle.pk, kind]))


@pytest.fixture
def whole():
    round_ = make_round()
    select(round_, propose(round_))
    arranged(round_, make_leader())
    planned(round_)
    told = {"purpose": "坚持党的领导。\n发挥代表作用。", "requirements": "高度重视。\n严守纪律。"}
    planning.write_plan(round_.cycle, actor=round_.staff, version=round_.version, **told)
    for number, body in enumerate(planning.APPROVING):
        approved(round_, body, f"文件{number}号")
    return round_


def test_the_plan_says_everything_that_was_filled_in_once(whole):
    answer = written(whole.staff, whole, "plan")
    assert answer["Content-Type"] == WORD
    assert unquote(answer["Content-Disposition"]).endswith("农村供水议政活动实施方案.docx")
    text = words(answer.content)
    for said in (
        "坚持党的领导。", "发挥代表作用。", "（一）农村供水", "群众关心的热点、难点问题", "县人大农业农村工委", "（四）走访选民",
        "第一组", "李主任", "周明、吴静", whole.station.name, "（二）严守纪律。", "县人大常委会党组会议：文件0号", "县委：文件2号",
        "代表工作委员会", "2026年3月16日",
    ):  # fmt: skip
        assert said in text, said
    # no policy basis, no words of the topic, no organs
    assert gaps(answer.content) == 3


def test_the_tables_have_a_row_for_each(whole):
    text = words(written(whole.staff, whole, "grouping").content)
    assert whole.station.name in text
    assert "2026年5月15日至18日" in text
    text = words(written(whole.staff, whole, "schedule").content)
    assert text.count("李主任") == 2
    assert "精选议题" in text


def test_the_notice_names_topics_days_and_what_is_asked(whole):
    text = words(written(whole.staff, whole, "station_notice").content)
    assert "关于开展农村供水议政活动的通知" in text
    assert "2026年4月15日至24日" in text
    assert "点击“收到”" in text


@pytest.mark.parametrize("kind", PLAN_FORMS)
def test_of_a_cycle_just_planned_what_is_not_known_is_a_gap(kind):
    round_ = make_round()
    answer = written(round_.staff, round_, kind)
    assert answer.status_code == 200
    assert gaps(answer.content) > 2
    assert "None" not in words(answer.content)


def test_it_is_for_the_committee():
    round_ = make_round()
    for role, status in ((Role.CHAIRPERSON, 200), (Role.STATION, 403), (Role.ORGAN_HEAD, 403), (Role.AUDIT_ADMIN, 404)):
        assert written(make_actor(role), round_, "plan").status_code == status


def test_the_page_offers_all_four(whole):
    page = signed_in(whole.staff).get(reverse("deliberations:cycle", args=[whole.cycle.pk])).content.decode()
    for kind in PLAN_FORMS:
        assert reverse("deliberations:plan_document", args=[whole.cycle.pk, kind]) in page
