"""The ledger of activities (table 11) as a workbook, and both ledgers of a station on screen."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from deliberations.models import Meeting, Opinion, Telling, Visit, VisitDeputy, VisitFile, Voter
from stations.models import ReceptionDay
from supervision.reports import activities
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.meeting_factory import House, attended, closed, explained, forwarded, opened, said
from tests.deliberations.meeting_factory import voter_opinion as brought
from tests.deliberations.visiting import NAME, PHONE, WORDS, Village, completed, logged, recorded, told
from tests.factory import make_actor
from tests.reports.books import rows_of, tables, total_of, unpacked, written
from tests.suggestions.factory import TODAY, make_scan, noon
from tests.suggestions.web import signed_in
from workflow import clock

pytestmark = pytest.mark.django_db

SHEET = "联络站活动台账"
ACTIVITIES, OPINIONS = "/ledgers/activities/", "/ledgers/opinions/"


@pytest.fixture(autouse=True)
def _at_noon():
    with noon(TODAY):
        yield


def rows(actor, cycle=None):
    return rows_of(written(actor, "activities", cycle), SHEET)


def reception(village, **more):
    facts = {"station": village.station, "on": TODAY, "starts_at": time(9), "ends_at": time(11), "status": "HELD"}
    return ReceptionDay.objects.create(**facts | more)


def many(village, count, *, first=date(2026, 1, 1)):
    """So many settled visits with an opinion each, put there without the verbs."""
    made = Visit.objects.bulk_create(
        Visit(
            client_id=uuid4(), status="CLOSED", station=village.station, on=first + timedelta(days=place % 28),
            place="南门村", recorded_by=village.liaison.user, created_at=clock.now(),
        )
        for place in range(count)
    )  # fmt: skip
    VisitDeputy.objects.bulk_create(VisitDeputy(visit=row, mandate=village.lead) for row in made)
    voters = Voter.objects.bulk_create(Voter(village="南门村") for _row in made)
    spoken = Opinion.objects.bulk_create(
        Opinion(visit=row, voter=voter, words=WORDS, route="TOWNSHIP", field=village.field)
        for row, voter in zip(made, voters, strict=True)
    )
    Telling.objects.bulk_create(
        Telling(opinion=row, on=TODAY, how="PHONE", text="修好了。", final=True) for row in spoken
    )


def queries(act):
    with CaptureQueriesContext(connection) as seen:
        answer = act()
    return len(seen), answer


class TestWorkbook:
    def test_the_columns_are_the_customary_ones(self):
        village = Village()
        completed(village)
        heading, _rows = tables(written(village.liaison, "activities"))[SHEET]
        assert tuple(heading) == activities.HEADINGS

    def test_a_visit_with_its_figures(self):
        village = Village()
        case = completed(village)
        VisitFile.objects.create(visit=case, file=make_scan("照片.jpg"), kind="PHOTO")
        VisitFile.objects.create(visit=case, file=make_scan("录音.m4a"), kind="RECORDING")
        told(village, case)
        [row] = rows(village.liaison)
        assert row == {
            "序号": 1, "日期": TODAY, "站名": "石桥镇代表之家", "活动类型": "走访选民", "主题/议题": "", "参加代表": "周大爷",
            "选民人数": 1, "收集意见": 1, "当场答复": 0, "转办": 1, "办结": 0, "反馈": 1, "照片": 1,
        }  # fmt: skip

    def test_what_was_heard_on_a_reception_day_is_one_row_with_the_day(self):
        village = Village()
        day = reception(village, scope="医保")
        day.duties.create(mandate=village.lead, state="PRESENT")
        day.duties.create(mandate=village.second, state="ABSENT")
        for case in (completed(village), recorded(village, opinion={"route": "ANSWERED", "on_the_spot_answer": "好"})):
            Visit.objects.filter(pk=case.pk).update(reception_day=day, kind="RECEPTION")
        [row] = rows(village.staff)
        assert (row["活动类型"], row["主题/议题"], row["参加代表"]) == ("接待日", "医保", "周大爷")
        assert (row["选民人数"], row["收集意见"], row["当场答复"], row["转办"]) == (2, 2, 1, 1)

    def test_a_day_that_was_not_held_is_no_activity_and_hides_nothing(self):
        village = Village()
        day = reception(village, status="PLANNED")
        Visit.objects.filter(pk=completed(village).pk).update(reception_day=day)
        assert [row["活动类型"] for row in rows(village.staff)] == ["走访选民"]

    def test_trainings_of_a_station_and_its_meetings_stand_in_it(self):
        house = House()
        spoken = [brought(house, words=words) for words in ("解释的", "提交的")]
        meeting = attended(house, opened(house))
        for opinion, act in zip(spoken, (explained, forwarded), strict=True):
            act(house, said(house, meeting, basis=[opinion]))
        closed(house, meeting)
        house.cycle.trainings.create(
            mode="STATION", station=house.station, title="怎样走访", on=TODAY, place="p", lecturer="l", content="c",
            hours=2, due=3, present=2,
        )  # fmt: skip
        house.cycle.trainings.create(
            mode="CENTRAL", title="县里培训", on=TODAY, place="p", lecturer="l", content="c", hours=2, due=3, present=2
        )
        found = {row["活动类型"]: row for row in rows(house.liaison, house.cycle)}
        assert set(found) == {"走访选民", "议政会", "培训"}
        assert (found["议政会"]["收集意见"], found["议政会"]["当场答复"], found["议政会"]["转办"]) == (2, 1, 1)
        assert (found["培训"]["主题/议题"], found["培训"]["参加代表"]) == ("怎样走访", "2人")

    def test_those_who_came_to_a_voters_meeting_are_counted(self):
        village = Village()
        case = completed(village)
        Visit.objects.filter(pk=case.pk).update(kind="VOTER_MEETING")
        case.guests.create(category="ELDER", number=9)
        [row] = rows(village.staff)
        assert (row["活动类型"], row["选民人数"], row["收集意见"]) == ("选民座谈会", 9, 1)

    def test_each_sees_their_own_and_it_adds_up(self):
        village = Village()
        completed(village)
        logged(village, actor=village.other_deputy, mandate=village.stranger)
        reception(village, station=village.elsewhere)
        assert [row["站名"] for row in rows(village.liaison)] == ["石桥镇代表之家"]
        assert [row["站名"] for row in rows(village.other_liaison)] == ["柳林镇代表之家"] * 2
        assert len(rows(village.chair)) == 3
        assert total_of(written(village.staff, "activities"), SHEET)["收集意见"] == 2
        for role in (Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE, Role.AUDIT_ADMIN):
            assert rows(make_actor(role)) == []

    def test_no_part_of_the_file_holds_a_voter(self):
        village = Village()
        completed(village)
        content = unpacked(written(village.staff, "activities"))
        assert NAME not in content and PHONE not in content and WORDS not in content

    def test_of_another_cycle_nothing(self):
        village = Village()
        completed(village)
        reception(village)
        assert rows(village.staff, make_round().cycle) == []

    def test_an_import_that_was_taken_back_is_in_no_ledger(self):
        village = Village()
        Visit.objects.filter(pk=completed(village).pk).update(status="ANNULLED", imported_from="x")
        assert rows(village.staff) == []


class TestOnScreen:
    def test_both_ledgers_show_what_was_recorded_newest_first(self):
        village = Village()
        older = completed(village)
        Visit.objects.filter(pk=older.pk).update(on=TODAY - timedelta(5))
        completed(village)
        for url in (ACTIVITIES, OPINIONS):
            page = signed_in(village.liaison).get(url)
            days = [getattr(row, "shown", {}).get("on") or row.on for row in page.context["rows"]]
            assert days == [TODAY, TODAY - timedelta(5)]
            assert NAME not in page.content.decode()

    def test_the_activities_are_narrowed_by_station_days_and_sort(self):
        village = Village()
        completed(village)
        logged(village, actor=village.other_deputy, mandate=village.stranger)
        reception(village, on=TODAY - timedelta(9))
        client = signed_in(village.staff)

        def found(**asked):
            return len(client.get(ACTIVITIES, asked).context["rows"])

        assert found() == 3
        assert found(station=village.station.pk) == 2
        assert found(sort="RECEPTION") == found(until=str(TODAY - timedelta(1))) == 1
        assert found(sort="TRAINING") == found(sort="MEETING") == 0
        assert found(since=str(TODAY)) == 2
        assert found(station=village.station.pk, sort="VISIT", since=str(TODAY), until=str(TODAY)) == 1

    def test_the_opinions_are_narrowed_by_station_days_route_and_whether_told(self):
        village = Village()
        told(village, completed(village))
        recorded(village, opinion={"route": "ANSWERED", "on_the_spot_answer": "好"})
        client = signed_in(village.staff)

        def found(**asked):
            return len(client.get(OPINIONS, asked).context["rows"])

        assert (found(), found(told="yes"), found(told="no"), found(route="ANSWERED")) == (2, 1, 1, 1)
        assert (found(station=village.elsewhere.pk), found(until=str(TODAY - timedelta(1)))) == (0, 0)

    @pytest.mark.parametrize("url", [ACTIVITIES, OPINIONS])
    @pytest.mark.parametrize("asked", [{"station": "9" * 30}, {"since": "gestern"}, {"station": "x"}])
    def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(self, url, asked):
        village = Village()
        completed(village)
        page = signed_in(village.staff).get(url, asked)
        assert (page.status_code, list(page.context["rows"])) == (200, [])
        assert page.context["filter_form"].errors

    @pytest.mark.parametrize("place", ["x", "-5", "9" * 40, "100001"])
    def test_a_place_that_is_none_breaks_nothing(self, place):
        village = Village()
        completed(village)
        assert signed_in(village.staff).get(ACTIVITIES, {"after": place}).status_code == 200

    @pytest.mark.parametrize("url", [ACTIVITIES, OPINIONS])
    def test_nothing_yet_says_so(self, url):
        page = signed_in(make_actor(Role.COMMITTEE_STAFF)).get(url)
        assert b"empty" in page.content

    def test_who_has_no_part_in_it(self):
        for role in (Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE, Role.TOWNSHIP, Role.SYSTEM_ADMIN, Role.COUNTY_LEADER):
            client = signed_in(make_actor(role))
            assert client.get(ACTIVITIES).status_code == 403
            assert client.get(OPINIONS).status_code == 403
        village = Village()
        completed(village)
        deputy = signed_in(village.deputy)
        assert deputy.get(ACTIVITIES).status_code == 403
        assert len(deputy.get(OPINIONS).context["rows"]) == 1
        assert list(signed_in(village.companion).get(OPINIONS).context["rows"]) == []


class TestTwoThousandVisits:
    """Scenario of the station that keeps its ledger for years: no query per row, on screen and as a file."""

    def test_the_pages_and_the_workbooks_take_as_many_queries_as_for_few(self):
        full = Village()
        client = signed_in(full.liaison)
        many(full, 60)
        small = {url: queries(lambda url=url: client.get(url))[0] for url in (ACTIVITIES, OPINIONS)}
        many(full, 1940)
        for url in (ACTIVITIES, OPINIONS):
            large, page = queries(lambda url=url: client.get(url))
            assert small[url] == large <= 30
            assert len(page.context["rows"]) == 50
        for name, sheet in (("activities", SHEET), ("station_ledger", "走访(接待)登记台账")):
            taken, content = queries(lambda name=name: written(full.liaison, name))
            assert len(rows_of(content, sheet)) == 2000
            # a fixed number for each chunk of two hundred
            assert taken <= 12 * (2000 // activities.CHUNK) + 10

    def test_every_row_comes_once_from_page_to_page(self):
        village = Village()
        many(village, 120)
        client, seen, url = signed_in(village.liaison), [], ACTIVITIES
        while url:
            page = client.get(url)
            seen += [row.source for row in page.context["rows"]]
            older = page.context["page"].older
            url = f"{ACTIVITIES}?after={older}" if older else ""
        assert len(seen) == len(set(seen)) == page.context["page"].count == 120
        back = client.get(ACTIVITIES, {"before": page.context["page"].newer})
        assert [row.source for row in back.context["rows"]] == seen[50:100]


def test_a_cancelled_meeting_is_no_activity():
    house = House()
    meeting = opened(house)
    Meeting.objects.filter(pk=meeting.pk).update(status="CANCELLED")
    assert [row["活动类型"] for row in rows(house.staff)] == []
