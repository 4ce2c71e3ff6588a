"""The ledger of visits: a row per voter's opinion, its way and what came of it, and never who the voter is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from deliberations.models import Opinion, Visit
from supervision.reports import station_ledger
from tests.deliberations.meeting_factory import House, attended, closed, explained, forwarded, opened, promised, said
from tests.deliberations.meeting_factory import voter_opinion as brought
from tests.deliberations.visiting import NAME, PHONE, WORDS, Village, completed, logged, opinion_of, recorded, told
from tests.factory import make_actor, make_organ
from tests.reports.books import rows_of, tables, unpacked, written
from tests.suggestions.behind import comes_from
from tests.suggestions.factory import TODAY, accepted, make_county, noon
from workflow import clock

pytestmark = pytest.mark.django_db

SHEET = "走访(接待)登记台账"


@pytest.fixture(autouse=True)
def _at_noon():
    with noon(TODAY):
        yield


def rows(actor):
    return rows_of(written(actor, "station_ledger"), SHEET)


def test_a_row_says_when_who_where_and_what_in_the_customary_columns():
    village = Village()
    completed(village)
    heading, _rows = tables(written(village.liaison, "station_ledger"))[SHEET]
    assert tuple(heading) == station_ledger.HEADINGS
    [row] = rows(village.liaison)
    assert row == dict(
        zip(
            station_ledger.HEADINGS,
            [1, TODAY, "周大爷", "**", "南门村", WORDS, village.field.name, "提交议政会", "", "", ""],
            strict=True,
        )
    )


def test_a_visit_without_a_voters_name_says_so():
    village = Village()
    logged(village, who="")
    assert [row["选民"] for row in rows(village.liaison)] == ["—"]


@pytest.mark.parametrize("who", ["staff", "chair", "liaison", "deputy"])
def test_no_part_of_the_file_holds_the_voters_name_or_number(who):
    village = Village()
    completed(village)
    content = unpacked(written(getattr(village, who), "station_ledger"))
    assert WORDS in content
    assert NAME not in content and PHONE not in content


def test_each_sees_their_own_and_organs_none():
    village = Village()
    completed(village)
    other = logged(village, actor=village.other_deputy, mandate=village.stranger, words="另一个站的话")
    for actor in (village.staff, village.chair, village.vice, village.body):
        assert {row["反映问题"] for row in rows(actor)} == {WORDS, "另一个站的话"}
    for actor in (village.liaison, village.deputy):
        assert [row["反映问题"] for row in rows(actor)] == [WORDS]
    for actor in (village.other_liaison, village.other_deputy):
        assert [row["反映问题"] for row in rows(actor)] == [opinion_of(other).words]
    # of the same station, but did not go
    assert rows(village.companion) == []
    for role in (Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE, Role.TOWNSHIP, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        assert rows(make_actor(role)) == []


def test_who_sees_several_stations_reads_of_which_it_was():
    village = Village()
    completed(village)
    logged(village, actor=village.other_deputy, mandate=village.stranger)
    assert {row["代表"] for row in rows(village.staff)} == {"周大爷(石桥镇代表之家)", "孙远山(柳林镇代表之家)"}
    assert [row["代表"] for row in rows(village.liaison)] == ["周大爷"]


def test_the_day_on_which_the_voter_was_told_the_last_word():
    village = Village()
    case = completed(village)
    told(village, case, final=False)
    assert rows(village.liaison)[0]["反馈选民日期"] == ""
    told(village, case)
    assert rows(village.liaison)[0]["反馈选民日期"] == TODAY


def test_who_could_not_be_reached_or_wants_no_answer_is_told_as_that():
    village = Village()
    told(village, completed(village), reached=False, text="")
    logged(village, tell_wish=False)
    assert [row["反馈选民日期"] for row in rows(village.liaison)] == ["联系不上", "不需反馈"]


def test_what_was_answered_on_the_spot_or_refused_says_how():
    village = Village()
    answered = {"route": Opinion.Route.ANSWERED, "on_the_spot_answer": "医保窗口周一办理。"}
    recorded(village, opinion=answered)
    recorded(village, opinion={"route": Opinion.Route.REFUSED, "route_reason": "已进入诉讼"})
    assert [(row["处理方式"], row["结果"]) for row in rows(village.liaison)] == [
        ("当场答复", "医保窗口周一办理。"),
        ("不予受理并告知", "已进入诉讼"),
    ]


def test_what_became_a_suggestion_names_its_organ_of_today_and_how_far_it_is():
    county = make_county()
    case = accepted(county)
    comes_from(case, opinion=completed(county).opinions.get())
    [row] = rows(county.liaison)
    assert (row["承办"], row["结果"]) == (county.bureau.name, f"形成建议{case.number}：办理中")
    county.bureau.successor = make_organ("县交通和建设局")
    county.bureau.save(update_fields=["successor"])
    assert rows(county.liaison)[0]["承办"] == "县交通和建设局"


def test_a_deputy_who_does_not_see_the_suggestion_reads_only_that_there_is_one():
    county = make_county()
    case = accepted(county)
    visit = completed(county)
    comes_from(case, opinion=visit.opinions.get())
    village = Village()
    visit.visitors.create(mandate=village.stranger)
    [row] = rows(village.other_deputy)
    assert (row["承办"], row["结果"]) == ("", "已转为代表建议")


def test_what_was_brought_to_the_meeting_says_what_came_of_it_there():
    house = House()
    spoken = [brought(house, words=words) for words in ("解释的", "承诺的", "转镇的", "提交的")]
    meeting = attended(house, opened(house))
    acts = (explained, promised, lambda *given: forwarded(*given, "TOWNSHIP"), forwarded)
    for opinion, act in zip(spoken, acts, strict=True):
        act(house, said(house, meeting, basis=[opinion]))
    closed(house, meeting)
    found = {row["反映问题"]: (row["承办"], row["结果"]) for row in rows(house.liaison)}
    due_on = house.cycle.meetings.get().opinions.get(outcome="PROMISED").promise.due_on
    assert found == {
        "解释的": ("", "已在议政会上解释说明"),
        "承诺的": ("县水务局", f"承诺{due_on}前办理：办理中"),
        "转镇的": ("石桥镇", "乡镇办理中"),
        "提交的": ("", "已提交，待转为代表建议"),
    }


def test_of_a_cycle_only_its_visits():
    house = House()
    brought(house)
    village = Village()
    completed(village)
    assert len(rows(house.staff)) == 2
    [row] = rows_of(written(house.staff, "station_ledger", house.cycle), SHEET)
    assert row["序号"] == 1


def test_an_import_that_was_taken_back_is_in_no_ledger():
    village = Village()
    case = completed(village)
    Visit.objects.filter(pk=case.pk).update(status=Visit.Status.ANNULLED)
    assert rows(village.staff) == []


def test_the_number_of_queries_does_not_grow_with_the_rows():
    village, counts = Village(), []
    for _time in range(2):
        for _visit in range(10):
            completed(village)
        with CaptureQueriesContext(connection) as queries:
            written(village.staff, "station_ledger")
        counts.append(len(queries))
    assert len(rows(village.staff)) == 20
    assert counts[0] == counts[1] <= 10


def test_it_says_until_when_and_of_whom_it_is():
    village = Village()
    for actor, scope in ((village.liaison, "本站"), (village.deputy, "本人可见的"), (village.staff, "全部")):
        content = unpacked(written(actor, "station_ledger"))
        today = clock.today()
        assert f"数据截至{today.year}年{today.month}月{today.day}日；{scope}走访(接待)记录" in content
