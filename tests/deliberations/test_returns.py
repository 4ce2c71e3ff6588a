"""The monthly return: counted by the portal, handed in by one click, nought included; who is missing, and the county's sum."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.figures import Month, figures
from deliberations.models import Meeting, MonthlyReturn, Opinion, Visit
from deliberations.transitions.returns import hand_in
from stations.figures import FIGURES
from stations.models import ReceptionDay, Station, StationStaff
from stations.transitions.stations import close as close_station
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.visiting import Village, closed, completed, logged, recorded, told
from tests.factory import SINCE, make_actor, make_person, make_station
from tests.reports.books import rows_of
from tests.suggestions.factory import noon
from tests.suggestions.web import signed_in
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db

#: A Tuesday in the last week of a month.
TODAY = date(2026, 11, 24)
NOVEMBER, OCTOBER = Month(date(2026, 11, 1)), Month(date(2026, 10, 1))
A = Opinion.Route


@pytest.fixture(autouse=True)
def _at_noon():
    with noon(TODAY):
        yield


@pytest.fixture
def village():
    return Village()


def page(village, month=NOVEMBER, name="monthly_return"):
    return reverse(f"deliberations:{name}", args=[village.station.pk, month.first.year, month.first.month])


def sent(village, actor=None, month=NOVEMBER, remark=""):
    return signed_in(actor or village.liaison).post(page(village, month, "hand_in_return"), {"remark": remark})


def events(village):
    row = Station.objects.get(pk=village.station.pk)
    found = list(row.events.select_related("detail").order_by("seq"))
    assert not found or chain.faults(row, found) == []
    return found


def some(counts):
    return {name: count for name, count in counts.items() if count}


class TestFigures:
    def test_a_station_that_did_nothing_has_noughts_for_everything(self, village):
        assert figures(village.station, NOVEMBER) == dict.fromkeys(FIGURES, 0)

    def test_visits_opinions_and_their_ways(self, village):
        completed(village)
        recorded(village, opinion={"route": A.ANSWERED, "on_the_spot_answer": "周一办。"})
        recorded(village, opinion={"route": A.REFUSED, "route_reason": "已进入诉讼"})
        assert some(figures(village.station, NOVEMBER)) == {
            "visits": 3, "deputies": 3, "voters": 3, "opinions": 3, "to_meeting": 1, "answered": 1, "refused": 1,
        }  # fmt: skip

    def test_what_is_settled_and_told_counts_in_the_month_in_which_that_was(self, village):
        with noon(date(2026, 10, 20)):
            case = completed(village)
        closed(village, case)
        assert some(figures(village.station, OCTOBER)) == {
            "visits": 1, "deputies": 1, "voters": 1, "opinions": 1, "to_meeting": 1,
        }  # fmt: skip
        assert some(figures(village.station, NOVEMBER)) == {"settled": 1, "told": 1}

    def test_a_voter_who_could_not_be_reached_or_got_an_interim_word_was_not_told(self, village):
        told(village, completed(village), reached=False, text="")
        told(village, completed(village), final=False)
        assert figures(village.station, NOVEMBER)["told"] == 0

    @pytest.mark.parametrize("on", [date(2026, 10, 31), date(2026, 12, 1)])
    def test_the_days_beside_the_month_are_not_in_it(self, village, on):
        Visit.objects.filter(pk=completed(village).pk).update(on=on)
        assert figures(village.station, NOVEMBER)["visits"] == 0

    @pytest.mark.parametrize("on", [date(2026, 11, 1), date(2026, 11, 30)])
    def test_its_first_and_last_day_are(self, village, on):
        Visit.objects.filter(pk=completed(village).pk).update(on=on)
        assert figures(village.station, NOVEMBER)["visits"] == 1

    def test_reception_days_that_were_held_trainings_and_meetings_of_the_station(self, village):
        days = {"station": village.station, "starts_at": time(9), "ends_at": time(11)}
        for number, status in enumerate(ReceptionDay.Status, 1):
            ReceptionDay.objects.create(on=date(2026, 11, number), status=status, cancel_reason="雨", **days)
        cycle = make_round().cycle
        cycle.trainings.create(
            mode="STATION", station=village.station, title="t", on=TODAY, place="p", lecturer="l", content="c",
            hours=2, due=3, present=2,
        )  # fmt: skip
        for status in Meeting.Status:
            other = make_round(title=f"议政{status}").cycle
            Meeting.objects.create(
                kind="DELIBERATION", status=status, cycle=other, station=village.station, held_on=TODAY, place="x",
                created_at=clock.now(),
            )  # fmt: skip
        counts = figures(village.station, NOVEMBER)
        assert (counts["reception_days"], counts["trainings"], counts["meetings"]) == (1, 1, 2)

    def test_at_a_voters_meeting_those_who_came_are_counted(self, village):
        case = completed(village)
        Visit.objects.filter(pk=case.pk).update(kind=Visit.Kind.VOTER_MEETING)
        case.guests.create(category="ELDER", number=4)
        case.guests.create(category="VOTER", number=7)
        recorded(village)
        counts = figures(village.station, NOVEMBER)
        assert (counts["voter_meetings"], counts["visits"], counts["voters"]) == (1, 1, 12)

    def test_another_station_s_and_annulled_visits_do_not_count(self, village):
        logged(village, actor=village.other_deputy, mandate=village.stranger)
        Visit.objects.filter(pk=completed(village).pk).update(status="ANNULLED", imported_from="x")
        assert some(figures(village.station, NOVEMBER)) == {}


class TestHandingIn:
    def test_one_click_freezes_the_figures_with_who_and_when(self, village):
        completed(village)
        answer = sent(village, remark="雨天少")
        assert answer.url == page(village)
        row = MonthlyReturn.objects.get()
        assert (row.month, row.by, row.handed_in_at, row.remark) == (
            NOVEMBER.first,
            village.liaison.user,
            clock.now(),
            "雨天少",
        )
        assert row.figures["visits"] == 1
        assert set(row.figures) == set(FIGURES)
        [event] = events(village)
        assert (event.verb, event.detail.reason) == ("hand_in_return", "雨天少")
        assert event.detail.changes == {
            "month": "2026-11", "visits": 1, "deputies": 1, "voters": 1, "opinions": 1, "to_meeting": 1,
        }  # fmt: skip
        completed(village)
        assert MonthlyReturn.objects.get().figures["visits"] == 1

    def test_nothing_can_be_handed_in(self, village):
        shown = signed_in(village.liaison).get(page(village))
        assert shown.context["is_nothing"]
        sent(village)
        assert some(MonthlyReturn.objects.get().figures) == {}

    def test_the_month_before_stands_beside_it_as_handed_in_or_as_recorded(self, village):
        with noon(date(2026, 10, 20)):
            completed(village)
        rows = {row["label"]: row for row in signed_in(village.liaison).get(page(village)).context["rows"]}
        assert (rows[FIGURES["visits"]]["now"], rows[FIGURES["visits"]]["before"]) == (0, 1)
        sent(village, month=OCTOBER)
        Visit.objects.update(on=TODAY)
        rows = {row["label"]: row for row in signed_in(village.liaison).get(page(village)).context["rows"]}
        assert (rows[FIGURES["visits"]]["now"], rows[FIGURES["visits"]]["before"]) == (1, 1)

    def test_the_same_form_twice_is_one_return_and_one_event(self, village):
        assert [sent(village).status_code, sent(village).status_code] == [302, 302]
        assert MonthlyReturn.objects.count() == len(events(village)) == 1

    def test_anew_until_the_tenth_and_the_event_tells_both_figures(self, village):
        sent(village)
        completed(village)
        shown = signed_in(village.liaison).get(page(village))
        assert shown.context["has_changed"] and shown.context["may_hand_in"]
        with noon(date(2026, 12, 10)):
            assert sent(village).status_code == 302
        assert MonthlyReturn.objects.get().figures["visits"] == 1
        assert events(village)[-1].detail.changes["visits"] == [0, 1]

    def test_after_the_tenth_it_stands(self, village):
        sent(village)
        completed(village)
        with noon(date(2026, 12, 11)):
            assert not signed_in(village.liaison).get(page(village)).context["may_hand_in"]
            answer = sent(village)
        assert answer.status_code == 409
        assert MonthlyReturn.objects.get().figures["visits"] == 0
        assert len(events(village)) == 1

    def test_what_was_never_handed_in_may_still_be_late(self, village):
        with noon(date(2027, 3, 1)):
            assert sent(village).status_code == 302
        assert MonthlyReturn.objects.get().month == NOVEMBER.first

    def test_a_month_that_has_not_begun_or_cannot_be_is_not_there(self, village):
        with pytest.raises(Invalid):
            hand_in(village.station, actor=village.liaison, month=NOVEMBER.next)
        client = signed_in(village.liaison)
        for year, month in ((2026, 12), (2026, 13), (2026, 0), (2025, 11), (9999, 1), (0, 0)):
            url = f"/deliberations/returns/{village.station.pk}/{year}/{month}/"
            assert client.get(url).status_code == 404
            assert client.post(f"{url}hand-in/").status_code == 404
            assert client.get(f"/deliberations/returns/{year}/{month}/returns.xlsx").status_code == 404
        assert not MonthlyReturn.objects.exists()

    def test_a_closed_station_hands_nothing_in(self, village):
        close_station(village.station, actor=village.staff, version=0, reason="撤并")
        assert not signed_in(village.liaison).get(page(village)).context["may_hand_in"]
        assert sent(village).status_code == 409
        with pytest.raises(Conflict):
            hand_in(village.station, actor=village.staff, month=NOVEMBER)

    def test_a_remark_that_is_too_long_is_refused_and_kept_on_the_page(self, village):
        answer = sent(village, remark="长" * 201)
        assert answer.status_code == 422
        assert "长" * 201 in answer.content.decode()
        assert not MonthlyReturn.objects.exists()

    def test_staff_hand_in_for_a_station_that_told_it_by_telephone(self, village):
        assert sent(village, actor=village.staff).status_code == 302
        assert MonthlyReturn.objects.get().by == village.staff.user

    def test_nobody_else_hands_in(self, village):
        for actor in [village.other_liaison, village.deputy, village.chair, *(make_actor(role) for role in Role)]:
            if actor.is_staff:
                continue
            with pytest.raises(NotAllowed):
                hand_in(village.station, actor=actor, month=NOVEMBER)
        assert sent(village, actor=village.other_liaison).status_code == 404
        assert sent(village, actor=village.chair).status_code == 403
        assert sent(village, actor=village.deputy).status_code == 403
        assert not MonthlyReturn.objects.exists()


class TestOverview:
    URL = "/deliberations/returns/"

    def test_a_station_sees_its_own_months_and_no_other_station_s(self, village):
        sent(village)
        rows = signed_in(village.liaison).get(self.URL).context["rows"]
        assert {row["station"] for row in rows} == {village.station}
        assert [row["month"] for row in rows][:2] == [NOVEMBER, OCTOBER]
        assert [bool(row["handed_in"]) for row in rows][:2] == [True, False]
        assert not any(row["handed_in"] for row in signed_in(village.other_liaison).get(self.URL).context["rows"])
        assert signed_in(village.other_liaison).get(page(village)).status_code == 404

    def test_whoever_runs_no_station_reads_that(self):
        assert signed_in(make_actor(Role.STATION)).get(self.URL).context["rows"] == []

    def test_the_committee_sees_who_is_missing_with_numbers_and_a_text_for_wechat(self, village):
        StationStaff.objects.create(
            station=village.station, person=make_person("章站长"), duty="HEAD", phone="0319-5210001", since=SINCE
        )
        StationStaff.objects.filter(person=village.liaison.user.person).update(phone="13700003333")
        with noon(date(2026, 12, 2)):
            shown = signed_in(village.staff).get(self.URL)
            assert shown.context["month"] == NOVEMBER
            assert {row.pk for row in shown.context["missing"]} == {village.station.pk, village.elsewhere.pk}
            text = shown.content.decode()
            assert text.index("13700003333") < text.index("0319-5210001")  # the liaison first
            assert "石桥镇代表之家、柳林镇代表之家" in shown.context["reminder"]
            sent(village)
            shown = signed_in(village.staff).get(self.URL)
            assert [row.pk for row in shown.context["missing"]] == [village.elsewhere.pk]
            sent_too = hand_in(village.elsewhere, actor=village.staff, month=NOVEMBER)
            assert sent_too.figures["visits"] == 0
            shown = signed_in(village.staff).get(self.URL)
            assert (shown.context["missing"], shown.context["reminder"]) == ([], "")

    def test_the_county_s_sum_is_of_what_was_handed_in(self, village):
        completed(village)
        logged(village, actor=village.other_deputy, mandate=village.stranger)
        sent(village)
        shown = signed_in(village.chair).get(self.URL, {"month": "2026-11"})
        sums = {row["label"]: (row["now"], row["before"]) for row in shown.context["sums"]}
        assert sums[FIGURES["visits"]] == (1, 0)
        hand_in(village.elsewhere, actor=village.staff, month=NOVEMBER)
        shown = signed_in(village.chair).get(self.URL, {"month": "2026-11"})
        assert {row["label"]: row["now"] for row in shown.context["sums"]}[FIGURES["visits"]] == 2

    @pytest.mark.parametrize("asked", ["2031-01", "x", "", "2026-11-01"])
    def test_a_month_that_cannot_be_chosen_shows_the_last_one_that_is_over(self, village, asked):
        assert signed_in(village.chair).get(self.URL, {"month": asked}).context["month"] == OCTOBER

    def test_without_stations_it_says_so(self):
        assert signed_in(make_actor(Role.COMMITTEE_STAFF)).get(self.URL).context["stations"] == []

    def test_closed_stations_are_not_missed(self, village):
        close_station(village.elsewhere, actor=village.staff, version=0, reason="撤并")
        missing = signed_in(village.staff).get(self.URL).context["missing"]
        assert [row.pk for row in missing] == [village.station.pk]

    def test_others_have_no_such_page(self, village):
        for role in set(Role) - {Role.STATION, *village_committee()}:
            client = signed_in(make_actor(role))
            assert client.get(self.URL).status_code == 403
            assert client.get(page(village)).status_code == 403

    def test_twenty_stations_take_as_many_queries_as_ten(self, village):
        client, counts = signed_in(village.staff), []
        for _ten in range(2):
            for number in range(10):
                station = make_station()
                duty = {"duty": "LIAISON", "phone": "13700001111", "since": SINCE}
                StationStaff.objects.create(station=station, person=make_person(), **duty)
                if number % 2:
                    hand_in(station, actor=village.staff, month=OCTOBER)
            with CaptureQueriesContext(connection) as seen:
                client.get(self.URL)
            counts.append(len(seen))
        assert counts[0] == counts[1]


def village_committee():
    return {Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.COMMITTEE_STAFF, Role.WORKING_BODY}


class TestWorkbook:
    def book(self, actor, month=NOVEMBER):
        url = reverse("deliberations:returns_workbook", args=[month.first.year, month.first.month])
        return rows_of(signed_in(actor).get(url).content, "月报")

    def test_every_station_stands_in_it_and_who_is_missing_says_so(self, village):
        completed(village)
        sent(village)
        rows = self.book(village.staff)
        assert [(row["家站"], row["走访(次)"], row["备注"]) for row in rows] == [
            ("石桥镇代表之家", 1, ""),
            ("柳林镇代表之家", "", "未报"),
        ]

    def test_nothing_is_told_as_nothing(self, village):
        sent(village)
        assert self.book(village.liaison)[0]["备注"] == "本月无"

    def test_a_station_s_holds_itself_alone(self, village):
        assert [row["家站"] for row in self.book(village.liaison)] == ["石桥镇代表之家"]


def test_the_record_of_the_station_tells_the_return_in_words(village):
    completed(village)
    sent(village)
    shown = signed_in(village.liaison).get(reverse("stations:detail", args=[village.station.pk]))
    told_of = shown.context["events"][0]["changes"]
    assert f"{FIGURES['visits']}：1" in told_of or f"{FIGURES['visits']}: 1" in told_of


def test_on_the_first_of_a_month_the_one_that_is_over_can_be_handed_in(village):
    with noon(date(2026, 12, 1)):
        assert signed_in(village.liaison).get(page(village)).status_code == 200
