"""Screen 8, a station's month: what is held and done, what waits, and that each number opens its own rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.models import MonthlyReturn
from stations.transitions import receptions
from stations.transitions.reception_duties import ask_substitute
from tests.deliberations.visiting import Village, completed, logged
from tests.factory import make_actor, make_station
from tests.stations.receptions import Post, photo
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from tests.sweep.cast import make_world

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 20)


@pytest.fixture
def post():
    with noon(TODAY):
        yield Post()


def page(station, **query):
    return reverse("supervision:station_month", args=[station.pk], query=query or None)


def entry(answer, on):
    (found,) = [row for row in answer.context["entries"] if row.on == on]
    return found


def test_the_liaison_comes_to_the_own_station(post):
    answer = signed_in(post.liaison).get(reverse("supervision:month"))
    assert answer["Location"] == page(post.station)
    assert signed_in(post.staff).get(reverse("supervision:month"))["Location"] == reverse("stations:list")


def test_a_reception_day_tells_what_is_done_of_it(post):
    day, client = post.add(DAY), signed_in(post.liaison)
    before = entry(client.get(page(post.station)), DAY)
    assert (before.is_done, [there for _mark, there in before.marks], len(before.prints)) == (False, [False], 3)
    post.do(receptions.post_notice, day, on=TODAY, photo=photo())
    with noon(DAY):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
        after = entry(client.get(page(post.station)), DAY)
        # the photo of the notice is none of the reception
        assert (after.is_done, [there for _mark, there in after.marks]) == (True, [True, True, False, False])
        post.do(receptions.add_papers, day, kind="SIGN_IN", photos=[photo()])
        post.do(receptions.write_news, day, news="简讯")
        done = entry(client.get(page(post.station)), DAY)
    assert [there for _mark, there in done.marks] == [True, True, True, True]


def test_a_cancelled_day_is_not_of_the_month(post):
    day = post.add(DAY)
    post.do(receptions.cancel_day, day, reason="防汛")
    answer = signed_in(post.liaison).get(page(post.station))
    assert [row.on for row in answer.context["entries"]] == [date(2026, 3, 31)]  # the return alone


def test_the_monthly_return_is_done_once_it_is_handed_in(post):
    client = signed_in(post.liaison)
    assert not entry(client.get(page(post.station)), date(2026, 3, 31)).is_done
    MonthlyReturn.objects.create(
        station=post.station, month=date(2026, 3, 1), handed_in_at="2026-03-16T09:00+08:00", by=post.liaison.user
    )
    assert entry(client.get(page(post.station)), date(2026, 3, 31)).is_done
    assert not entry(client.get(page(post.station, month="2026-04")), date(2026, 4, 30)).is_done


def test_who_asks_for_a_substitute_stands_there(post):
    day = post.add(DAY)
    duty = day.duties.select_related("day__station", "mandate").first()
    ask_substitute(duty, actor=post.deputies[0], reason="去县里开会")
    answer = signed_in(post.liaison).get(page(post.station))
    assert list(answer.context["substitutes"]) == [duty]
    assert "去县里开会" in answer.content.decode()


def test_each_number_opens_as_many_rows_as_it_says():
    with noon(TODAY):
        village = Village()
        logged(village)
        logged(village)
        completed(village)
        client = signed_in(village.liaison)
        tiles = client.get(page(village.station)).context["tiles"]
        numbers = [tile["number"] for tile in tiles]
        opened = [len(client.get(tile["url"]).context["rows"]) for tile in tiles]
    assert numbers == opened
    assert numbers[0] == 2


def test_it_looks_across_the_whole_small_county():
    with noon(TODAY):
        world = make_world()
        station = world.county.station
        for label in ("liaison", "staff", "chair"):
            client = signed_in(world.cast[label])
            answer = client.get(page(station))
            for tile in answer.context["tiles"]:
                assert tile["number"] == len(client.get(tile["url"]).context["rows"]), tile["url"]
        for label in ("deputy", "other_liaison", "township", "host"):
            assert signed_in(world.cast[label]).get(page(station)).status_code == 403
            assert (
                label == "other_liaison"
                or signed_in(world.cast[label]).get(reverse("supervision:month")).status_code == 403
            )


def test_another_station_and_one_that_is_none(post):
    other = make_station()
    assert signed_in(post.liaison).get(page(other)).status_code == 403
    assert signed_in(post.staff).get(page(other)).status_code == 200
    missing = reverse("supervision:station_month", args=[9999])
    assert signed_in(post.staff).get(missing).status_code == 404
    assert signed_in(make_actor(Role.ORGAN_HANDLER)).get(page(other)).status_code == 403


def test_it_costs_the_same_with_more_rows(post):
    client = signed_in(post.liaison)
    post.add(DAY)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page(post.station)).status_code == 200
        return len(seen)

    before = count()
    for number in (3, 4, 5, 6, 7):
        post.add(DAY + timedelta(number))
    assert count() == before
