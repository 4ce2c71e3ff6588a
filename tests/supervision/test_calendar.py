"""Loading a year shows which limits move and applies them in one act; the statute's dates stay."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.transitions import accounts
from notifications.models import Notification
from stations.models import ReceptionDay
from stations.transitions.reception_rules import RuleFacts, set_rule
from suggestions.models import ClockKind, SuggestionClock
from suggestions.transitions import Verb
from supervision import reminders
from supervision.transitions import calendar as verbs
from tests.factory import make_actor
from tests.suggestions.factory import assigned, make_county, noon
from workflow.announcements import read_announcement
from workflow.calendars import load_calendar
from workflow.engine import Invalid, NotAllowed
from workflow.models import CalendarDay, CalendarYear
from workflow.verification import verify

pytestmark = pytest.mark.django_db

#: A Monday, from which three months end inside the spring festival of 2027.
TODAY = date(2026, 11, 9)
NOTICE = (
    "一、元旦：1月1日（周五）至3日（周日）放假。二、春节：2月5日（周五）至11日（周四）放假调休。1月30日（周六）上班。"
)
SETTERS = (Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN)


@pytest.fixture(autouse=True)
def on_the_day():
    with noon(TODAY):
        yield


@pytest.fixture
def county():
    return make_county()


def loading(text=NOTICE, year=2027, source="国务院办公厅关于2027年部分节假日安排的通知", standing="ANNOUNCED"):
    return verbs.Loading(read_announcement(text, year), source, standing)


def reply_clock(case):
    return case.clocks.get(kind=ClockKind.REPLY)


class TestVerb:
    def test_the_days_are_there_and_the_year_is_announced(self, county):
        verbs.load_year(loading(), actor=county.staff)
        calendar = load_calendar()
        assert not calendar.is_provisional(date(2027, 3, 1))
        assert not calendar.is_working(date(2027, 2, 9))
        assert calendar.is_working(date(2027, 1, 30))

    def test_the_statutory_date_stays_and_the_day_to_act_by_moves(self, county):
        case = assigned(county)
        before = reply_clock(case)
        assert (before.due_on, before.act_by, before.provisional) == (date(2027, 2, 9), date(2027, 2, 9), True)
        moved = verbs.load_year(loading(), actor=county.staff)
        after = reply_clock(case)
        assert (after.due_on, after.act_by, after.provisional) == (date(2027, 2, 9), date(2027, 2, 4), False)
        assert after.original_due_on == before.original_due_on
        assert [shift.clock.pk for shift in moved] == [before.pk]

    def test_a_countys_own_limit_moves_off_the_holiday(self, county):
        with noon(date(2027, 1, 8)):
            case = assigned(county)
        co_host = case.clocks.get(kind=ClockKind.CO_HOST)
        assert co_host.due_on == date(2027, 2, 8)
        verbs.load_year(loading(), actor=county.staff)
        co_host.refresh_from_db()
        assert co_host.due_on == co_host.act_by == date(2027, 2, 12)

    def test_each_suggestion_tells_it_once_and_stays_where_it_is(self, county):
        case = assigned(county)
        verbs.load_year(loading(), actor=county.staff)
        event = case.events.get(verb=Verb.RECOUNT)
        assert (event.from_state, event.to_state, event.actor) == (case.status, case.status, county.staff.user)
        assert event.detail.changes == {
            "clocks": [{"kind": "REPLY", "due_on": "2027-02-09 → 2027-02-09", "act_by": "2027-02-09 → 2027-02-04"}]
        }

    def test_the_act_stands_in_the_record_of_who_did_it(self, county):
        assigned(county)
        verbs.load_year(loading(), actor=county.staff)
        event = county.staff.user.events.get(verb=accounts.Verb.LOAD_CALENDAR)
        told = {"year": 2027, "standing": "ANNOUNCED", "holidays": 6, "workdays": 1, "moved": 1}
        assert event.detail.changes == told
        places = {f"accounts.User:{county.staff.user.pk}"} | {
            f"suggestions.Suggestion:{pk}" for pk in SuggestionClock.objects.values_list("suggestion", flat=True)
        }
        assert not places & {row["place"] for row in verify().faults}

    def test_reception_days_that_nobody_announced_move_off_the_holiday(self, county):
        facts = RuleFacts(time(9), time(11), day=8)
        set_rule(county.station, facts, actor=county.liaison, version=county.station.version, since=TODAY)
        day = ReceptionDay.objects.get(on=date(2027, 2, 8))
        verbs.load_year(loading(), actor=county.staff)
        day.refresh_from_db()
        assert (day.on, day.moved_from) == (date(2027, 2, 12), date(2027, 2, 8))
        event = county.staff.user.events.get(verb=accounts.Verb.LOAD_CALENDAR)
        assert event.detail.changes["receptions_moved"] == 1

    def test_a_limit_that_only_becomes_sure_changes_without_an_event(self, county):
        with noon(date(2026, 12, 1)):
            case = assigned(county)
        assert reply_clock(case).act_by == date(2027, 3, 1)
        verbs.load_year(loading(), actor=county.staff)
        assert not reply_clock(case).provisional
        assert "provisional" not in {step["code"] for step in reply_clock(case).trace}
        assert not case.events.filter(verb=Verb.RECOUNT).exists()

    def test_what_was_met_keeps_its_dates(self, county):
        case = assigned(county)
        SuggestionClock.objects.filter(pk=reply_clock(case).pk).update(met_on=TODAY)
        assert verbs.load_year(loading(), actor=county.staff) == []
        assert reply_clock(case).act_by == date(2027, 2, 9)

    def test_a_date_that_was_not_counted_stays(self, county):
        case = assigned(county)
        SuggestionClock.objects.filter(pk=reply_clock(case).pk).update(trace=[])
        assert verbs.load_year(loading(), actor=county.staff) == []
        assert reply_clock(case).act_by == date(2027, 2, 9)

    def test_what_is_shown_beforehand_is_what_happens(self, county):
        for on in (TODAY, date(2026, 11, 6)):
            with noon(on):
                assigned(county)
        shown = [(shift.clock.pk, shift.deadline) for shift in verbs.moves(loading())]
        assert len(shown) == 2
        assert not CalendarYear.objects.filter(year=2027).exists()
        moved = verbs.load_year(loading(), actor=county.staff)
        assert [(shift.clock.pk, shift.deadline) for shift in moved] == shown

    def test_loading_a_year_again_takes_the_place_of_its_days(self, county):
        verbs.load_year(loading(), actor=county.staff)
        case = assigned(county)
        assert reply_clock(case).act_by == date(2027, 2, 4)
        verbs.load_year(loading("春节：2月6日至11日放假"), actor=county.staff)
        assert set(CalendarDay.objects.filter(date__year=2027).values_list("date", flat=True)) == {
            date(2027, 2, day) for day in (8, 9, 10, 11)
        }
        assert reply_clock(case).act_by == date(2027, 2, 5)

    def test_a_provisional_year_stays_provisional(self, county):
        case = assigned(county)
        verbs.load_year(loading(standing="PROVISIONAL"), actor=county.staff)
        assert load_calendar().is_provisional(date(2027, 3, 1))
        assert (reply_clock(case).act_by, reply_clock(case).provisional) == (date(2027, 2, 4), True)

    def test_a_reminder_of_the_old_date_is_no_longer_true(self, county):
        case = assigned(county)
        with noon(date(2027, 1, 27)):
            reminders.run()
            told = Notification.objects.filter(
                fact__contains=f":clock:{reply_clock(case).pk}:2027-02-09:", void_reason=""
            )
            assert told.exists()
            verbs.load_year(loading(), actor=county.staff)
            reminders.run()
            assert not told.exists()

    @pytest.mark.parametrize("role", Role)
    def test_staff_and_the_system_administrator_load_calendars(self, role):
        actor = make_actor(role)
        if role in SETTERS:
            verbs.load_year(loading(), actor=actor)
        else:
            with pytest.raises(NotAllowed):
                verbs.load_year(loading(), actor=actor)
        assert CalendarYear.objects.filter(year=2027).exists() == (role in SETTERS)

    def test_a_year_names_its_notice(self, county):
        with pytest.raises(Invalid) as refused:
            verbs.load_year(loading(source=" "), actor=county.staff)
        assert refused.value.field == "source"


class TestPages:
    @pytest.fixture
    def signed_in(self, client, county):
        client.force_login(county.staff.user)
        return client

    @pytest.fixture
    def sent(self):
        return {"year": 2027, "source": "国办发明电", "standing": "ANNOUNCED", "text": NOTICE}

    @pytest.mark.parametrize(
        ("asked", "year"), [("2025", 2025), ("2027", 2027), ("", 2026), ("x", 2026), ("9" * 9, 2026)]
    )
    def test_a_year_is_shown(self, signed_in, asked, year):
        response = signed_in.get(reverse("supervision:calendar"), {"year": asked})
        assert (response.status_code, response.context["year"]) == (200, year)
        assert [tab["label"] for tab in response.context["tabs"] if tab["current"]] == [str(year)]

    def test_an_announced_year_has_its_days_and_notice(self, signed_in):
        context = signed_in.get(reverse("supervision:calendar"), {"year": "2026"}).context
        assert context["row"].standing == "ANNOUNCED"
        assert context["working_days"] == 248
        assert len(context["workdays"]) == 6
        assert dict(context["holidays"])["清明节"] == [date(2026, 4, 6)]

    def test_a_year_not_announced_says_what_is_assumed(self, signed_in):
        context = signed_in.get(reverse("supervision:calendar"), {"year": "2027"}).context
        assert context["row"] is None
        assert date(2027, 10, 1) in context["assumed"]

    @pytest.mark.parametrize("role", Role)
    def test_loading_is_for_setters_only(self, client, role, sent):
        client.force_login(make_actor(role).user)
        address = reverse("supervision:load_calendar")
        expected = 200 if role in SETTERS else 403
        assert client.get(reverse("supervision:calendar")).status_code == 200
        assert client.get(address).status_code == expected
        assert client.post(address, sent).status_code == expected
        assert client.post(address, sent | {"confirmed": "1"}).status_code == (302 if role in SETTERS else 403)

    def test_first_it_is_shown_and_nothing_changes(self, signed_in, county, sent):
        case = assigned(county)
        response = signed_in.post(reverse("supervision:load_calendar"), sent)
        assert response.status_code == 200
        assert [shift.clock.pk for shift in response.context["moves"]] == [reply_clock(case).pk]
        assert not CalendarYear.objects.filter(year=2027).exists()

    def test_then_it_is_confirmed(self, signed_in, county, sent):
        case = assigned(county)
        response = signed_in.post(reverse("supervision:load_calendar"), sent | {"confirmed": "1"})
        assert response["Location"] == f"{reverse('supervision:calendar')}?year=2027"
        assert reply_clock(case).act_by == date(2027, 2, 4)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("year", "1999"),
            ("year", "x"),
            ("source", ""),
            ("standing", "SURE"),
            ("text", ""),
            ("text", "没有假期"),
            ("text", "春节：2月30日放假"),
            ("text", "春节：2月5日（周四）放假"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_its_field(self, signed_in, sent, field, value):
        response = signed_in.post(reverse("supervision:load_calendar"), sent | {field: value, "confirmed": "1"})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert not CalendarYear.objects.filter(year=2027).exists()

    def test_the_next_year_is_offered(self, signed_in):
        form = signed_in.get(reverse("supervision:load_calendar")).context["form"]
        assert form["year"].value() == (TODAY + timedelta(days=365)).year
