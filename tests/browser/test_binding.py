"""From the printed card to the deputy's note: the liaison at the desk, the deputy on a phone, no password typed."""

import re

import pytest

from stations.models import Mandate
from supervision.demo.cast import HOME
from tests.browser.desk import Desk
from tests.browser.watching import PHONE, picture, too_wide
from workflow import clock

pytestmark = pytest.mark.browser

WECHAT = "Mozilla/5.0 (Linux; Android 12; HUAWEI NAM-AL00 Build/X) AppleWebKit/537.36 Chrome/107 MicroMessenger/8.0"
PIN = "271828"


def somebody():
    """A deputy of the liaison's station who has a number and no account yet."""
    rows = Mandate.objects.active(clock.today()).filter(station__code=HOME, person__user=None)
    return rows.exclude(person__phone="").select_related("person").order_by("-certificate_no")[0]


def opened(phone, path):
    """The page of the phone, which is no wider than its screen."""
    phone.goto(path)
    assert too_wide(phone) <= 0, path


def test_a_card_a_phone_a_confirmation_and_the_note(visitor):
    mandate = somebody()
    desk = Desk(visitor, "station")
    desk.page.goto(f"/stations/deputies/{mandate.pk}/")
    desk.follow("打印绑定卡")
    with desk.page.expect_navigation():
        desk.page.click("main form button[type=submit]")
    code = desk.page.inner_text(".binding-card .letters")
    picture(desk.page, "binding-card")
    phone = visitor(PHONE, has_touch=True, is_mobile=True, user_agent=WECHAT, java_script_enabled=False)
    opened(phone, f"/b/{code}/")
    phone.fill("[name=digits]", mandate.person.phone[-4:])
    picture(phone, "bind")
    with phone.expect_navigation():
        phone.click("main form button[type=submit]")
    assert phone.url.endswith("/b/wait/") and too_wide(phone) <= 0
    picture(phone, "bind-wait")
    desk.page.goto("/stations/phones/")
    picture(desk.page, "phones")
    with desk.page.expect_navigation():
        row = desk.page.locator("li", has_text=mandate.person.name)
        row.locator("form[action$='/confirm/'] button").click()
    # the page looks again by itself
    phone.wait_for_url(re.compile("/my-phones/pin/$"), timeout=20_000)
    assert too_wide(phone) <= 0
    picture(phone, "pin")
    phone.fill("[name=pin]", PIN)
    phone.fill("[name=again]", PIN)
    with phone.expect_navigation():
        phone.click("main form button[type=submit]")
    assert mandate.person.name in phone.inner_text("h1")
    for path in ("/stations/my-phones/", "/performance/mine/"):
        opened(phone, path)
        picture(phone, path.strip("/").replace("/", "-"))
    phone.goto("/")
    with phone.expect_navigation():
        phone.locator("main a.btn-big").first.click()
    assert phone.locator("[name=words]").count() and too_wide(phone) <= 0
