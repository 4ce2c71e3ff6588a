"""A notice opens by its link without a sign-in; nothing private stands there, and a liaison confirms on it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts import public
from deliberations.models import NoticeReceipt
from deliberations.transitions import notices
from files.models import Attachment
from tests.deliberations.cycle_factory import issue, mobilised, receipt_of
from tests.factory import make_actor, make_station
from tests.suggestions.factory import TODAY, make_scan, noon
from tests.suggestions.web import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def round_():
    return mobilised()


def link(notice, name="notice"):
    return reverse(f"public:{name}", args=[notice.token])


def test_it_is_read_without_a_sign_in_and_kept_by_nobody(round_):
    notice = issue(round_, guidance=make_scan("走访指南.pdf"))
    answer = Client().get(link(notice))
    assert answer.status_code == 200
    page = answer.content.decode()
    for word in (notice.title, notice.text, "农村供水", round_.cycle.title):
        assert word in page
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert link(notice).startswith("/n/")
    assert link(notice, "notice_guidance") in page


def test_nothing_private_stands_there(round_):
    staff, liaison = round_.staff.user.person, round_.liaison.user.person
    type(liaison).objects.filter(pk=liaison.pk).update(phone="13955556666")
    notice = issue(round_, override_reason="", agreed_by="")
    notice.__class__.objects.filter(pk=notice.pk).update(override_reason="来不及", agreed_by="钱主任")
    page = Client().get(link(notice)).content.decode()
    for word in ("13955556666", liaison.name, staff.name, "来不及", "钱主任", round_.station.name):
        assert word not in page


def test_the_guidance_is_downloaded_by_the_link(round_):
    notice = issue(round_, guidance=make_scan("走访指南.pdf"))
    default_storage.save(Attachment.objects.get().path, ContentFile(b"%PDF-1.4"))
    answer = Client().get(link(notice, "notice_guidance"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    assert Client().get(link(issue_without(round_), "notice_guidance")).status_code == 404


def issue_without(round_):
    round_.cycle.stations.create(station=make_station())
    return issue(round_)


def test_a_withdrawn_one_says_so_and_tells_no_more(round_):
    notice = issue(round_, guidance=make_scan("走访指南.pdf"))
    notices.withdraw_notice(notice, actor=round_.staff, version=round_.version, reason="日期有误")
    answer = Client().get(link(notice))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert notice.text not in page
    assert "日期有误" not in page
    assert Client().get(link(notice, "notice_guidance")).status_code == 404


@pytest.mark.parametrize("token", ["unknown", "x" * 300, "-", "1"])
def test_an_unknown_link_is_answered_with_a_sentence(token):
    answer = Client().get(f"/n/{token}/")
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_the_liaison_of_a_station_that_has_it_confirms_there(round_):
    notice = issue(round_)
    client = signed_in(round_.liaison)
    page = client.get(link(notice))
    [own] = page.context["own"]
    assert round_.station.name in page.content.decode()
    assert round_.other.name not in page.content.decode()
    assert client.post(own["url"]).status_code == 302
    receipt = receipt_of(round_.station, notice)
    assert (receipt.status, receipt.way) == (NoticeReceipt.Status.RECEIVED, NoticeReceipt.Way.CLICK)
    assert client.get(link(notice)).context["own"][0]["url"] == ""


def test_whoever_has_no_part_in_it_finds_no_button(round_):
    notice = issue(round_)
    for actor in (round_.staff, make_actor("STATION", station=make_station()), make_actor("DEPUTY")):
        assert signed_in(actor).get(link(notice)).context["own"] == []


def test_it_only_takes_a_reading(round_):
    notice = issue(round_)
    assert Client().post(link(notice)).status_code == 405


def test_too_many_from_one_address_are_asked_to_wait(round_, monkeypatch):
    monkeypatch.setattr(public, "PAGES", 3)
    notice = issue(round_)
    codes = [Client().get(link(notice)).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert Client(REMOTE_ADDR="10.9.9.9").get(link(notice)).status_code == 200
