"""From the deputy's note on the phone to the record that the liaison completes and the deputy confirms."""

import re

import pytest
from playwright.sync_api import expect

from deliberations.models import Visit
from tests.browser.desk import Desk
from tests.browser.phone import NOTE, Phone, arrived, picture_with_place
from tests.browser.test_phone import NARROW, SMALL
from tests.browser.watching import sign_in, too_wide

pytestmark = pytest.mark.browser


def test_a_note_with_a_photo_is_completed_by_the_liaison_and_confirmed_by_the_deputy(browser, portal, db, visitor):
    phone = Phone(browser, portal)
    phone.tap(f"main a[href='{NOTE}']")
    phone.settled()
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture_with_place(400, 300)}
    phone.page.set_input_files("[data-camera]", picture)
    expect(phone.page.locator("[data-files] img")).to_have_count(1)
    phone.note("桥栏杆断了，走夜路害怕。", "received")
    phone.is_empty()
    visit = arrived("桥栏杆断了，走夜路害怕。")[0]

    desk = Desk(visitor, "station")
    desk.page.goto(f"/deliberations/visits/{visit.pk}/")
    desk.reads("桥栏杆断了，走夜路害怕。")
    desk.act("/complete/", place="李家坪村", route="VILLAGE", field="交通")
    assert Visit.objects.get(pk=visit.pk).status == "RECORDED"

    phone.page.goto(f"/deliberations/visits/{visit.pk}/")
    with phone.page.expect_navigation():
        phone.page.locator("main a[href$='/confirm/']").first.tap()
    with phone.page.expect_navigation():
        phone.page.locator("main form button[type=submit]").first.tap()
    assert Visit.objects.get(pk=visit.pk).confirmed_at
    phone.close()


def test_the_note_is_read_and_hit_on_a_narrow_phone_with_and_without_a_network(visitor):
    page = visitor(NARROW)
    sign_in(page, "deputy")
    found = {}
    for path in (NOTE, "/notes/offline/", "/"):
        page.goto(path)
        if path != "/":
            expect(page.locator("[data-mode]")).to_have_text(re.compile(".+"))
        found[path] = [*page.evaluate(SMALL), *(["too wide"] if too_wide(page) > 0 else [])]
    assert {path: what for path, what in found.items() if what} == {}
