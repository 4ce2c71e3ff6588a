"""One deputy entered by hand, as after a by-election, and the entry of a deputy corrected."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Person, Role
from accounts.transitions.people import PersonFacts
from stations.models import Mandate, Station, Term
from stations.transitions.districts import enter_district, put_to_district
from stations.transitions.entering import Elected, correct_mandate, enter_deputy
from stations.transitions.standing import end
from stations.transitions.stations import close
from tests.factory import (
    county_term,
    make_actor,
    make_delegation,
    make_mandate,
    make_person,
    make_station,
    make_township,
)
from tests.suggestions.web import send, signed_in
from workflow import chain, clock
from workflow.engine import Conflict, NotAllowed

pytestmark = pytest.mark.django_db

PHONE = "13911112222"
PAGE = "/stations/deputies/new/"


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def station():
    return make_station("石桥镇代表之家")


@pytest.fixture
def place(staff):
    return enter_district(actor=staff, term=county_term(), number=5, name="第5选区", seats=1)


def typed(station, **more):
    told = {"congress": "COUNTY", "name": "补 小 选", "phone": PHONE, "certificate_no": "X0198"}
    return {**told, "station": station.pk, "started_on": str(clock.today()), **more}


def events(station):
    row = Station.objects.get(pk=station.pk)
    assert chain.faults(row, row.events.select_related("detail")) == []
    return list(row.events.select_related("detail").order_by("seq"))


def page_of(mandate, verb="correct"):
    return reverse("stations:deputy_act", args=[mandate.pk, verb])


def as_it_is(mandate, **changes):
    person = mandate.person
    told = {"name": person.name, "phone": person.phone, "certificate_no": mandate.certificate_no}
    return {**told, "started_on": str(mandate.started_on), **changes}


def test_a_by_election_fills_a_vacancy_and_the_station_tells_it(staff, station, place):
    answer = send(staff, f"{PAGE}?district={place.pk}", **typed(station, district=place.pk, by_election="on"))
    made = Mandate.objects.select_related("person").get()
    assert answer.url == reverse("stations:deputy", args=[made.pk])
    assert (made.person.name, made.district, made.by_election, made.started_on) == (
        "补小选",
        place,
        True,
        clock.today(),
    )
    assert made.status == Mandate.Status.ACTIVE
    [event] = events(station)
    assert (event.verb, event.part_key, event.part_to) == ("enter", made.uuid, "ACTIVE")
    assert event.detail.changes["district"] == "第5选区"
    assert PHONE not in str(event.detail.changes)
    found = signed_in(staff).get(reverse("stations:deputies"), {"q": "X0198"})
    assert [row.pk for row in found.context["rows"]] == [made.pk]


def test_the_vacancy_proposes_its_congress_and_that_it_is_a_by_election(staff, place):
    form = signed_in(staff).get(PAGE, {"district": place.pk}).context["form"]
    assert (form.initial["congress"], form.initial["district"], form.initial["by_election"]) == ("COUNTY", place, True)


@pytest.mark.parametrize("asked", ["x", "9" * 400, "-1", "0"])
def test_a_district_that_is_none_proposes_nothing(staff, asked):
    answer = signed_in(staff).get(PAGE, {"district": asked})
    assert (answer.status_code, answer.context["form"].initial) == (200, {})


@pytest.mark.parametrize("level", ["CITY", "PROVINCE", "NATION"])
def test_deputies_of_the_levels_above_are_entered_too(staff, station, level):
    send(staff, PAGE, **typed(station, congress=level))
    assert Mandate.objects.get().level == level
    assert Term.objects.filter(level=level, is_current=True).count() == 1


def test_a_township_deputy_belongs_to_the_congress_of_the_township(staff, station):
    send(staff, PAGE, **typed(station, congress=station.township_id))
    assert Mandate.objects.get().term.township == station.township


def test_a_sub_district_has_no_congress(staff, station):
    street = make_township("城关街道", "SUB_DISTRICT")
    assert send(staff, PAGE, **typed(station, congress=street.pk)).status_code == 422


def test_who_is_a_deputy_elsewhere_stays_the_same_person(staff, station):
    person = make_person("补小选", phone=PHONE)
    make_mandate(person, level="TOWNSHIP", station=station)
    send(staff, PAGE, **typed(station))
    assert {row.person for row in Mandate.objects.all()} == {person}
    assert Person.objects.filter(name="补小选").count() == 1


def test_the_same_form_sent_twice_makes_one_deputy(staff, station):
    send(staff, PAGE, **typed(station))
    again = send(staff, PAGE, **typed(station))
    assert again.status_code == 422
    assert Mandate.objects.count() == 1
    assert len(events(station)) == 1


def test_a_deputy_of_this_congress_is_not_entered_again_under_another_number(staff, station):
    send(staff, PAGE, **typed(station))
    again = send(staff, PAGE, **typed(station, certificate_no="X0199"))
    assert again.context["form"].errors["name"]
    assert Mandate.objects.count() == 1


def test_a_seat_that_is_taken_is_not_offered_and_not_given(staff, station, place):
    put_to_district(place, actor=staff, mandates=[make_mandate(station=station)])
    answer = send(staff, PAGE, **typed(station, district=place.pk))
    assert answer.context["form"].errors["district"]
    assert Mandate.objects.count() == 1


def test_what_belongs_to_another_congress_is_refused(staff, station, place):
    other = make_delegation("二组", term=Term.objects.create(level="TOWNSHIP", township=station.township))
    assert send(staff, PAGE, **typed(station, delegation=other.pk)).context["form"].errors["delegation"]
    wrong = typed(station, congress=station.township_id, district=place.pk)
    assert send(staff, PAGE, **wrong).context["form"].errors["district"]
    assert not Mandate.objects.exists()


def test_impossible_days_are_refused(staff, station):
    term = county_term()
    term.starts_on = clock.today() - timedelta(100)
    term.save()
    for day in (clock.today() + timedelta(1), clock.today() - timedelta(101)):
        answer = send(staff, PAGE, **typed(station, started_on=str(day)))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["started_on"])
    assert not Person.objects.filter(name="补小选").exists()


def test_a_closed_station_takes_nobody_in(staff, station):
    close(station, actor=staff, version=0, reason="撤并")
    with pytest.raises(Conflict):
        enter_deputy(actor=staff, level="COUNTY", person=PersonFacts("某"), station=station, facts=Elected("X1"))
    assert send(staff, PAGE, **typed(station)).status_code == 422  # it is not offered


def test_nobody_else_enters_or_corrects(station):
    mandate = make_mandate(station=station)
    for role in set(Role) - {Role.COMMITTEE_STAFF}:
        actor = make_actor(role)
        with pytest.raises(NotAllowed):
            enter_deputy(actor=actor, level="COUNTY", person=PersonFacts("某"), station=station, facts=Elected("X1"))
        with pytest.raises(NotAllowed):
            correct_mandate(mandate, actor=actor, version=0, person=PersonFacts("某"), facts=Elected("X1"))
    assert Mandate.objects.count() == 1


def test_a_correction_tells_what_changed_but_not_the_telephone_number(staff, station, place):
    mandate = make_mandate(make_person("周大野", phone="13900000001"), station=station, certificate_no="X0001")
    delegation = make_delegation()
    changes = {"name": "周大爷", "phone": PHONE, "certificate_no": "X0002"}
    more = {"delegation": delegation.pk, "district": place.pk, "employer_post": "石桥镇南门村支书"}
    assert send(staff, page_of(mandate), **as_it_is(mandate, **changes, **more)).status_code == 302
    row = Mandate.objects.select_related("person").get()
    assert (row.person.name, row.person.phone, row.certificate_no) == ("周大爷", PHONE, "X0002")
    assert (row.delegation, row.district, row.employer_post) == (delegation, place, "石桥镇南门村支书")
    [event] = events(station)
    told = event.detail.changes
    assert told["name"] == ["周大野", "周大爷"]
    assert told["district"] == ["", "第5选区"]
    assert told["deputy_phone"] is True
    assert PHONE not in str(told)
    page = signed_in(staff).get(reverse("stations:deputy", args=[row.pk])).content.decode()
    assert "第5选区" in page
    found = signed_in(staff).get(reverse("stations:deputies"), {"q": "zhoudaye"})
    assert [found.pk for found in found.context["rows"]] == [row.pk]


def test_a_new_name_is_found_under_the_person_s_other_mandates_too(staff, station):
    person = make_person("周大野")
    county, town = make_mandate(person, station=station), make_mandate(person, level="TOWNSHIP", station=station)
    send(staff, page_of(county), **as_it_is(county, name="周大爷"))
    assert "周大爷" in Mandate.objects.get(pk=town.pk).search_text


def test_nothing_changed_leaves_no_event(staff, station):
    mandate = make_mandate(station=station)
    assert send(staff, page_of(mandate), **as_it_is(mandate)).status_code == 302
    assert Station.objects.get(pk=station.pk).version == 0


def test_a_certificate_of_another_and_a_full_district_are_refused(staff, station, place):
    make_mandate(station=station, certificate_no="X0001")
    put_to_district(place, actor=staff, mandates=[Mandate.objects.get()])
    mandate = make_mandate(station=station, certificate_no="X0002")
    answer = send(staff, page_of(mandate), **as_it_is(mandate, certificate_no="X0001"))
    assert answer.context["form"].errors["certificate_no"]
    assert send(staff, page_of(mandate), **as_it_is(mandate, district=place.pk)).context["form"].errors["district"]
    assert Mandate.objects.get(pk=mandate.pk).certificate_no == "X0002"


def test_whose_mandate_ended_is_corrected_no_more(staff, station):
    mandate = make_mandate(station=station)
    end(mandate, actor=staff, version=0, on=clock.today(), end_reason="DIED")
    assert signed_in(staff).get(page_of(mandate)).status_code == 409


def test_who_has_no_station_is_put_to_one_first(staff):
    mandate = make_mandate()
    answer = send(staff, page_of(mandate), **as_it_is(mandate, name="改名"))
    assert answer.status_code == 409


def test_somebody_was_faster(staff, station):
    mandate = make_mandate(station=station)
    client = signed_in(staff)
    send(staff, page_of(mandate), **as_it_is(mandate, name="第一个"))
    late = client.post(page_of(mandate), {**as_it_is(mandate, name="第二个"), "version": 0})
    assert late.status_code == 409
    assert "第二个" in late.content.decode()
    assert Mandate.objects.select_related("person").get().person.name == "第一个"
