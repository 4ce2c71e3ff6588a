"""The summary of deliberation meetings and the list of what was put forward, as the verbs left them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from suggestions.models import Suggestion
from suggestions.transitions import collecting
from supervision.reports import deliberation
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.meeting_factory import (
    House,
    attended,
    cancelled,
    closed,
    convened,
    explained,
    meeting_of_twelve,
    opened,
    promised,
    said,
)
from tests.factory import make_actor, make_organ
from tests.reports.books import rows_of, tables, total_of, written
from tests.suggestions.factory import TODAY, noon

pytestmark = pytest.mark.django_db

MEETINGS, OPINIONS = "议政会汇总表", "意见建议清单"


@pytest.fixture
def house():
    """On the day of its meeting."""
    with noon(TODAY):
        yield House()


def meetings(actor, cycle=None):
    return rows_of(written(actor, "deliberation", cycle), MEETINGS)


def opinions(actor, cycle=None):
    return rows_of(written(actor, "deliberation", cycle), OPINIONS)


def test_its_headings_are_the_customary_ones(house):
    found = tables(written(house.staff, "deliberation"))
    assert tuple(found[MEETINGS][0]) == deliberation.HEADINGS
    assert list(found) == [MEETINGS, OPINIONS, "统计口径"]


def test_a_meeting_is_one_row_whose_outcomes_add_up(house):
    closed(house, meeting_of_twelve(house))
    [row] = meetings(house.staff)
    assert row == dict(
        zip(
            deliberation.HEADINGS,
            ["", "李主任", house.station.name, TODAY, "1/1", "县水务局", 12, 5, 3, 4, 0],
            strict=True,
        )
    )
    total = total_of(written(house.staff, "deliberation"), MEETINGS)
    assert [total[name] for name in deliberation.COUNTS] == [12, 5, 3, 4, 0]


def test_key_suggestions_that_came_of_it_are_counted(house):
    meeting = closed(house, meeting_of_twelve(house))
    collecting.collect_meeting(meeting, actor=house.staff)
    case = Suggestion.objects.order_by("pk").first()
    # how a suggestion becomes key is shown elsewhere
    Suggestion.objects.filter(pk=case.pk).update(status="SUBMITTED", is_key=True, imported_from="x")
    assert [row["重点件"] for row in meetings(house.staff)] == [1]


def test_a_cancelled_meeting_is_left_out_and_one_still_to_come_holds_nothing(house):
    cancelled(house, convened(house))
    assert meetings(house.staff) == []
    convened(house)
    assert [row["意见建议数"] for row in meetings(house.staff)] == [0]


def test_every_opinion_says_what_came_of_it(house):
    meeting = attended(house, opened(house))
    explained(house, said(house, meeting, "水费"))
    promised(house, said(house, meeting, "漏水"))
    said(house, meeting, "路灯")
    first, second, third = opinions(house.liaison)
    assert (first["意见建议"], first["处理结果"], first["代表态度"]) == ("水费", "解释说明", "理解")
    assert (second["处理结果"], second["答复(承诺)单位"], second["答复人"], second["解释或承诺内容"]) == (
        "承诺办理", "县水务局", "钱局长", "换管80米",
    )  # fmt: skip
    assert (second["承诺完成期限"], second["办理情况"]) == (TODAY + timedelta(15), "办理中")
    assert (third["处理结果"], third["发言代表"], third["议题"]) == ("未定", "周大爷", house.topic.title)


def test_a_suggestion_stands_beside_its_opinion_only_for_who_sees_it(house):
    meeting = closed(house, meeting_of_twelve(house))
    collecting.collect_meeting(meeting, actor=house.staff)
    Suggestion.objects.update(status="SUBMITTED", facts="管网老化", confirmed_at="2026-03-16T00:00:00Z")
    assert [row["办理情况"] for row in opinions(house.staff)].count("待登记") == 4
    assert [row["办理情况"] for row in opinions(house.handler)].count("待登记") == 0
    assert len(opinions(house.handler)) == 12


def test_each_sees_the_meetings_that_are_theirs(house):
    closed(house, meeting_of_twelve(house))
    for actor in (house.staff, house.liaison, house.deputy, house.handler, house.presidium):
        assert (len(meetings(actor)), len(opinions(actor))) == (1, 12)
    strangers = (house.other_liaison, *map(make_actor, (Role.ORGAN_HANDLER, Role.DEPUTY, Role.SYSTEM_ADMIN)))
    for actor in strangers:
        assert meetings(actor) == opinions(actor) == []


def test_a_reorganised_organ_stands_under_its_successor(house):
    closed(house, meeting_of_twelve(house))
    house.bureau.successor = make_organ("县水务和农业局")
    house.bureau.save(update_fields=["successor"])
    assert [row["参会部门"] for row in meetings(house.staff)] == ["县水务和农业局"]
    named = {row["答复(承诺)单位"] for row in opinions(house.staff) if row["处理结果"] == "承诺办理"}
    assert named == {"县水务和农业局"}


def test_of_a_cycle_only_its_meetings(house):
    closed(house, meeting_of_twelve(house))
    other = make_round(title="道路议政活动").cycle
    assert (len(meetings(house.staff, house.cycle)), len(opinions(house.staff, house.cycle))) == (1, 12)
    assert meetings(house.staff, other) == opinions(house.staff, other) == []


def test_the_number_of_queries_does_not_grow_with_the_rows(house):
    meeting, counts = attended(house, opened(house)), []
    for _time in range(2):
        for number in range(5):
            explained(house, said(house, meeting, f"解释{number}"))
            promised(house, said(house, meeting, f"承诺{number}"))
        with CaptureQueriesContext(connection) as queries:
            written(house.staff, "deliberation")
        counts.append(len(queries))
    assert len(opinions(house.staff)) == 20
    assert counts[0] == counts[1] <= 8
