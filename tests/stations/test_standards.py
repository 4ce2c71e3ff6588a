"""The county's standard of a station: the list kept by staff, what is found at each station, the county at a glance."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Role
from stations.defaults import STANDARD
from stations.models import StandardCheck, StandardItem, Station
from stations.transitions.standards import add_item, check_item, check_items, set_item
from stations.transitions.stations import close
from tests.factory import make_actor, make_station
from tests.reports.books import rows_of
from tests.suggestions.factory import noon
from tests.suggestions.web import send, signed_in
from workflow import chain
from workflow.engine import Conflict, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def station():
    return make_station("石桥镇代表之家", code="JZ04")


@pytest.fixture
def liaison(station):
    return make_actor(Role.STATION, station=station)


def item(place=0):
    return StandardItem.objects.all()[place]


def jpeg(name="门牌.jpg"):
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def page(station, name="standard", *more):
    return reverse(f"stations:{name}", args=[station.pk, *more])


def events(station):
    row = Station.objects.get(pk=station.pk)
    found = list(row.events.select_related("detail").order_by("seq"))
    assert not found or chain.faults(row, found) == []
    return found


def test_the_usual_ten_are_there_from_the_start():
    assert list(StandardItem.objects.values_list("name", flat=True)) == [row[1] for row in STANDARD]
    assert len(STANDARD) == 10


def test_staff_add_rename_move_and_put_out_of_use(staff, station, liaison):
    url = reverse("stations:standard_items")
    assert send(staff, url, name="有无障碍通道", evidence="照片", order="11").status_code == 302
    made = StandardItem.objects.get(name="有无障碍通道")
    edit = reverse("stations:edit_standard_item", args=[made.pk])
    assert send(staff, edit, name="有坡道", evidence="", order="1", in_use="").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.order, made.in_use) == ("有坡道", 1, False)
    last = staff.user.events.select_related("detail").last()
    assert (last.verb, last.detail.changes["in_use"]) == ("set_standard", ["True", "False"])
    shown = signed_in(liaison).get(page(station)).context["pairs"]
    assert made not in [row for row, _last in shown]
    with pytest.raises(Conflict):
        check_items(station, actor=liaison, found={made: (True, "")})


def test_the_same_name_twice_is_refused(staff):
    answer = send(staff, reverse("stations:standard_items"), name=item().name, order="1")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    edit = reverse("stations:edit_standard_item", args=[item(1).pk])
    assert send(staff, edit, name=item().name, order="1", in_use="on").status_code == 422


def test_the_liaison_ticks_all_on_one_page_and_the_station_tells_it_once(station, liaison):
    first, second = item(), item(1)
    typed = {f"met_{first.pk}": "yes", f"met_{second.pk}": "no", f"note_{second.pk}": "牌子旧了"}
    assert send(liaison, page(station, "check_standard"), **typed).status_code == 302
    assert [(row.item, row.met, row.note) for row in StandardCheck.objects.order_by("pk")] == [
        (first, True, ""),
        (second, False, "牌子旧了"),
    ]
    [event] = events(station)
    assert event.detail.changes == {"found": [[first.name, True], [second.name, False]]}
    shown = signed_in(liaison).get(page(station))
    assert (shown.context["there"], len(shown.context["pairs"])) == (1, 10)
    assert "牌子旧了" in shown.content.decode()


def test_the_same_found_again_makes_no_row_but_in_another_year_it_does(station, liaison):
    with noon(date(2026, 3, 2)):
        assert check_items(station, actor=liaison, found={item(): (True, "")}) == 1
        assert check_items(station, actor=liaison, found={item(): (True, "")}) == 0
    with noon(date(2027, 3, 2)):
        assert check_items(station, actor=liaison, found={item(): (True, "")}) == 1
    assert len(events(station)) == 2


def test_a_photo_is_drawn_anew_kept_and_shown_to_whom_the_finding_is_shown(staff, station, liaison):
    url = page(station, "check_standard_item", item().pk)
    assert send(liaison, url, met="yes", note="新换", photo=jpeg()).status_code == 302
    row = StandardCheck.objects.get()
    assert row.photo.content_type == "image/jpeg"
    shown = reverse("stations:standard_photo", args=[row.pk])
    assert signed_in(staff).get(shown)["Content-Type"] == "image/jpeg"
    assert signed_in(liaison).get(shown).status_code == 200
    for other in (make_actor(Role.STATION, station=make_station()), make_actor(Role.DEPUTY)):
        assert signed_in(other).get(shown).status_code == 404
    check_item(station, actor=liaison, item=item(), met=False)
    assert StandardCheck.objects.latest("pk").photo == row.photo  # the photo stays until another comes


def test_a_photo_that_is_none_is_refused_and_nothing_is_half_saved(station, liaison):
    url = page(station, "check_standard_item", item().pk)
    wrong = SimpleUploadedFile("门牌.jpg", b"GIF89a not a photo", "image/jpeg")
    assert send(liaison, url, met="yes", photo=wrong).status_code == 422
    assert not StandardCheck.objects.exists()
    assert Station.objects.get(pk=station.pk).version == 0


def test_an_item_that_is_none_is_not_there(station, liaison):
    assert signed_in(liaison).get(page(station, "check_standard_item", 99999)).status_code == 404


def test_who_may_not(station, liaison, staff):
    elsewhere = make_actor(Role.STATION, station=make_station())
    for actor in [elsewhere, *(make_actor(role) for role in set(Role) - {Role.COMMITTEE_STAFF})]:
        with pytest.raises(NotAllowed):
            check_items(station, actor=actor, found={item(): (True, "")})
        with pytest.raises(NotAllowed):
            check_item(station, actor=actor, item=item(), met=True)
        with pytest.raises(NotAllowed):
            add_item(actor=actor, name="x")
        with pytest.raises(NotAllowed):
            set_item(item(), actor=actor, name="x")
    assert signed_in(elsewhere).get(page(station)).status_code == 403
    assert signed_in(liaison).get(reverse("stations:standards")).status_code == 403
    assert signed_in(make_actor(Role.CHAIRPERSON)).get(page(station, "check_standard")).status_code == 403


def test_a_closed_station_is_looked_at_no_more(staff, station):
    close(station, actor=staff, version=0, reason="撤并")
    assert signed_in(staff).get(page(station, "check_standard")).status_code == 409
    with pytest.raises(Conflict):
        check_item(station, actor=staff, item=item(), met=True)


def test_the_county_at_a_glance_on_screen_and_as_a_workbook(staff, station, liaison):
    make_station("柳林镇代表之家", code="JZ05")
    check_items(station, actor=liaison, found={item(): (True, ""), item(1): (False, "无牌")})
    rows = {row.code: row for row in signed_in(staff).get(reverse("stations:standards")).context["rows"]}
    assert (rows["JZ04"].there, rows["JZ05"].there) == (1, 0)
    book = signed_in(staff).get(reverse("stations:standards_workbook")).content
    first, second = rows_of(book, "规范化建设")
    assert (first[item().name], first[item(1).name], first[item(2).name]) == ("有", "无", "未查")
    assert (first["已有(项)"], first["备注"], second["已有(项)"]) == (1, f"{item(1).name}：无牌", 0)


def test_twenty_stations_take_as_many_queries_as_ten(staff):
    client, counts = signed_in(staff), []
    for _ten in range(2):
        for _station in range(10):
            check_items(make_station(), actor=staff, found={item(): (True, ""), item(1): (False, "")})
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("stations:standards"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
