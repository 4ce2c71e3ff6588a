"""Electoral districts: entered and corrected by staff, whose deputies are in office, which seats are vacant and since when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from stations.models import ElectoralDistrict, Mandate, Station
from stations.transitions.districts import enter_district, put_to_district, set_district
from stations.transitions.standing import end, suspend
from tests.factory import county_term, make_actor, make_mandate, make_person, make_station, make_township, township_term
from tests.suggestions.web import send, signed_in
from workflow import chain, clock
from workflow.engine import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def station():
    return make_station("石桥镇代表之家")


def district(staff, number=1, *, seats=1, term=None, name=""):
    facts = {"number": number, "name": name or f"第{number}选区", "seats": seats}
    return enter_district(actor=staff, term=term or county_term(), **facts)


def elected(staff, place, station, name="代表甲"):
    mandate = make_mandate(make_person(name), station=station)
    put_to_district(place, actor=staff, mandates=[mandate])
    return Mandate.objects.get(pk=mandate.pk)


def left(staff, mandate, days):
    version = Station.objects.get(pk=mandate.station_id).version
    on = clock.today() - timedelta(days)
    return end(mandate, actor=staff, version=version, on=on, end_reason="RESIGNED")


def row_of(actor, place):
    page = signed_in(actor).get(reverse("stations:districts"))
    return next(row for row in page.context["rows"] if row.pk == place.pk)


def test_a_district_is_entered_by_the_page_and_stands_in_the_record_of_who_did_it(staff):
    typed = {"term": county_term().pk, "number": "3", "name": "第3选区", "seats": "2", "township": make_township().pk}
    answer = send(staff, reverse("stations:add_district"), **typed)
    made = ElectoralDistrict.objects.get()
    assert answer.url == reverse("stations:district", args=[made.pk])
    assert (made.number, made.name, made.seats, made.township.name) == (3, "第3选区", 2, "石桥镇")
    event = staff.user.events.select_related("detail").last()
    assert event.verb == "enter_district"
    assert event.detail.changes == {"district": "第3选区", "number": 3, "seats": 2}


def test_the_same_number_twice_in_a_congress_is_refused_with_a_sentence(staff):
    district(staff)
    typed = {"term": county_term().pk, "number": "1", "name": "又一个", "seats": "1"}
    answer = send(staff, reverse("stations:add_district"), **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"]
    # another congress numbers its own
    district(staff, term=township_term(make_township()))
    assert ElectoralDistrict.objects.count() == 2


def test_a_township_s_district_lies_in_that_township(staff):
    town = make_township("柳林镇")
    assert district(staff, term=township_term(town)).township == town


@pytest.mark.parametrize(("number", "seats"), [("0", "1"), ("x", "1"), ("1", "0"), ("1", "10")])
def test_impossible_numbers_are_refused(staff, number, seats):
    typed = {"term": county_term().pk, "number": number, "name": "第1选区", "seats": seats}
    assert send(staff, reverse("stations:add_district"), **typed).status_code == 422
    assert not ElectoralDistrict.objects.exists()


def test_a_correction_tells_before_and_after_and_nothing_changed_leaves_no_event(staff):
    place = district(staff)
    send(staff, reverse("stations:edit_district", args=[place.pk]), number="1", name="城关第1选区", seats="2")
    event = staff.user.events.select_related("detail").last()
    assert event.detail.changes == {"district": "城关第1选区", "name": ["第1选区", "城关第1选区"], "seats": [1, 2]}
    before = staff.user.events.count()
    send(staff, reverse("stations:edit_district", args=[place.pk]), number="1", name="城关第1选区", seats="2")
    assert staff.user.events.count() == before


def test_there_cannot_be_fewer_seats_than_deputies_in_office(staff, station):
    place = district(staff, seats=2)
    elected(staff, place, station)
    elected(staff, place, station, "代表乙")
    with pytest.raises(Invalid, match="2") as refused:
        set_district(place, actor=staff, number=1, name=place.name, seats=1)
    assert refused.value.field == "seats"


def test_nobody_else_keeps_districts(staff, station):
    place, mandate = district(staff), make_mandate(station=station)
    for role in set(Role) - {Role.COMMITTEE_STAFF}:
        actor = make_actor(role)
        with pytest.raises(NotAllowed):
            district(actor, 7)
        with pytest.raises(NotAllowed):
            set_district(place, actor=actor, number=1, name="x", seats=1)
        with pytest.raises(NotAllowed):
            put_to_district(place, actor=actor, mandates=[mandate])
    assert Mandate.objects.get().district is None


def test_deputies_are_put_to_a_district_by_name_and_the_station_tells_it(staff, station):
    place = district(staff, seats=2)
    first = make_mandate(make_person("周大爷"), station=station, certificate_no="X0001")
    second = make_mandate(make_person("王秀兰"), station=station, certificate_no="X0002")
    answer = send(staff, reverse("stations:put_to_district", args=[place.pk]), mandates="周大爷、X0002")
    assert answer.status_code == 302
    assert set(Mandate.objects.filter(district=place)) == {first, second}
    fresh = Station.objects.get(pk=station.pk)
    assert chain.faults(fresh, fresh.events.select_related("detail")) == []
    event = fresh.events.select_related("detail").last()
    assert (event.verb, event.detail.changes["district"]) == ("correct", ["", "第1选区"])


def test_whom_the_district_cannot_have_is_refused_and_nobody_is_moved(staff, station):
    place = district(staff)
    for name in ("甲某", "乙某"):
        make_mandate(make_person(name), station=station)
    page = reverse("stations:put_to_district", args=[place.pk])
    assert send(staff, page, mandates="甲某、乙某").status_code == 422  # one seat
    assert send(staff, page, mandates="没有此人").status_code == 422
    with pytest.raises(Invalid):
        put_to_district(place, actor=staff, mandates=[make_mandate()])  # without a station
    with pytest.raises(Invalid):
        put_to_district(place, actor=staff, mandates=[make_mandate(level="TOWNSHIP", station=station)])
    assert not Mandate.objects.filter(district=place).exists()
    assert Station.objects.get(pk=station.pk).version == 0


def test_a_seat_is_vacant_from_the_day_on_which_the_deputy_left(staff, station):
    place = district(staff)
    mandate = elected(staff, place, station, "李去职")
    assert row_of(staff, place).vacancies == []
    left(staff, mandate, 30)
    [vacancy] = row_of(staff, place).vacancies
    assert (vacancy.days, vacancy.last.person.name) == (30, "李去职")
    page = signed_in(staff).get(reverse("stations:district", args=[place.pk])).content.decode()
    assert "李去职" in page
    assert f"{reverse('stations:add_deputy')}?district={place.pk}" in page


def test_a_suspended_deputy_keeps_the_seat(staff, station):
    place = district(staff)
    mandate = elected(staff, place, station)
    suspend(mandate, actor=staff, version=1, on=clock.today(), reason="立案")
    assert row_of(staff, place).vacant == 0


def test_a_by_election_fills_the_seat_that_was_vacant_longest(staff, station):
    place = district(staff, seats=2)
    older, newer = elected(staff, place, station, "先离任"), elected(staff, place, station, "后离任")
    left(staff, older, 60)
    left(staff, newer, 10)
    assert [vacancy.days for vacancy in row_of(staff, place).vacancies] == [60, 10]
    elected(staff, place, station, "补选者")
    [vacancy] = row_of(staff, place).vacancies
    assert vacancy.last.person.name == "后离任"


def test_a_seat_that_was_never_filled_is_vacant_since_the_term_began(staff):
    term = county_term()
    term.starts_on = clock.today() - timedelta(100)
    term.save()
    [vacancy] = row_of(staff, district(staff, term=term)).vacancies
    assert (vacancy.days, vacancy.last) == (100, None)


def test_the_list_says_how_many_deputies_are_in_no_district_and_can_show_the_vacant_ones_alone(staff, station):
    full, empty = district(staff), district(staff, 2)
    elected(staff, full, station)
    make_mandate(station=station)
    page = signed_in(staff).get(reverse("stations:districts"), {"vacant": "on"})
    assert [row.pk for row in page.context["rows"]] == [empty.pk]
    assert page.context["unplaced"] == 1


def test_districts_of_a_former_term_stand_only_under_that_term(staff):
    old = county_term()
    place = district(staff, term=old)
    old.is_current = False
    old.save()
    client = signed_in(staff)
    assert list(client.get(reverse("stations:districts")).context["rows"]) == []
    assert [row.pk for row in client.get(reverse("stations:districts"), {"term": old.pk}).context["rows"]] == [place.pk]


def test_an_empty_list_says_what_districts_are_for(staff):
    assert b"empty" in signed_in(staff).get(reverse("stations:districts")).content


def test_twenty_districts_take_as_many_queries_as_ten(staff, station):
    client, counts = signed_in(staff), []
    for numbers in (range(1, 11), range(11, 21)):
        for number in numbers:
            left(staff, elected(staff, district(staff, number), station, f"代表{number}"), 5)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("stations:districts"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
