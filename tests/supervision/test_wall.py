"""The sheets for a station's wall: what stands on them, who prints them, no private number, PDF on A3."""

import re
import zlib
from contextlib import suppress
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from files.documents import pdf
from files.pictures import store_picture
from stations.models import DeputyPage, Duty, ElectoralDistrict, ReceptionDay
from supervision.views.wall import SHEETS
from tests.deliberations.photos import photo
from tests.factory import county_term, make_actor, make_mandate, make_person, make_station
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in

pytestmark = pytest.mark.django_db
PHONE = "13987654321"


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def station():
    return make_station("石桥镇代表之家")


@pytest.fixture
def liaison(station):
    return make_actor(Role.STATION, station=station)


def url(station, name="", kind="wall_sheet"):
    return reverse(f"supervision:{kind}", args=[station.pk, *([name] if name else [])])


def text(actor, station, name):
    got = signed_in(actor).get(url(station, name))
    assert got.status_code == 200
    return got.content.decode()


def member(station, name="周大爷", **options):
    return make_mandate(make_person(name, phone=PHONE), station=station, **options)


def unpacked(content):
    """The streams of a PDF that are packed, as far as they are."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with suppress(zlib.error):
            yield zlib.decompress(packed)


def test_the_board_shows_deputies_in_office_with_code_and_no_number(station, liaison):
    lead, local = member(station), member(station, "李乡亲", level="TOWNSHIP")
    gone = member(station, "已辞职")
    type(gone).objects.filter(pk=gone.pk).update(ended_on=TODAY)
    district = ElectoralDistrict.objects.create(term=county_term(), number=3, name="石桥第三选区")
    type(lead).objects.filter(pk=lead.pk).update(district=district)
    page = DeputyPage.objects.create(mandate=lead, words="种了三十年果树", photo=store_picture(photo(), user=None))
    words = text(liaison, station, "board")
    assert words.index("周大爷") < words.index("李乡亲")
    assert all(part in words for part in ("石桥第三选区", "种了三十年果树", "县人大代表", "乡镇人大代表"))
    assert "已辞职" not in words and PHONE not in words
    assert words.count('class="qr"') == 2
    shown = reverse("supervision:wall_photo", args=[station.pk, lead.pk])
    assert shown in words and signed_in(liaison).get(shown)["Content-Type"] == "image/jpeg"
    assert signed_in(liaison).get(reverse("supervision:wall_photo", args=[station.pk, local.pk])).status_code == 404
    assert page.qr_token not in words  # the token stands in the code only


def test_the_roster_is_of_this_year_without_who_is_away(station, liaison):
    for on, state in ((date(TODAY.year, 5, 10), "PLANNED"), (date(TODAY.year - 1, 5, 11), "HELD")):
        ReceptionDay.objects.create(station=station, on=on, starts_at=time(9), ends_at=time(11), status=state)
    day = ReceptionDay.objects.get(on__year=TODAY.year)
    Duty.objects.create(day=day, mandate=member(station))
    Duty.objects.create(day=day, mandate=member(station, "请假的"), state="LEAVE")
    words = text(liaison, station, "roster")
    assert "5月10日" in words and "周大爷" in words
    assert "5月11日" not in words and "请假的" not in words


def test_rules_and_flow_are_whole_and_an_empty_station_says_so(station, liaison):
    assert "不直接处理问题" in text(liaison, station, "rules")
    assert "告诉选民结果" in text(liaison, station, "flow")
    assert "暂无在任代表" in text(liaison, station, "board")
    assert "尚未排定" in text(liaison, station, "roster")
    overview = signed_in(liaison).get(url(station, kind="wall_sheets"))
    assert all(url(station, name) in overview.content.decode() for name in SHEETS)


def test_no_line_of_a_sheet_has_style_or_script_of_its_own(station, liaison):
    member(station)
    for name in SHEETS:
        assert not re.search(r"<script|style=|onclick", text(liaison, station, name))


@pytest.mark.skipif(not pdf.is_possible(), reason="this machine lacks what draws text")
@pytest.mark.parametrize("name", SHEETS)
def test_each_is_one_pdf_on_a3(station, liaison, name):
    lead = member(station)
    DeputyPage.objects.create(mandate=lead, photo=store_picture(photo(), user=None))
    got = signed_in(liaison).get(url(station, name, "wall_pdf"))
    assert got.status_code == 200 and got.content.startswith(b"%PDF")
    found = re.findall(rb"/MediaBox ?\[([^\]]+)\]", b"".join(unpacked(got.content)))
    boxes = {tuple(round(float(side)) for side in box.split()) for box in found}
    assert boxes == {(0, 0, 1191, 842) if name == "board" else (0, 0, 842, 1191)}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.COMMITTEE_STAFF, 200),
        (Role.CHAIRPERSON, 200),
        (Role.DEPUTY, 403),
        (Role.ORGAN_HANDLER, 403),
        (Role.STATION, 403),
    ],
)
def test_who_prints_them(station, role, expected):
    actor = make_actor(role)
    for address in (url(station, kind="wall_sheets"), url(station, "board")):
        assert signed_in(actor).get(address).status_code == expected


def test_what_is_not_there(station, liaison):
    assert signed_in(liaison).get(url(station, "other")).status_code == 404
    assert signed_in(liaison).get(url(station, "other", "wall_pdf")).status_code == 404
    assert signed_in(liaison).get(reverse("supervision:wall_sheets", args=[999999])).status_code == 404


def test_twenty_deputies_cost_as_many_queries_as_ten(station, liaison):
    def queries():
        client = signed_in(liaison)
        client.get(url(station, "board"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(station, "board")).status_code == 200
        return len(asked)

    for _ in range(10):
        DeputyPage.objects.create(mandate=member(station))
    few = queries()
    for _ in range(10):
        DeputyPage.objects.create(mandate=member(station))
    assert queries() == few
