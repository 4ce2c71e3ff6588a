"""A deputy's performance file: what the portal knows, what is entered, who reads it, how it is printed and read out."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from deliberations.models import Attendance, Meeting, Training
from stations.models import Duty, Mandate, ReceptionDay
from supervision.models import PerformanceEntry
from supervision.performance import periods
from supervision.performance.items import counts, items_of
from supervision.transitions import performance
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.visiting import completed
from tests.factory import make_actor, make_mandate, make_station
from tests.suggestions.factory import TODAY, accepted, evaluate, make_county, noon, replied
from tests.suggestions.web import send, signed_in
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.models import RuleSet, RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def county():
    return make_county()


def page(name, mandate):
    return reverse(f"supervision:{name}", args=[mandate.pk])


def year_of(mandate, actor, number=TODAY.year):
    return items_of([mandate], periods.year(number), actor)[mandate.pk]


def enter(county, kind="CONGRESS", on=None, text="县十七届人大六次会议", **more):
    return performance.enter(county.lead, actor=county.liaison, kind=kind, on=on or TODAY, text=text, **more)


def received(county, mandate, on=TODAY, state="PRESENT"):
    day = ReceptionDay.objects.create(station=county.station, on=on, starts_at="09:00", ends_at="11:00", status="HELD")
    return Duty.objects.create(day=day, mandate=mandate, state=state)


def trained(county, mandate, state="PRESENT"):
    training = Training.objects.create(
        cycle=make_round().cycle, mode="CENTRAL", title="初任培训", on=TODAY, place="礼堂", lecturer="李", content="法",
        hours=Decimal("3"), due=1, present=1,
    )  # fmt: skip
    return Attendance.objects.create(training=training, part="DEPUTY", mandate=mandate, name="赵大海", state=state)


def met(county, mandate, status="CLOSED"):
    cycle = make_round(title=f"{status}").cycle
    meeting = Meeting.objects.create(
        kind="DELIBERATION", status=status, cycle=cycle, station=county.station, held_on=TODAY, place="会议室",
        created_at=clock.now(),
    )  # fmt: skip
    return Attendance.objects.create(meeting=meeting, part="DEPUTY", mandate=mandate, name="赵大海", state="PRESENT")


# what is counted


def test_what_the_portal_knows_is_counted_once_each(county):
    reply = replied(county, accepted(county))
    evaluate(county, reply, actor=county.deputy, source="OWN")
    completed(county)
    received(county, county.lead)
    trained(county, county.lead)
    met(county, county.lead)
    enter(county)
    found = counts(year_of(county.lead, county.staff))
    wanted = {"LED": 1, "EVALUATED": 1, "VISIT": 1, "DUTY": 1, "TRAINING": 1, "MEETING": 1, "CONGRESS": 1}
    assert {code: number for code, number in found.items() if number} == wanted
    assert counts(year_of(county.second, county.staff))["CO_SIGNED"] == 1


def test_what_did_not_happen_is_not_counted(county):
    received(county, county.lead, state="ABSENT")
    trained(county, county.lead, state="LEAVE")
    met(county, county.lead, status="CANCELLED")
    assert year_of(county.lead, county.staff) == []


def test_a_year_holds_its_own_days_only(county):
    for on in (date(2025, 12, 31), date(2026, 1, 1)):
        enter(county, on=on)
    assert [item.on for item in year_of(county.lead, county.staff, 2025)] == [date(2025, 12, 31)]
    assert [item.on for item in year_of(county.lead, county.staff, 2026)] == [date(2026, 1, 1)]
    whole = items_of([county.lead], periods.term(county.lead), county.staff)[county.lead.pk]
    assert len(whole) == 2 and periods.years_of(county.lead) == [2022, 2023, 2024, 2025, 2026]


def test_a_cycle_holds_what_belongs_to_it(county):
    row = trained(county, county.lead)
    other = make_round(title="另一轮").cycle
    client = signed_in(county.staff)
    for cycle, number in ((row.training.cycle, 1), (other, 0)):
        answer = client.get(page("performance", county.lead), {"period": f"cycle-{cycle.pk}"})
        assert len(answer.context["parts"][2]["items"]) == number and cycle.title in answer.content.decode()


def test_no_voters_words_stand_in_the_file(county):
    visit = completed(county)
    words = visit.opinions.get().words
    assert words not in signed_in(county.staff).get(page("performance", county.lead)).content.decode()


@pytest.mark.parametrize("period", ["", "x", "year-1", "year-abc", "cycle-999999", "cycle-", "term", "year-2026"])
def test_whatever_is_asked_for_gives_a_page(county, period):
    for name in ("performance", "performance_year", "performance_workbook"):
        assert signed_in(county.staff).get(page(name, county.lead), {"period": period}).status_code == 200


def test_the_file_takes_as_many_queries_for_many_deputies_and_items(county):
    def count():
        client, url = signed_in(county.staff), f"{reverse('supervision:print_performance')}?station={county.station.pk}"
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    enter(county)
    before = count()
    for number in range(10):
        mandate = make_mandate(station=county.station)
        performance.enter(mandate, actor=county.staff, kind="GROUP", on=TODAY, text=f"第{number}次")
        received(county, mandate, on=TODAY - timedelta(number))
    assert count() == before


# who reads it


def test_who_reads_the_file_and_to_whom_it_is_not_there(county):
    allowed = {county.staff, county.liaison, county.deputy} | {
        make_actor(role) for role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.WORKING_BODY)
    }
    others = {county.co_signer, county.host, county.office, make_actor(Role.STATION, station=make_station())}
    others |= {make_actor(role) for role in (Role.TOWNSHIP, Role.COUNTY_LEADER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)}
    for actor in allowed | others:
        for name in ("performance", "performance_year", "performance_sheet", "performance_workbook"):
            wanted = 200 if actor in allowed else 404
            assert signed_in(actor).get(page(name, county.lead)).status_code == wanted, (actor.role, name)


def test_the_list_of_files_is_for_the_committee_and_the_station(county):
    make_mandate(station=make_station())
    for actor, number in ((county.staff, Mandate.objects.count()), (county.liaison, 2)):
        assert len(signed_in(actor).get(reverse("supervision:performance_files")).context["rows"]) == number
    assert signed_in(county.deputy).get(reverse("supervision:performance_files")).status_code == 403


# entering


def test_the_liaison_enters_by_the_page_and_the_stations_record_tells_it(county):
    url = page("enter_performance", county.lead)
    answer = send(county.liaison, url, kind="INSPECTION", on=TODAY.isoformat(), text="视察供水", days="1.5")
    assert answer.status_code == 302
    entry = PerformanceEntry.objects.get()
    assert entry.days == Decimal("1.5") and entry.by == county.liaison.user
    event = county.station.events.latest("seq")
    assert event.verb == "enter_performance" and event.detail.changes["deputy"] == "赵大海"
    assert "视察供水" in signed_in(county.deputy).get(page("performance", county.lead)).content.decode()
    assert (
        "视察供水" in signed_in(county.staff).get(reverse("stations:detail", args=[county.station.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "2026-03-17"}, "on"),
        ({"on": "2021-12-31"}, "on"),
        ({"on": "x"}, "on"),
        ({"text": " "}, "text"),
        ({"text": "字" * 201}, "text"),
        ({"days": "31"}, "days"),
        ({"days": "-1"}, "days"),
        ({"kind": "SLEEP"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(county, wrong, field):
    typed = {"kind": "GROUP", "on": TODAY.isoformat(), "text": "学习", "days": "0"} | wrong
    answer = send(county.liaison, page("enter_performance", county.lead), **typed)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert not PerformanceEntry.objects.exists()


def test_a_form_sent_twice_is_one_entry(county):
    enter(county)
    with pytest.raises(Invalid) as refused:
        enter(county)
    assert refused.value.code == "twice" and PerformanceEntry.objects.count() == 1


def test_after_leaving_office_nothing_is_entered_for_later(county):
    Mandate.objects.filter(pk=county.lead.pk).update(ended_on=TODAY - timedelta(1))
    county.lead.refresh_from_db()
    with pytest.raises(Invalid):
        enter(county)
    enter(county, on=TODAY - timedelta(2))


def test_without_a_station_nothing_is_entered(county):
    alone = make_mandate()
    with pytest.raises(Conflict):
        performance.enter(alone, actor=county.staff, kind="GROUP", on=TODAY, text="x")


def test_who_does_not_enter(county):
    for actor in (county.deputy, county.co_signer, make_actor(Role.CHAIRPERSON), county.host):
        with pytest.raises(NotAllowed):
            performance.enter(county.lead, actor=actor, kind="AWARD", on=TODAY, text="x")
    assert signed_in(county.deputy).get(page("enter_performance", county.lead)).status_code == 403


def test_what_was_wrong_is_void_stays_readable_and_counts_no_longer(county):
    entry = enter(county, text="写错的")
    url = reverse("supervision:void_performance", args=[entry.pk])
    assert send(county.liaison, url, reason="").status_code == 422
    assert send(county.liaison, url, reason="不是他").status_code == 302
    assert counts(year_of(county.lead, county.staff))["CONGRESS"] == 0
    told = signed_in(county.deputy).get(page("performance", county.lead)).content.decode()
    assert "写错的" in told and "不是他" in told
    with pytest.raises(Conflict):
        performance.void(entry, actor=county.staff, reason="x")
    assert signed_in(county.deputy).post(url, {"reason": "x"}).status_code == 403
    assert signed_in(county.host).post(url, {"reason": "x"}).status_code == 404


# printing and reading out


def test_the_print_has_a_summary_and_a_page_for_each_year(county):
    enter(county, on=date(2025, 5, 1))
    answer = signed_in(county.deputy).get(page("performance_sheet", county.lead))
    text = answer.content.decode()
    assert text.count('class="file-page"') == 6 and "2025年履职情况" in text
    [file] = answer.context["files"]
    assert file["rows"][0]["numbers"] == [0, 0, 0, 1, 0] and file["rows"][0]["total"] == 1


def test_a_station_is_printed_at_once_and_nobody_elses(county):
    elsewhere = make_station()
    make_mandate(station=elsewhere)
    url = reverse("supervision:print_performance")
    answer = signed_in(county.liaison).get(url, {"station": county.station.pk})
    assert [file["mandate"].pk for file in answer.context["files"]] == [county.lead.pk, county.second.pk]
    assert signed_in(county.liaison).get(url).status_code == 302
    for asked in ({"station": ""}, {"station": elsewhere.pk}, {"station": "x"}, {"delegation": 99}):
        assert signed_in(county.liaison).get(url, asked).status_code == 422


def test_the_year_is_read_out_without_what_did_not_happen(county):
    client = signed_in(county.deputy)
    empty = client.get(page("performance_year", county.lead))
    assert empty.context["said"] == []
    accepted(county)
    enter(county)
    enter(county, "SITTING_IN", text="列席常委会")
    enter(county, "PENALTY", text="通报")
    said = client.get(page("performance_year", county.lead)).context["said"]
    assert said == ["出席人代会1次", "列席会议1次", "领衔提出建议1件"]


def test_a_deputy_finds_the_own_year_and_nobody_else_has_one(county):
    answer = signed_in(county.deputy).get(reverse("supervision:own_performance"))
    assert answer.context["mandate"] == county.lead
    assert signed_in(county.staff).get(reverse("supervision:own_performance")).status_code == 403
    assert signed_in(make_actor(Role.DEPUTY)).get(reverse("supervision:own_performance")).status_code == 404


def test_the_workbook_holds_the_same(county):
    enter(county, text="=1+1")
    answer = signed_in(county.staff).get(page("performance_workbook", county.lead))
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in cells and all(
        cell.data_type != "f" or "SUM" in str(cell.value) for row in sheet.iter_rows() for cell in row
    )


# points


def test_points_are_off_until_the_county_sets_them_and_count_from_that_day(county):
    enter(county, on=date(2026, 1, 5))
    enter(county, on=date(2026, 3, 5))
    assert signed_in(county.staff).get(page("performance", county.lead)).context["points"] is None
    chosen = RuleSet.objects.create(valid_from=date(2026, 2, 1), note="")
    RuleValue.objects.create(rule_set=chosen, key="points_congress", value=5)
    for actor, points in ((county.staff, 5), (county.deputy, 5), (county.liaison, None)):
        assert signed_in(actor).get(page("performance", county.lead)).context["points"] == points
