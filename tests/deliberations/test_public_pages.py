"""What anybody reads without sign-in: fresh enough, the same for everybody, in few queries, and no private number."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import public
from accounts.models import Person
from deliberations.models import CycleStation
from files.pictures import store_picture
from stations.models import Duty, ElectoralDistrict, Mandate, ReceptionDay, Station, StationStaff
from stations.transitions import pages
from tests.deliberations.cycle_factory import make_round, move_on, propose, select
from tests.deliberations.messaging import message, page_of, path
from tests.deliberations.test_messages import photo, settled
from tests.deliberations.visiting import NAME, PHONE, Village, told
from tests.factory import make_mandate, make_person, make_station, make_township
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow import clock

pytestmark = pytest.mark.django_db

CANARIES = {"deputy": "13911112222", "staff": "13922223333", "liaison": "0319-5551234", "voter": PHONE}


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def village():
    return Village()


def day(station, ahead, **options):
    given = {"on": clock.today() + timedelta(ahead), "starts_at": time(9), "ends_at": time(11)} | options
    return ReceptionDay.objects.create(station=station, **given)


def read(name, *args, client=None, **headers):
    return (client or Client()).get(path(name, *args), headers=headers)


def text_of(answer):
    return answer.content.decode()


# --- what stands there


def test_the_stations_by_township_and_what_a_word_finds(village):
    make_station("杨柳镇代表之家", township=make_township("杨柳镇"))
    closed = make_station("旧站")
    Station.objects.filter(pk=closed.pk).update(status="CLOSED")
    page = text_of(read("stations"))
    assert all(name in page for name in ("石桥镇代表之家", "柳林镇代表之家", "杨柳镇代表之家")) and "旧站" not in page
    found = text_of(Client().get(path("stations"), {"q": "杨柳"}))
    assert "杨柳镇代表之家" in found and "石桥镇代表之家" not in found
    nothing = text_of(Client().get(path("stations"), {"q": "月球"}))
    assert 'class="empty"' in nothing
    for words in ("\x00", "长" * 500, "%", "'; DROP TABLE", "\ud83d"):
        assert Client().get(path("stations"), {"q": words.encode("utf-8", "replace").decode()}).status_code == 200


def test_no_station_at_all():
    assert 'class="empty"' in text_of(read("stations")) and 'class="empty"' in text_of(read("topics"))


def test_a_station_shows_its_deputies_days_and_topics(village):
    district = ElectoralDistrict.objects.create(term=village.lead.term, number=3, name="石桥第三选区")
    Mandate.objects.filter(pk=village.lead.pk).update(district=district)
    page_of(village.lead, words="常年跑村里的水渠。")
    next_day = day(village.station, 3, place="文化站一楼", scope="饮水、道路")
    Duty.objects.create(day=next_day, mandate=village.lead)
    day(village.station, -1, place="昨天的地方")
    day(village.station, 5, place="不办的地方", status="CANCELLED", cancel_reason="下雨")
    day(village.elsewhere, 2, place="别处")
    round_ = make_round()
    CycleStation.objects.create(cycle=round_.cycle, station=village.station)
    topic = propose(round_)
    select(round_, topic)
    pool = propose(make_round(60, "另一轮"), title="还没定的议题")
    page = text_of(read("station", village.station.qr_token))
    assert topic.title not in page, "not before the mobilisation"
    move_on(round_)
    page = text_of(read("station", village.station.qr_token))
    for words in ("周大爷", "王秀兰", "石桥第三选区", "常年跑村里的水渠。", "文化站一楼", "饮水、道路", topic.title):
        assert words in page
    for words in ("昨天的地方", "不办的地方", "别处", "孙远山", pool.title):
        assert words not in page
    assert path("message", village.station.qr_token) in page
    assert topic.title in text_of(read("topics")) and pool.title not in text_of(read("topics"))


def test_a_deputy_shows_photo_words_station_and_next_duty(village):
    photo_ = store_picture(photo(), user=None)
    page = page_of(village.lead, words="有事找我。", photo=photo_)
    due, passed_on = day(village.station, 4, place="老支部"), day(village.station, 9, place="新支部")
    Duty.objects.create(day=due, mandate=village.lead)
    Duty.objects.create(day=passed_on, mandate=village.lead, state="REPLACED")
    shown = text_of(read("deputy", page.qr_token))
    assert all(words in shown for words in ("周大爷", "有事找我。", "老支部", path("message", page.qr_token)))
    assert "新支部" not in shown and path("station", village.station.qr_token) in shown
    picture = read("photo", page.qr_token)
    assert picture["Content-Type"] == "image/jpeg" and picture["Cache-Control"].startswith("public")
    assert read("photo", page_of(village.second).qr_token).status_code == 404


def test_who_is_suspended_or_gone_is_not_shown(village):
    page = page_of(village.lead)
    for columns in ({"suspended_from": TODAY}, {"suspended_from": None, "ended_on": TODAY, "end_reason": "RESIGNED"}):
        Mandate.objects.filter(pk=village.lead.pk).update(**columns)
        assert read("deputy", page.qr_token).status_code == 404
        assert read("photo", page.qr_token).status_code == 404
        assert "周大爷" not in text_of(read("station", village.station.qr_token))


def test_the_proper_way_names_who_is_responsible(village):
    page = text_of(read("proper_way"))
    assert all(f"tel:{number}" in page for number in ("12345", "12368", "12388", "110", "120"))
    assert path("proper_way") in text_of(read("message", village.station.qr_token))


# --- no private number anywhere


def test_no_number_or_name_that_is_private_stands_on_any_public_page(village):
    Person.objects.filter(pk=village.lead.person_id).update(phone=CANARIES["deputy"])
    duty = StationStaff.objects.get(station=village.station)
    StationStaff.objects.filter(pk=duty.pk).update(phone=CANARIES["liaison"])
    Person.objects.filter(pk=duty.person_id).update(phone=CANARIES["staff"])
    page = page_of(village.lead)
    Duty.objects.create(day=day(village.station, 1), mandate=village.lead)
    visit, code = message(page.qr_token, name=NAME, phone=PHONE, answer="CALL")
    visit = settled(village, visit)
    told(village, visit, text=f"{NAME}，请打 {CANARIES['staff']} 或 139 1111 2222。")
    addresses = [path("stations"), path("topics"), path("proper_way"), path("track")]
    for name in ("station", "message", "write"):
        addresses.append(path(name, village.station.qr_token))
    for name in ("deputy", "message", "write"):
        addresses.append(path(name, page.qr_token))
    seen = [text_of(Client().get(address)) for address in addresses]
    seen.append(text_of(Client().get(path("stations"), {"q": CANARIES["liaison"]})))
    shown = text_of(Client().post(path("track"), {"code": code}))
    hidden = [*CANARIES.values(), "139 1111 2222", village.lead.certificate_no]
    assert [words for words in hidden for page in [*seen, shown] if words in page and page != seen[-1]] == []
    assert "石桥镇" not in seen[-1].split("</form>")[1]
    assert [page for page in seen if NAME in page or "卫生室" in page] == []
    assert "data-" not in shown or PHONE not in shown


# --- for everybody the same


@pytest.mark.parametrize("name", ["stations", "topics", "proper_way", "station", "deputy", "message"])
def test_a_cache_may_keep_it(village, name):
    page = page_of(village.lead)
    args = {"station": [village.station.qr_token], "message": [village.station.qr_token], "deputy": [page.qr_token]}
    answer = read(name, *args.get(name, []))
    assert answer.status_code == 200 and answer["Cache-Control"] == "public, max-age=300"
    assert "Vary" not in answer and not answer.cookies and answer["ETag"]
    again = read(name, *args.get(name, []), if_none_match=answer["ETag"])
    assert again.status_code == 304 and not again.content
    own = read(name, *args.get(name, []), client=signed_in(village.deputy))
    assert own.content == answer.content and not own.cookies and "Vary" not in own
    english = Client()
    english.cookies["language"] = "en"
    assert read(name, *args.get(name, []), client=english).content == answer.content
    assert Client().post(path(name, *args.get(name, []))).status_code == 405
    assert ("X-Robots-Tag" in answer) == (name in ("station", "deputy", "message"))


def test_what_is_sent_or_asked_is_kept_by_nobody(village):
    _visit, code = message(village.station.qr_token)
    for answer in (
        read("write", village.station.qr_token),
        read("track"),
        Client().post(path("track"), {"code": code}),
        read("station", "0" * 16),
    ):
        assert answer["Cache-Control"] == "no-store"


def test_an_address_that_opens_very_many_pages_waits(village, monkeypatch):
    monkeypatch.setattr(public, "PAGES", 3)
    for _time in range(3):
        assert read("stations").status_code == 200
    answer = read("stations")
    assert answer.status_code == 429 and answer["Retry-After"] and "no-store" in answer["Cache-Control"]
    assert read("write", village.station.qr_token).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(path("stations")).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert read("stations").status_code == 200


def queries(*address):
    read(*address)  # the first look makes the row that counts
    with CaptureQueriesContext(connection) as seen:
        assert read(*address).status_code == 200
    return len(seen)


def test_more_deputies_days_and_stations_cost_no_more_queries(village):
    page = page_of(village.lead)
    Duty.objects.create(day=day(village.station, 1), mandate=village.lead)
    addresses = [("stations",), ("station", village.station.qr_token), ("deputy", page.qr_token), ("topics",)]
    few = [queries(*address) for address in addresses]
    for number in range(10):
        mandate = make_mandate(make_person(f"代表{number}"), station=village.station)
        page_of(mandate)
        due = day(village.station, 2 + number)
        Duty.objects.create(day=due, mandate=mandate)
        Duty.objects.create(day=due, mandate=village.lead)
        make_station(township=make_township(f"镇{number}"))
    assert [queries(*address) for address in addresses] == few
    assert max(few) <= 12


# --- the desk


def test_pages_and_codes_are_kept_by_the_station_and_staff_alone(village):
    url = f"/stations/{village.station.pk}/codes/"
    for actor in (village.deputy, village.other_liaison, village.chair):
        assert signed_in(actor).get(url).status_code == 403
        assert signed_in(actor).get(f"/stations/deputies/{village.lead.pk}/page/").status_code == 403
    client = signed_in(village.liaison)
    assert "open_pages" in text_of(client.get(url))
    assert client.post(f"{url}open_pages/", {"version": 0}).status_code == 302
    page = text_of(client.get(url))
    assert page.count('class="qr"') == 2 and "周大爷" in page and "open_pages/" not in page
    assert client.post(f"{url}open_pages/", {"version": 1}).status_code == 409
    assert village.station.events.latest("seq").verb == "open_pages"


def test_the_page_of_a_deputy_gets_words_and_photo(village):
    client, url = signed_in(village.liaison), f"/stations/deputies/{village.lead.pk}/page/"
    assert 'class="empty"' in text_of(client.get(url))
    given = {"version": 0, "words": " 跑水渠 ", "photo": photo()}
    assert client.post(f"{url}write_page/", given).status_code == 302
    page = Mandate.objects.get(pk=village.lead.pk).page
    assert (
        page.words == "跑水渠" and page.photo.content_type == "image/jpeg" and 'class="qr"' in text_of(client.get(url))
    )
    same = client.post(f"{url}write_page/", {"version": 1, "words": "跑水渠"})
    assert same.status_code == 422
    dropped = client.post(f"{url}write_page/", {"version": 1, "words": "跑水渠", "drop_photo": "on"})
    assert dropped.status_code == 302 and Mandate.objects.get(pk=village.lead.pk).page.photo is None
    assert [event.verb for event in village.station.events.order_by("seq")] == ["write_page", "write_page"]


@pytest.mark.parametrize(
    "typed",
    [
        {"words": "找我请打 139 1234 5678"},
        {"words": "电话0319-5551234"},
        {"words": "字" * 301},
        {"words": "好", "photo": SimpleUploadedFile("a.jpg", b"no picture")},
    ],
)
def test_what_may_not_stand_on_the_page_is_refused(village, typed):
    client, url = signed_in(village.liaison), f"/stations/deputies/{village.lead.pk}/page/write_page/"
    answer = client.post(url, {"version": 0, **typed})
    assert answer.status_code == 422 and answer.context["form"].errors
    assert not hasattr(Mandate.objects.get(pk=village.lead.pk), "page")


def test_a_renewed_code_leads_nowhere_and_the_new_one_does(village):
    page = page_of(village.lead)
    old, old_page = village.station.qr_token, page.qr_token
    client = signed_in(village.staff)
    url = f"/stations/{village.station.pk}/codes/renew_code/"
    assert client.post(url, {"version": 0, "reason": "被人撕走"}).status_code == 302
    assert client.post(url, {"version": 0, "reason": "又一次"}).status_code == 409
    url = f"/stations/deputies/{village.lead.pk}/page/renew_deputy_code/"
    assert client.post(url, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(url, {"version": 1, "reason": "转发到外县群"}).status_code == 302
    station, page = Station.objects.get(pk=village.station.pk), type(page).objects.get(pk=page.pk)
    assert station.qr_token != old and page.qr_token != old_page
    assert read("station", old).status_code == read("deputy", old_page).status_code == 404
    assert read("station", station.qr_token).status_code == read("deputy", page.qr_token).status_code == 200
    other = f"/stations/deputies/{village.second.pk}/page/renew_deputy_code/"
    assert client.post(other, {"version": 2, "reason": "没有"}).status_code == 409


def test_a_deputy_without_a_station_has_no_page_to_write(village):
    Mandate.objects.filter(pk=village.lead.pk).update(station=None)
    url = f"/stations/deputies/{village.lead.pk}/page/"
    assert signed_in(village.liaison).get(url).status_code == 403
    client = signed_in(village.staff)
    assert client.get(url).status_code == 200
    assert client.get(f"{url}write_page/").status_code in (200, 409)
    assert client.post(f"{url}write_page/", {"version": 0, "words": "好"}).status_code == 409


def test_the_sheets_carry_the_codes_of_the_pages(village, settings):
    page = text_of(signed_in(village.liaison).get(f"/stations/{village.station.pk}/code/"))
    assert 'class="qr"' in page and path("station", village.station.qr_token) in page
    Station.objects.filter(pk=village.station.pk).update(status="CLOSED")
    assert 'class="qr"' not in text_of(signed_in(village.staff).get(f"/stations/{village.station.pk}/code/"))


def test_every_deputy_has_a_page_only_once(village):
    assert pages.open_pages(village.station, actor=village.staff, version=0) == 2
