"""The pages on which staff act: what is offered, what is refused and how, what happens."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from stations.models import Mandate, Station, StationEvent, StationStaff
from stations.transitions.standing import end
from stations.transitions.stations import close
from stations.views.acts import MANDATE_ACTS, STATION_ACTS
from tests.factory import SINCE, make_actor, make_mandate, make_station, make_township, make_user

pytestmark = pytest.mark.django_db

KEEPERS = {Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN}


def client_of(role, **kwargs):
    client = Client()
    client.force_login(make_user(role, **kwargs), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client():
    return client_of(Role.COMMITTEE_STAFF)


@pytest.fixture
def station():
    return make_station("石桥镇代表之家", code="JZ04")


@pytest.fixture
def mandate(station):
    return make_mandate(station=station)


def act(station, verb):
    return reverse("stations:act", args=[station.pk, verb])


def deputy_act(mandate, verb):
    return reverse("stations:deputy_act", args=[mandate.pk, verb])


def offered(client, url):
    return {act["url"] for act in client.get(url).context["acts"]}


def form_of(station, **changes):
    told = {"version": 0, "name": station.name, "kind": "HOME", "township": station.township_id, "address": "旧址"}
    return {**told, **changes}


def test_a_station_is_entered_and_staff_are_asked_for_next(client):
    data = {
        "code": "JZ31",
        "name": "柳林镇代表之家",
        "kind": "HOME",
        "township": make_township("柳林镇").pk,
        "is_key": "on",
    }
    answer = client.post(reverse("stations:add"), data)
    station = Station.objects.get()
    assert answer["Location"] == reverse("stations:detail", args=[station.pk])
    assert (station.code, station.is_key, station.version) == ("JZ31", True, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"code": "JZ04"}, "code"), ({"code": ""}, "code"), ({"kind": "x"}, "kind"), ({"name": ""}, "name")],
)
def test_an_invalid_new_station_is_shown_again_with_422(client, station, changes, field):
    data = {"code": "JZ31", "name": "某站", "kind": "HOME", "township": station.township_id, **changes}
    answer = client.post(reverse("stations:add"), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Station.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_no_act_on_a_station_is_offered_or_allowed_to_others(role, station):
    client = client_of(role, station=station if role == Role.STATION else None)
    duty = StationStaff.objects.create(station=station, person=make_user(Role.DEPUTY).person, duty="HEAD", since=SINCE)
    ending = reverse("stations:end_duty", args=[station.pk, duty.pk])
    page = client.get(reverse("stations:detail", args=[station.pk]))
    assert page.context["acts"] == []
    assert ending not in page.content.decode()
    for url in (reverse("stations:add"), ending, *(act(station, verb) for verb in STATION_ACTS)):
        assert client.post(url, {"version": 0, "reason": "x"}).status_code == 403
    assert client.get(reverse("stations:add")).status_code == 403
    assert not StationEvent.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_no_act_on_a_mandate_is_offered_or_allowed_to_others(role, mandate):
    client = client_of(role)
    assert client.get(reverse("stations:deputy", args=[mandate.pk])).context["acts"] == []
    for verb in MANDATE_ACTS:
        assert client.post(deputy_act(mandate, verb), {"version": 0}).status_code == 403


def test_only_what_is_possible_is_offered(client, station, mandate):
    page, deputy = reverse("stations:detail", args=[station.pk]), reverse("stations:deputy", args=[mandate.pk])
    assert offered(client, page) == {act(station, verb) for verb in ("update", "begin_duty", "close")}
    assert offered(client, deputy) == {deputy_act(mandate, verb) for verb in ("correct", "take_in", "suspend", "end")}
    staff = make_actor(Role.COMMITTEE_STAFF)
    close(station, actor=staff, version=0, reason="x")
    end(mandate, actor=staff, version=1, on=date(2026, 1, 1), end_reason="DIED")
    assert offered(client, page) == {act(station, verb) for verb in ("update", "reopen")}
    assert offered(client, deputy) == set()


def test_a_deputy_without_a_station_is_offered_one_and_nothing_else(client, station):
    mandate = make_mandate()
    url = deputy_act(mandate, "take_in")
    assert offered(client, reverse("stations:deputy", args=[mandate.pk])) == {url}
    assert client.post(url, {"version": 0, "station": station.pk}).status_code == 302
    assert Mandate.objects.get().station == station
    assert (
        client.post(deputy_act(mandate, "suspend"), {"version": 9, "on": "2026-01-01", "reason": "x"}).status_code
        == 409
    )


def test_what_is_not_possible_is_a_conflict(client, station, mandate):
    assert client.get(act(station, "reopen")).status_code == 409
    assert client.get(deputy_act(mandate, "resume")).status_code == 409


@pytest.mark.parametrize("name", ["establish", "give_up", "nonsense"])
def test_an_act_without_a_page_has_no_address(client, station, name):
    assert client.get(f"/stations/{station.pk}/{name}/").status_code == 404


def test_a_station_is_edited(client, station):
    assert client.get(act(station, "update")).context["form"].initial["name"] == "石桥镇代表之家"
    answer = client.post(act(station, "update"), form_of(station, address="解放路9号", is_key="on"))
    assert answer["Location"] == reverse("stations:detail", args=[station.pk])
    station.refresh_from_db()
    assert (station.address, station.is_key, station.version) == ("解放路9号", True, 1)


def test_a_name_that_is_taken_is_an_error_of_its_field(client, station):
    other = make_station("石桥镇联络站")
    answer = client.post(act(other, "update"), form_of(other, name=station.name))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


@pytest.mark.parametrize("version", ["", "7", "x"])
def test_a_form_opened_before_the_last_change_is_stale(client, station, version):
    answer = client.post(act(station, "close"), {"version": version, "reason": "x"})
    assert answer.status_code == 409
    assert Station.objects.get().status == "ACTIVE"


def test_a_station_is_closed_with_a_reason_and_not_without(client, station):
    assert client.post(act(station, "close"), {"version": 0, "reason": " "}).status_code == 422
    assert client.post(act(station, "close"), {"version": 0, "reason": "房屋改造"}).status_code == 302
    assert Station.objects.get().status == "CLOSED"


def test_staff_come_and_go(client, station):
    data = {"version": 0, "duty": "LIAISON", "name": " 姜 林波", "phone": "13988161342", "since": "2026-01-05"}
    assert client.post(act(station, "begin_duty"), data).status_code == 302
    row = StationStaff.objects.select_related("person").get()
    assert (row.person.name, row.phone, row.since) == ("姜林波", "13988161342", date(2026, 1, 5))
    assert client.post(act(station, "begin_duty"), {**data, "version": 1}).status_code == 422
    url = reverse("stations:end_duty", args=[station.pk, row.pk])
    assert client.post(url, {"version": 1, "until": "2025-12-31"}).status_code == 422
    assert client.post(url, {"version": 1, "until": "2026-02-01"}).status_code == 302
    assert client.get(url).status_code == 404


def test_a_duty_is_ended_only_at_its_own_station(client, station):
    row = StationStaff.objects.create(station=station, person=make_user(Role.DEPUTY).person, duty="HEAD", since=SINCE)
    assert client.get(reverse("stations:end_duty", args=[make_station().pk, row.pk])).status_code == 404


def test_a_mandate_is_suspended_resumed_and_ended(client, station, mandate):
    for version, (verb, data, status) in enumerate(
        (
            ("suspend", {"on": "2026-03-01", "reason": "立案"}, "SUSPENDED"),
            ("resume", {"on": "2026-04-01", "reason": "撤案"}, "ACTIVE"),
            ("end", {"on": "2026-05-01", "end_reason": "RESIGNED"}, "ENDED"),
        )
    ):
        answer = client.post(deputy_act(mandate, verb), {"version": version, **data})
        assert answer["Location"] == reverse("stations:deputy", args=[mandate.pk])
        assert Mandate.objects.get().status == status
    page = client.get(reverse("stations:deputy", args=[mandate.pk]))
    assert [event["reason"] for event in page.context["events"]] == ["", "撤案", "立案"]


def test_a_day_still_to_come_is_an_error_of_its_field(client, mandate):
    answer = client.post(deputy_act(mandate, "suspend"), {"version": 0, "on": "2099-01-01", "reason": "x"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]


def test_the_present_and_closed_stations_are_not_offered_for_a_move(client, station, mandate):
    closed, other = make_station(), make_station()
    Station.objects.filter(pk=closed.pk).update(status="CLOSED")
    form = client.get(deputy_act(mandate, "take_in")).context["form"]
    assert list(form.fields["station"].queryset) == [other]
    assert client.post(deputy_act(mandate, "take_in"), {"version": 0, "station": closed.pk}).status_code == 422
