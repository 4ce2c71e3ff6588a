"""Lists and pages of stations and deputies: who sees what, how they are searched, what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Role
from stations.models import Level, Mandate, Station, StationStaff
from stations.transitions.machines import Verb
from stations.transitions.standing import suspend
from tests.factory import (
    SINCE,
    make_actor,
    make_delegation,
    make_mandate,
    make_person,
    make_station,
    make_township,
    make_user,
)
from workflow import clock

pytestmark = pytest.mark.django_db

DEPUTY_PHONE, LIAISON_PHONE = "13900001111", "13700002222"
REASON = "涉嫌违法被立案"
COMMITTEE = {Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.COMMITTEE_STAFF, Role.WORKING_BODY}
PAGES = ("stations:list", "stations:detail", "stations:deputies", "stations:deputy")


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(user, url, **query):
    return client_of(user).get(url, query)


def numbers(answer):
    return [mandate.certificate_no for mandate in answer.context["rows"]]


def codes(answer):
    return [station.code for station in answer.context["rows"]]


@pytest.fixture
def station():
    row = make_station("石桥镇代表之家", code="JZ04", is_key=True)
    liaison = make_person("姜林波")
    StationStaff.objects.create(station=row, person=liaison, duty="LIAISON", phone=LIAISON_PHONE, since=SINCE)
    return row


@pytest.fixture
def mandate(station):
    person = make_person("曾庆海", phone=DEPUTY_PHONE)
    return make_mandate(person, station=station, delegation=make_delegation(), certificate_no="X0024")


def urls(station, mandate):
    keys = {"stations:detail": [station.pk], "stations:deputy": [mandate.pk]}
    return [reverse(name, args=keys.get(name)) for name in PAGES]


def test_without_a_post_there_is_nothing_to_see(station, mandate):
    user = make_user(Role.COMMITTEE_STAFF)
    user.posts.update(until=date(2025, 1, 1))
    answers = [get(user, url) for url in urls(station, mandate)]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 404]
    assert answers[0].context["rows"] == answers[2].context["rows"] == []


def test_who_is_not_signed_in_is_sent_to_sign_in(station, mandate):
    for url in urls(station, mandate):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("name", ["stations:detail", "stations:deputy"])
def test_what_does_not_exist_is_not_found(name):
    assert get(make_user(Role.COMMITTEE_STAFF), reverse(name, args=[99999])).status_code == 404


def everything(user, station, mandate):
    """What a reader can get to see of a deputy, searches by the numbers included."""
    pages = [get(user, url) for url in urls(station, mandate)]
    assert [page.status_code for page in pages] == [200] * 4
    searches = [
        get(user, reverse("stations:deputies"), q=DEPUTY_PHONE),
        get(user, reverse("stations:list"), q="1370000"),
    ]
    assert searches[0].context["rows"] == searches[1].context["rows"] == []
    return "".join(page.content.decode() for page in pages)


@pytest.mark.parametrize("role", list(Role))
def test_numbers_and_the_reason_of_a_suspension_are_seen_by_whom_they_concern(role, station, mandate):
    suspend(mandate, actor=make_actor(Role.COMMITTEE_STAFF), version=0, on=clock.today(), reason=REASON)
    text = everything(make_user(role), station, mandate)
    assert (DEPUTY_PHONE in text) == (role == Role.COMMITTEE_STAFF)
    assert (LIAISON_PHONE in text) == (role in COMMITTEE)
    assert (REASON in text) == (role in COMMITTEE)


def test_who_runs_the_station_sees_the_numbers_of_its_own_deputies_only(station, mandate):
    own, foreign = make_user(Role.STATION, station=station), make_user(Role.STATION, station=make_station())
    assert DEPUTY_PHONE in everything(own, station, mandate)
    assert LIAISON_PHONE in everything(own, station, mandate)
    assert DEPUTY_PHONE not in everything(foreign, station, mandate)
    assert LIAISON_PHONE not in everything(foreign, station, mandate)


def test_who_ran_the_station_sees_no_number_any_more(station, mandate):
    user = make_user(Role.STATION, station=station)
    StationStaff.objects.filter(person=user.person).update(until=date(2025, 1, 1))
    assert DEPUTY_PHONE not in everything(user, station, mandate)


def test_a_deputy_sees_the_own_number_and_how_to_reach_the_own_station(station, mandate):
    own = make_user(Role.DEPUTY, person=mandate.person)
    colleague = make_user(Role.DEPUTY, person=make_mandate(station=station).person)
    assert DEPUTY_PHONE in everything(own, station, mandate)
    assert DEPUTY_PHONE not in everything(colleague, station, mandate)
    assert LIAISON_PHONE in everything(colleague, station, mandate)


def test_the_station_sees_that_a_deputy_was_suspended_but_not_why(station, mandate):
    suspend(mandate, actor=make_actor(Role.COMMITTEE_STAFF), version=0, on=clock.today(), reason=REASON)
    user = make_user(Role.STATION, station=station)
    page = get(user, reverse("stations:detail", args=[station.pk]))
    assert [event["label"] for event in page.context["events"]] == [Verb.SUSPEND.label]
    assert REASON not in everything(user, station, mandate)


def test_the_page_of_a_deputy_shows_the_mandates_of_the_person_on_all_levels(station, mandate):
    make_mandate(mandate.person, Level.TOWNSHIP, station, certificate_no="Z0024")
    page = get(make_user(Role.DEPUTY), reverse("stations:deputy", args=[mandate.pk]))
    assert [other.certificate_no for other in page.context["others"]] == ["Z0024"]


def test_the_page_of_a_station_lists_who_is_in_office(station, mandate):
    gone = make_mandate(station=station)
    Mandate.objects.filter(pk=gone.pk).update(ended_on=date(2025, 1, 1), end_reason="DIED")
    page = get(make_user(Role.DEPUTY), reverse("stations:detail", args=[station.pk]))
    assert list(page.context["deputies"]) == [mandate]
    assert codes(get(make_user(Role.DEPUTY), reverse("stations:list"))) == ["JZ04"]


@pytest.mark.parametrize(
    "words", ["庆海", "曾庆", "zengqing", "zqh", "ZQH", "X0024", "ｘ００２４", "石桥", "庆海 石桥", "x00"]
)
def test_a_deputy_is_found_by_two_characters_pinyin_initials_and_number(mandate, words):
    make_mandate(make_person("林美"), station=make_station("青山镇代表之家", township=make_township("青山镇")))
    answer = get(make_user(Role.WORKING_BODY), reverse("stations:deputies"), q=words)
    assert numbers(answer) == ["X0024"]


@pytest.mark.parametrize("words", ["石桥", "代表之家 石桥", "shiqiao", "sqz", "jz04"])
def test_a_station_is_found_by_two_characters_pinyin_initials_and_code(station, words):
    make_station("青山镇联络站", code="JZ99", township=make_township("青山镇"))
    assert codes(get(make_user(Role.WORKING_BODY), reverse("stations:list"), q=words)) == ["JZ04"]


def test_stations_are_narrowed_by_township_kind_key_and_state(station):
    other = make_station(code="JZ99", kind="POINT", township=make_township("青山镇"))
    Station.objects.filter(pk=other.pk).update(status="CLOSED")
    user, url = make_user(Role.WORKING_BODY), reverse("stations:list")
    narrowed = {
        "township": other.township_id,
        "kind": "POINT",
        "status": "CLOSED",
    }
    assert codes(get(user, url)) == ["JZ04", "JZ99"]
    for name, value in narrowed.items():
        assert codes(get(user, url, **{name: value})) == ["JZ99"]
    assert codes(get(user, url, is_key="on")) == ["JZ04"]


def test_deputies_are_narrowed_by_level_township_delegation_station_and_office(station, mandate):
    township = make_township("青山镇")
    other = make_mandate(level=Level.TOWNSHIP, station=make_station(township=township), certificate_no="Z0001")
    Mandate.objects.filter(pk=other.pk).update(ended_on=date(2025, 1, 1))
    user, url = make_user(Role.WORKING_BODY), reverse("stations:deputies")
    assert numbers(get(user, url)) == ["X0024", "Z0001"]
    for name, value in {"level": "TOWNSHIP", "township": township.pk, "station": other.station_id}.items():
        assert numbers(get(user, url, **{name: value})) == ["Z0001"]
    for name, value in {"delegation": mandate.delegation_id, "active": "on", "level": "COUNTY"}.items():
        assert numbers(get(user, url, **{name: value})) == ["X0024"]


@pytest.mark.parametrize("url", ["stations:list", "stations:deputies"])
def test_a_filter_that_cannot_be_read_shows_nothing_and_its_error(mandate, url):
    answer = get(make_user(Role.WORKING_BODY), reverse(url), township="99999")
    assert answer.status_code == 200
    assert answer.context["rows"] == []
    assert answer.context["filter_form"].errors


@pytest.mark.parametrize("url", ["stations:list", "stations:deputies"])
def test_an_empty_list_and_an_empty_search_say_different_things(url):
    user = make_user(Role.WORKING_BODY)
    empty, searched = get(user, reverse(url)), get(user, reverse(url), q="不存在")
    assert gettext("Show all") not in empty.content.decode()
    assert gettext("Show all") in searched.content.decode()


def test_deputies_are_paged_without_a_gap_and_back():
    station = make_station()
    wanted = [make_mandate(station=station, certificate_no=f"X{number:04}").certificate_no for number in range(120)]
    user, url = make_user(Role.WORKING_BODY), reverse("stations:deputies")
    first = get(user, url)
    second = get(user, url, after=first.context["page"].older)
    third = get(user, url, after=second.context["page"].older)
    assert numbers(first) + numbers(second) + numbers(third) == wanted
    assert not third.context["page"].older
    assert numbers(get(user, url, before=third.context["page"].newer)) == numbers(second)


def _fill(count, station):
    for _number in range(count):
        make_mandate(station=station, delegation=make_delegation())
        make_station()
        StationStaff.objects.create(station=station, person=make_person(), duty="HEAD", since=SINCE)


@pytest.mark.parametrize("role", [Role.COMMITTEE_STAFF, Role.STATION, Role.DEPUTY])
def test_pages_cost_the_same_at_ten_and_at_twenty_rows(role, station, mandate):
    user = make_user(role, station=station if role == Role.STATION else None)
    client = client_of(user)
    counts = []
    for _round in range(2):
        _fill(10, station)
        for place, url in enumerate(urls(station, mandate)):
            counts.append(_count(client, url, place))
    assert counts[:4] == counts[4:]
    assert max(count for _place, count in counts) <= 20


def _count(client, url, place):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return place, len(queries)
