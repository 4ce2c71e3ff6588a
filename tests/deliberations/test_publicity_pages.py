"""What makes a cycle known: pictures that are shown, the article to be pasted, a poster for each station."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from PIL import Image

from accounts.models import Role
from deliberations.models import PublicityRecord
from deliberations.publishing import article
from tests.deliberations.cycle_factory import make_round, mobilised
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, pdf, signed_in
from workflow.qr import data_uri

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def round_():
    return mobilised()


def record(round_, **more):
    url = reverse("deliberations:cycle_act", args=[round_.cycle.pk, "record_publicity"])
    client = signed_in(round_.staff)
    sent = {"channel": "WECHAT", "title": "公布议题", "on": TODAY.isoformat(), "reach": "1200"} | more
    return client.post(url, hidden(client.get(url)) | sent)


def jpeg():
    stream = BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, "JPEG")
    return stream.getvalue()


def get(actor, name, *args, **asked):
    return signed_in(actor).get(reverse(f"deliberations:{name}", args=args), asked)


def test_a_picture_is_drawn_anew_and_shown(round_):
    assert record(round_, picture=SimpleUploadedFile("截图.jpg", jpeg())).status_code == 302
    row = PublicityRecord.objects.get()
    assert (row.picture.content_type, row.reach) == ("image/jpeg", 1200)
    answer = get(round_.staff, "picture", row.pk)
    assert answer["Content-Disposition"] == "inline"
    page = get(round_.staff, "cycle", round_.cycle.pk).content.decode()
    assert f'<img src="{reverse("deliberations:picture", args=[row.pk])}"' in page


@pytest.mark.parametrize(
    "picture", [pdf("截图.pdf"), SimpleUploadedFile("假.jpg", b"no picture"), SimpleUploadedFile("空.png", b"")]
)
def test_what_is_no_picture_is_refused(round_, picture):
    answer = record(round_, picture=picture)
    assert answer.status_code == 422
    assert "picture" in answer.context["form"].errors
    assert not PublicityRecord.objects.exists()


def test_the_article_tells_topics_stations_days_and_how_to_say_something(round_):
    row = round_.cycle.stations.get(station=round_.other)
    row.planned_on = round_.cycle.first_meeting_on + timedelta(3)
    row.save()
    with override_settings(SITE_URL="https://portal.example"):
        page = get(round_.staff, "article", round_.cycle.pk)
    text = page.context["text"]
    for said in ("农村供水", round_.station.name, "2026年5月15日", "2026年5月18日", "怎样提意见"):
        assert said in text
    assert f"https://portal.example/s/{round_.station.qr_token}/" in text
    assert text in page.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


def test_without_topics_the_article_counts_its_parts_on():
    paragraphs = article(make_round().cycle)["paragraphs"]
    assert [line for line in paragraphs if line[:2] in ("一、", "二、", "三、")] == [
        "一、什么时候、在哪里议",
        "二、怎样提意见",
    ]


def test_a_poster_carries_the_stations_code(round_):
    row = round_.cycle.stations.get(station=round_.station)
    with override_settings(SITE_URL="https://portal.example"):
        page = get(round_.staff, "poster", round_.cycle.pk, row.pk).content.decode()
    code = data_uri(f"https://portal.example/s/{round_.station.qr_token}/")
    assert code in page or code.replace("'", "&#x27;") in page
    for said in (round_.station.name, "农村供水", "2026年5月15日", "poster-a3"):
        assert said in page
    assert "poster-a4" in get(round_.staff, "poster", round_.cycle.pk, row.pk, size="a4").content.decode()
    assert "poster-a3" in get(round_.staff, "poster", round_.cycle.pk, row.pk, size="<script>").content.decode()


def test_a_station_of_another_cycle_has_no_poster_here(round_):
    other = make_round(title="另一轮").cycle.stations.first()
    assert get(round_.staff, "poster", round_.cycle.pk, other.pk).status_code == 404


def test_whoever_prepares_reads_both(round_):
    row = round_.cycle.stations.first()
    for role, status in ((Role.STATION, 200), (Role.DEPUTY, 200), (Role.ORGAN_HANDLER, 403), (Role.AUDIT_ADMIN, 404)):
        actor = make_actor(role)
        assert get(actor, "article", round_.cycle.pk).status_code == status
        assert get(actor, "poster", round_.cycle.pk, row.pk).status_code == status
