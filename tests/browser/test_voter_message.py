"""A voter on a narrow phone: from the scanned code to what became of the message, without a sign-in."""

import pytest

from tests.browser.test_access import serious
from tests.browser.watching import sign_in, too_wide

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
WORDS = "村口的桥护栏断了一段，孩子上学不安全。"
SMALL_TARGETS = """() => [...document.querySelectorAll("main a, main button, main summary")]
  .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML)"""


def looked_at(page, found, name):
    """What is wrong with the page as it stands."""
    page.wait_for_load_state("networkidle")
    wrong = [serious(page), too_wide(page), page.evaluate(SMALL_TARGETS)]
    if any(wrong):
        found[name] = wrong


def test_from_the_scanned_code_to_what_became_of_it(visitor):
    page, found = visitor(NARROW), {}
    page.goto("/s/?q=石桥镇代表之家")
    looked_at(page, found, "stations")
    page.locator(".doors a").first.click()
    looked_at(page, found, "station")
    station = page.locator("h1").inner_text()
    page.locator("main .buttons a.btn-primary").click()
    looked_at(page, found, "begin")
    page.locator("a[href$='/proper-way/']").click()
    looked_at(page, found, "proper way")
    page.go_back()
    page.locator("a[href$='/write/']").click()
    looked_at(page, found, "write")
    page.fill("[name=words]", WORDS)
    page.locator("main form button[type=submit]").click()
    assert page.locator(".summary").is_visible() and page.input_value("[name=words]") == WORDS
    page.check("[name=consents]")
    page.wait_for_timeout(3500)
    page.locator("main form button[type=submit]").click()
    code = page.locator(".code-shown").inner_text()
    looked_at(page, found, "received")
    page.goto("/m/track/")
    page.fill("[name=code]", code.lower())
    page.locator("main form button[type=submit]").click()
    assert page.locator(".step-current").count() == 1 and station in page.locator(".lead").inner_text()
    looked_at(page, found, "tracked")
    assert found == {}


def test_the_liaison_finds_it_among_what_is_to_be_completed(visitor):
    voter = visitor(NARROW)
    voter.goto("/s/?q=石桥镇代表之家")
    voter.locator(".doors a").first.click()
    voter.locator(".faces a.name").first.click()
    voter.locator("main .buttons a.btn-primary").click()
    voter.locator("a[href$='/write/']").click()
    voter.fill("[name=words]", "文化站的灯坏了。")
    voter.check("[name=consents]")
    voter.wait_for_timeout(3500)
    voter.locator("main form button[type=submit]").click()
    assert voter.locator(".code-shown").is_visible()
    desk = visitor()
    sign_in(desk, "station")
    desk.goto("/deliberations/visits/?waits=completion")
    assert "文化站的灯坏了。" in desk.locator("table.list").inner_text()
