"""What each post finds on its workbench, also the posts that handle no suggestions."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Role
from supervision.workbench import NUMBERS, PLACES
from tests.factory import make_actor, make_mandate, make_station
from tests.suggestions.factory import RECEIPT, TODAY, accepted, assigned, make_county, noon
from tests.suggestions.web import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


def workbench_of(role):
    page = signed_in(make_actor(role)).get(reverse("supervision:workbench"))
    assert page.status_code == 200
    return page


def test_every_role_finds_something_on_its_workbench():
    assert set(NUMBERS) | set(PLACES) == set(Role.values)


@pytest.mark.parametrize("role", PLACES)
def test_a_post_without_suggestions_finds_the_lists_it_may_open(role):
    client = signed_in(make_actor(role))
    for tile in client.get(reverse("supervision:workbench")).context["tiles"]:
        behind = client.get(tile["url"])
        assert behind.status_code == 200
        assert behind.context["page"].count == tile["number"]


def test_a_county_leader_reads_how_many_deputies_and_stations_there_are():
    make_mandate(station=make_station())
    numbers = [tile["number"] for tile in workbench_of(Role.COUNTY_LEADER).context["tiles"]]
    assert numbers[:2] == [1, 1]


@pytest.mark.parametrize(("role", "handles"), [(Role.COMMITTEE_STAFF, True), (Role.TOWNSHIP, False)])
def test_nothing_presses_only_those_on_whom_something_could(role, handles):
    assert workbench_of(role).context["handles"] is handles


def test_the_pressing_ones_say_whom_to_call_but_not_to_the_organ_itself(county):
    accepted(county)
    numbers = {}
    for who in ("staff", "office", "host"):
        page = signed_in(getattr(county, who)).get(reverse("supervision:workbench"))
        if who != "host":
            assert page.context["urgent"][0].host_handler == RECEIPT["handler"]
        numbers[who] = f"tel:{RECEIPT['phone']}" in page.content.decode()
    assert numbers == {"staff": True, "office": True, "host": False}


def test_where_nobody_has_signed_yet_the_organ_itself_is_called(county):
    type(county.bureau).objects.filter(pk=county.bureau.pk).update(phone="0310-5999999")
    assigned(county)
    page = signed_in(county.staff).get(reverse("supervision:workbench"))
    assert page.context["urgent"][0].host_phone == "0310-5999999"


def test_a_deputy_is_asked_in_plain_words(county):
    tiles = signed_in(county.deputy).get(reverse("supervision:workbench")).context["tiles"]
    labels = [tile["label"] for tile in tiles]
    assert gettext("say what you think of the answer") in labels
    assert gettext("to be evaluated") not in labels


def test_a_presidium_sees_its_tasks_before_the_lists_it_may_open():
    urls = [tile["url"] for tile in workbench_of(Role.TOWNSHIP).context["tiles"]]
    assert urls[0].startswith(reverse("deliberations:township_tasks"))
    assert reverse("stations:deputies") in urls[2:]
